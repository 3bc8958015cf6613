"""cross_shells.py - what mail programs write around an answer."""
import collections, textwrap
from cross_mail import Text, escape

SENDER, NAME = 'Shop News <news@shop.example>', 'Shop News'
SUBJECT = 'Shop News 10/2026'

# places: where the words that count may stand; holds: a person may be asked about words in "old".
Shell = collections.namedtuple('Shell', 'name keys places holds in_subject write')
Shell.fits = lambda shell, words: all(key in words for key in shell.keys)
SHELLS = {}


def shell(*keys, places=('new', 'old'), holds=False, in_subject=False):
    def add(function):
        name = function.__name__.replace('_', '-')
        SHELLS[name] = Shell(name, keys, places, holds, in_subject, function)
        return function
    return add


def line(words, key, number=0):
    """The line above a quotation; wrapped as programs wrap it."""
    choices = [choice.strip() for choice in words[key].split('|')]
    return choices[number % len(choices)].replace('%s', SENDER).replace('%n', NAME)


def wrapped(text):
    return textwrap.fill(text, 76, break_long_words=False, break_on_hyphens=False)


def cited(text):
    return '\n'.join('> ' + one if one else '>' for one in text.split('\n'))


def html(text):
    return escape(text).replace('\n', '<br>\r\n')


def labels(words, stars='', subject=SUBJECT):
    """The header block above a message without marks."""
    names = words['labels'].split('|')
    values = (SENDER, '5 Oct 2026 10:00', 'Ann <ann@example.org>', subject)
    return [(f'{stars}{name}:{stars}', value) for name, value in zip(names, values)]


def reply(words):
    return f"{words.get('re', 'Re')}: {SUBJECT}"


def block(pairs):
    return '\n'.join(f'{name} {value}' for name, value in pairs)


def block_html(pairs):
    return '<br>'.join(f'<b>{escape(name)}</b> {escape(value)}' for name, value in pairs)


# ---- replies ----

@shell('gmail')
def gmail(words, new, old):
    quoting = line(words, 'gmail')
    page = (f'<div dir="ltr">{html(new)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
            f'{escape(quoting)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid '
            f'rgb(204,204,204);padding-left:1ex"><div dir="ltr">{html(old)}</div></blockquote></div>')
    return Text(reply(words), f'{new}\n\n{wrapped(quoting)}\n\n{cited(old)}\n', page)


@shell('apple')
def apple(words, new, old):
    quoting = line(words, 'apple')
    page = (f'<html><head></head><body style="word-wrap: break-word;">{html(new)}<br><div><br><blockquote type="cite"><div>{escape(quoting)}'
            f'</div><br class="Apple-interchange-newline"><div>{html(old)}</div></blockquote></div><br></body></html>')
    return Text(reply(words), f'{new}\n\n> {quoting}\n> \n{cited(old)}\n', page)


@shell('apple')
def apple_telephone(words, new, old):
    """Above the signature of the telephone and an unmarked line."""
    page = (f'<html><body dir="auto">{html(new)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{words["mobile"]}</div><div dir="ltr"><br>'
            f'<blockquote type="cite">{escape(line(words, "apple"))}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">'
            f'{html(old)}</div></blockquote></body></html>')
    return Text(reply(words), f'{new}\n\n{words["mobile"]}\n\n> {line(words, "apple")}\n> \n{cited(old)}\n', page)


@shell('mozilla')
def mozilla_above(words, new, old):
    page = (f'<html><body><p>{html(new)}</p><div class="moz-cite-prefix">{escape(line(words, "mozilla"))}<br></div><blockquote type="cite" '
            f'cite="mid:2@shop.example"><p>{html(old)}</p></blockquote><br></body></html>')
    return Text(reply(words), f'{new}\n\n{line(words, "mozilla")}\n{cited(old)}\n', page)


@shell('mozilla')
def mozilla_below(words, new, old):
    page = (f'<html><body><div class="moz-cite-prefix">{escape(line(words, "mozilla"))}<br></div><blockquote type="cite" '
            f'cite="mid:2@shop.example"><p>{html(old)}</p></blockquote><p>{html(new)}</p></body></html>')
    return Text(reply(words), f'{line(words, "mozilla")}\n{cited(old)}\n\n{new}\n', page)


@shell('mozilla')
def between(words, new, old):
    """Inline, between two quoted lines."""
    return Text(reply(words), f'{line(words, "mozilla")}\n{cited(old)}\n\n{new}\n\n{cited("Shop News 10/2026")}\n')


@shell('gmail')
def gmail_below(words, new, old):
    return Text(reply(words), f'{wrapped(line(words, "gmail"))}\n\n{cited(old)}\n\n{new}\n')


