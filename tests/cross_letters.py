"""cross_letters.py - changes of letters and lines that change no meaning."""
import re, textwrap, unicodedata

LATIN_AND_GREEK = re.compile('[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0370-\u03ff\u1f00-\u1fff]')


def capitals(text, language):
    return (text.replace('i', 'İ').replace('ı', 'I') if language == 'tr' else text).upper()


def small(text, language):
    return (text.replace('I', 'ı').replace('İ', 'i') if language == 'tr' else text).lower()


def decomposed(text, language):
    return unicodedata.normalize('NFD', text)


def without_accents(text, language):
    accents = dict.fromkeys(range(0x300, 0x370))
    return ''.join(unicodedata.normalize('NFD', one).translate(accents) if LATIN_AND_GREEK.match(one) else one for one in text)


def full_width(text, language):
    return ''.join(chr(ord(one) + 0xfee0) if '!' < one < '\x7f' else one for one in text) if language in ('ja', 'zh-Hans', 'zh-Hant', 'ko') else text


def narrow(width):
    """Where no word is longer than the line: one that is tells nothing of the width."""
    def wrap(text, language):
        if max(map(len, text.split()), default=0) > width:
            return text
        return '\n'.join(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split('\n'))
    return wrap


def inside_words(sign):
    """After the second letter of each long word of Latin, Greek and Cyrillic letters."""
    return lambda text, language: re.sub('([A-Za-z\u00c0-\u04ff]{2})(?=[A-Za-z\u00c0-\u04ff]{3})', r'\1' + sign, text)


def blanks(sign):
    return lambda text, language: text.replace(' ', sign)


def smart(text, language):
    return re.sub(r'"([^"]*)"', '\u201c\\1\u201d', text).replace("'", '\u2019')


def straight(text, language):
    return re.sub('[\u2018\u2019\u02bc]', "'", re.sub('[\u201c\u201d\u201e\u00ab\u00bb]', '"', text))


def repeated(text, language):
    return re.sub(r'([!?])', r'\1\1\1', re.sub(r'!$', '!!!!!', text))


def around(before, after):
    return lambda text, language: before + text + after


CHANGES = {
    'capitals': capitals, 'small': small, 'decomposed': decomposed, 'without-accents': without_accents, 'full-width': full_width,
    **{f'width-{width}': narrow(width) for width in (20, 30, 40, 50, 60, 72)},
    'no-break-blanks': blanks('\u00a0'), 'wide-blanks': blanks('\u2003'), 'two-blanks': blanks('  '), 'zero-width': inside_words('\u200b'),
    'joiners': inside_words('\u200d'), 'soft-hyphens': inside_words('\u00ad'), 'smart-quotes': smart, 'straight-quotes': straight,
    'repeated-marks': repeated, 'empty-lines': around('\n\n', '\n\n\n'), 'direction-marks': around('\u200f', '\u200e'),
    'byte-order-mark': around('\ufeff', ''), 'indented': around('   ', ''), 'line-end-blanks': around('', '   '),
}
