"""cross_mail.py - one text as a mail: headers, charsets, encodings, parts."""
import base64, collections, quopri, re, textwrap

# What a shell writes: the subject, its plain text, and its HTML or None.
Text = collections.namedtuple('Text', 'subject plain html', defaults=(None,))

LEGACY = {
    'western': ('iso-8859-1', 'windows-1252'), 'central': ('iso-8859-2', 'windows-1250'),
    'el': ('iso-8859-7', 'windows-1253'), 'tr': ('iso-8859-9', 'windows-1254'), 'ru': ('koi8-r', 'windows-1251'),
    'uk': ('koi8-u', 'windows-1251'), 'bg': ('windows-1251', 'iso-8859-5'), 'ar': ('windows-1256', 'iso-8859-6'), 'fa': ('windows-1256',),
    'he': ('iso-8859-8', 'windows-1255'), 'zh-Hans': ('gb18030', 'gb2312'), 'zh-Hant': ('big5',),
    'ja': ('shift_jis', 'iso-2022-jp', 'euc-jp'), 'ko': ('euc-kr',), 'th': ('tis-620', 'windows-874'), 'vi': (), 'hi': ('utf-16',),
}
GROUP = {**dict.fromkeys('en de fr es it pt nl sv da no fi id'.split(), 'western'), **dict.fromkeys('pl cs sk hu ro'.split(), 'central')}
PYTHON = {'windows-874': 'cp874', 'windows-1252': 'cp1252'}  # where Python names them otherwise
UNSPACED = ('ja', 'ko', 'zh-Hans', 'zh-Hant', 'th')


def codings(language):
    """(form, charset, encoding): each form, charset and encoding, without the product of all."""
    legacy = LEGACY[GROUP.get(language, language)]
    for form in ('plain', 'html', 'alternative'):
        for charset in ('utf-8', *legacy):
            for encoding in ('8bit', 'quoted-printable', 'base64'):
                if charset == 'iso-2022-jp' and encoding == '8bit':
                    encoding = '7bit'
                if charset != 'utf-16' or encoding == 'base64':
                    yield form, charset, encoding
    yield 'mixed', 'utf-8', 'base64'
    yield 'flowed', 'utf-8', '8bit'
    if language in UNSPACED:
        yield 'delsp', 'utf-8', '8bit'


def word(text, charset='utf-8'):
    """A header's value: as it is when ASCII, else encoded words (RFC 2047)."""
    if text.isascii():
        return text
    pieces = textwrap.wrap(text, 12, drop_whitespace=False) or ['']
    return '\r\n '.join(f'=?{charset}?B?{base64.b64encode(encode(piece, charset)).decode()}?=' for piece in pieces)


def encode(text, charset):
    return text.encode(PYTHON.get(charset, charset))


def flow(text, delsp):
    """format=flowed (RFC 3676): soft breaks at 72, quotations too, lines that would mislead stuffed."""
    lines = []
    for line in text.split('\n'):
        marks = re.match('(>+ ?)?', line).group().strip()
        rest = line[len(marks):] if marks else line
        if rest.startswith((' ', 'From ', '>')) or marks:
            rest = ' ' + rest.lstrip(' ')
        if line == '-- ' or len(rest) <= 72:
            lines.append(line if line == '-- ' else marks + rest.rstrip(' '))
            continue
        pieces = textwrap.wrap(rest, 24 if delsp else 70, drop_whitespace=False, break_long_words=delsp)
        for i, piece in enumerate(pieces):
            soft = i + 1 < len(pieces)
            body = piece.rstrip(' ') + (' ' if soft else '')
            if soft and delsp and piece.endswith(' '):
                body = piece + ' '
            lines.append(marks + (' ' if i and marks else '') + body)
    return '\n'.join(lines)


def escape(text):
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


def html_of(text):
    """Plain text as a gateway makes HTML of it."""
    return '<html><body>' + ''.join(f'<div>{escape(line) or "<br>"}</div>\n' for line in text.split('\n')) + '</body></html>'


def part(kind, text, charset, encoding, parameters=''):
    octets = encode(text.replace('\n', '\r\n'), charset)
    if encoding == 'base64':
        octets = base64.encodebytes(octets).replace(b'\n', b'\r\n')
    elif encoding == 'quoted-printable':
        octets = quopri.encodestring(octets.replace(b'\r\n', b'\n')).replace(b'\n', b'\r\n')
    header = f'Content-Type: {kind}; charset={charset}{parameters}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return header.encode() + octets


def multipart(kind, parts):
    marks = b''.join(b'--=_part\r\n' + one + b'\r\n' for one in parts)
    return f'Content-Type: multipart/{kind}; boundary="=_part"\r\n\r\n'.encode() + marks + b'--=_part--\r\n'


def body(text, form, charset, encoding):
    plain = part('text/plain', text.plain, charset, encoding)
    if form == 'flowed' or form == 'delsp':
        more = '; format=flowed' + ('; delsp=yes' if form == 'delsp' else '')
        return part('text/plain', flow(text.plain, form == 'delsp'), charset, encoding, more)
    html = part('text/html', text.html or html_of(text.plain), charset, encoding)
    if form == 'alternative':
        return multipart('alternative', [plain, html])
    if form == 'mixed':
        return multipart('mixed', [plain, b'Content-Type: image/png; name=logo.png\r\nContent-Disposition: attachment\r\n'
                                          b'Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n'])
    return html if form == 'html' else plain


def write(text, form, charset, encoding):
    try:
        header = ('From: Ann <ann@example.org>\r\nTo: Shop News <news@shop.example>\r\nDate: Mon, 05 Oct 2026 12:00:00 +0200\r\n'
                  f'Message-ID: <1@example.org>\r\nSubject: {word(text.subject, charset)}\r\nMIME-Version: 1.0\r\n')
        return header.encode() + body(text, form, charset, encoding)
    except UnicodeEncodeError:
        return None


def plain(subject, text):
    return write(Text(subject, text), 'plain', 'utf-8', '8bit')


def in_mbox(mail):
    lines = re.sub(rb'^(>*From )', rb'>\1', mail.replace(b'\r\n', b'\n'), flags=re.M)
    return b'From ann@example.org Mon Oct  5 10:00:00 2026\n' + lines + b'\n'