def other(number):
    def write(words, new, old):
        quoting = line(words, 'more', number)
        page = (f'<html><body><div class="yahoo-style-wrap"><div dir="ltr">{html(new)}</div></div><div id="yahoo_quoted_1" class="yahoo_quoted">'
                f'<div>{escape(quoting)}</div><div><br></div><div>{html(old)}</div></div></body></html>')
        return Text(reply(words), f'{new}\n\n{quoting}\n{cited(old)}\n', page)
    return write


for number in range(3):
    SHELLS[f'yahoo-{number}'] = Shell(f'yahoo-{number}', ('more',), ('new', 'old'), False, False, other(number))


@shell('more')
def yahoo_unmarked(words, new, old):
    """Yahoo's plain text marks nothing."""
    return Text(reply(words), f'{new}\n\n    {line(words, "more")}\n \n {old}\n')


@shell('labels')
def outlook(words, new, old):
    page = (f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><div class=WordSection1><p class=MsoNormal>{html(new)}<o:p></o:p></p>'
            f'<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style=\'border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in\'>'
            f'<p class=MsoNormal>{block_html(labels(words))}<o:p></o:p></p></div></div><p class=MsoNormal>{html(old)}</p></div></body></html>')
    return Text(reply(words), f'{new}\n\n{block(labels(words))}\n\n{old}\n', page)


@shell('labels')
def outlook_web(words, new, old):
    page = (f'<html><body><div class="elementToProof">{html(new)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" '
            f'tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{block_html(labels(words))}</font><div>&nbsp;'
            f'</div></div><div>{html(old)}</div></body></html>')
    return Text(reply(words), f'{new}\n\n________________________________\n{block(labels(words))}\n\n{old}\n', page)


@shell('labels', 'original')
def outlook_dashes(words, new, old):
    return Text(reply(words), f'{new}\n\n-----{words["original"]}-----\n{block(labels(words))}\n\n{old}\n')


@shell('labels')
def outlook_stars(words, new, old):
    """Its bold labels in plain text."""
    return Text(reply(words), f'{new}\n\n{block(labels(words, "*"))}\n\n{old}\n')


# ---- forwards: a person may be asked whether it is somebody else's wish that is passed on ----

@shell('labels', holds=True)
def gmail_forward(words, new, old):
    head = '---------- Forwarded message ---------'
    page = (f'<div dir="ltr">{html(new)}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{head}<br>{block_html(labels(words))}'
            f'<br></div><br><br><div dir="ltr">{html(old)}</div></div></div>')
    return Text(f'Fwd: {SUBJECT}', f'{new}\n\n{head}\n{block(labels(words))}\n\n{old}\n', page)


@shell('forwarded', 'labels', holds=True)
def apple_forward(words, new, old):
    page = (f'<html><body>{html(new)}<br><div><br><blockquote type="cite"><div>{escape(words["forwarded"])}</div><br><div>{block_html(labels(words))}'
            f'</div><br><div>{html(old)}</div></blockquote></div></body></html>')
    return Text(f'Fwd: {SUBJECT}', f'{new}\n\n> {words["forwarded"]}\n> \n{cited(block(labels(words)))}\n> \n{cited(old)}\n', page)


@shell('labels', 'original', holds=True)
def outlook_forward(words, new, old):
    return Text(f'FW: {SUBJECT}', f'{new}\n\n-----{words["original"]}-----\n{block(labels(words))}\n\n{old}\n')


# ---- what stands below ----

@shell()
def signature(words, new, old):
    return Text(SUBJECT, f'{new}\n\n-- \nAnn Example\n{old}\n')


@shell(places=('new',))
def telephone(words, new, old):
    return Text(SUBJECT, f'{new}\n\n{words["mobile"]}\n')


@shell(places=('new',))
def newsletter_footer(words, new, old):
    return Text(SUBJECT, f'{new}\n\n--\nShop News GmbH, Marktplatz 1, 12345 Muster\n{words["footer"]}\n')


@shell(places=('new',))
def list_footer(words, new, old):
    return Text(SUBJECT, f'{new}\n_______________________________________________\nnews mailing list\nTo unsubscribe send an email to '
                         'news-leave@shop.example\nhttps://shop.example/mailman/listinfo/news\n')


@shell(places=('new',))
def disclaimer(words, new, old):
    return Text(SUBJECT, f'{new}\n\nAnn Example\nExample Ltd\n\n{words["disclaimer"]}\n')


# ---- subjects ----

@shell(places=('new',), in_subject=True)
def subject_alone(words, new, old):
    return Text(new, '\n')


@shell('gmail', places=('old',), in_subject=True)
def subject_of_reply(words, new, old):
    """The subject is the quoted mail's."""
    return Text(f"{words.get('re', 'Re')}: {old}", f'{new}\n\n{wrapped(line(words, "gmail"))}\n\n{cited(words["footer"])}\n')
