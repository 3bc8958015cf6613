#!/usr/bin/env python3
"""Sentences crossed with all that mail programs do to them: the verdict may not change, and must flip where the words are somebody else's.

usage: cross.py [--all] [--mails N] [--most N] [LANGUAGE...]
       cross.py --show NAME...                          the mails of these names, which failures print

--mails: about so many mails of each language (default 150); --most: of so many wishes of each and as many others

Takes the sentences of parser/examples and tests/unseen that are judged rightly on their own, puts them into the shells of
mail programs (tests/cross/words), as new text ("new": a wish must be recorded) or as what is quoted, forwarded or signed below
an innocent sentence ("old": nothing may be recorded nor held), in the charsets and encodings of the language, and changes their letters where
that changes no meaning. What is taken is fixed by the names alone. Prints TAP: a test for each language, shell, letter change and encoding.
"""
import argparse, collections, configparser, heapq, json, os, subprocess, sys, tempfile, zlib

sys.dont_write_bytecode = True
import cross_letters, cross_mail, cross_shells

source, build = os.environ.get('top_srcdir', '.'), os.environ.get('top_builddir', '.')
BATCH = 20000  # mails of one run of the program
SHOWN = 30     # failures of one shell, or change of letters

Case = collections.namedtuple('Case', 'language place wish subject text')  # place: "examples/12"
Name = collections.namedtuple('Name', 'case way where form charset encoding')


def spell(name):
    return ':'.join((name.case.language, name.case.place, *name[1:]))


def pick(items, *seed):
    """The same one each time: what chooses is the name of the thing, not chance."""
    return items[zlib.crc32(':'.join(map(str, seed)).encode()) % len(items)]


def read_cases(folder, language, wish, none):
    path = os.path.join(source, *folder.split('/'), language)
    if not os.path.exists(path):
        return
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            label, _, text = line.strip().partition(': ')
            if line.startswith('#') or label not in (wish, none):
                continue
            subject = ''
            if text.startswith('['):
                subject, _, text = text[1:].partition(']')
            yield Case(language, f'{os.path.basename(folder)}/{number}', label == wish, subject, text.strip().replace('\\n', '\n'))


def answers(mails, *command):
    """One process for all; yields its object for each."""
    with tempfile.NamedTemporaryFile(suffix='.mbox') as box:
        for mail in mails:
            box.write(cross_mail.in_mbox(mail))
        box.flush()
        command = [os.path.join(build, 'optout'), '-c', '/dev/null', *command, box.name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
            count = 0
            for line in run.stdout:
                yield json.loads(line)
                count += 1
            assert run.wait() == 0 and count == len(mails), f'{count} verdicts of {len(mails)} mails, exit code {run.returncode}'


def verdict(found):
    return found['act'], found['intent'], tuple(found['scope'])


class Crossing:
    def __init__(self, languages, most=None):
        self.words = configparser.RawConfigParser(comment_prefixes=('#',), delimiters=('=',))
        self.words.read(os.path.join(source, 'tests', 'cross', 'words'), encoding='utf-8')
        self.languages = languages or self.words.sections()
        read = [case for language in self.languages for case in
                (*read_cases('parser/examples', language, 'opt-out', 'none'), *read_cases('tests/unseen', language, 'wish', 'none'))]
        if most:                                       # of each language and kind so many, always the same ones
            read.sort(key=lambda case: zlib.crc32(case.text.encode()))
            kinds = collections.Counter()
            read = [case for case in read if kinds.update([(case.language, case.wish)]) or kinds[case.language, case.wish] <= most]
        self.alone = {}                                # what is judged of a sentence on its own
        self.innocent = collections.defaultdict(list)  # sentences that nobody takes for a sender's
        found = answers([cross_mail.plain(case.subject, case.text) for case in read], 'classify', '--json', '--explain')
        for case, one in zip(read, found):
            if one['act'] == ('record' if case.wish else 'none'):
                self.alone[case] = verdict(one)
        self.left_out = len(read) - len(self.alone)
        self.read_innocent([case for case in self.alone if not case.wish and not case.subject])

    def read_innocent(self, cases):
        mails = [cross_mail.write(cross_shells.SHELLS['outlook'].write(self.words[case.language], case.text, 'Shop News'), 'plain', 'utf-8', '8bit')
                 for case in cases]
        for case, one in zip(cases, answers(mails, 'classify', '--json', '--explain')):
            if [segment['kind'] for segment in one['segments']] in (['new', 'header-block', 'quotation'], ['new', 'quotation']):
                self.innocent[case.language].append(case)

    def ways(self, case):
        """Every way to write @case, where in it, and in which codings."""
        words = self.words[case.language]
        if not case.subject:
            for change in cross_letters.CHANGES:
                yield change, 'letters', [('plain', 'utf-8', '8bit')]
        codings = list(cross_mail.codings(case.language))
        for shell in cross_shells.SHELLS.values():
            if not shell.fits(words) or shell.in_subject != (case.subject != '' and case.text == ''):
                continue
            if not case.subject or shell.in_subject:
                for where in shell.places if case.wish else ('new',):
                    yield shell.name, where, codings

    def mail(self, name):
        """The octets of @name, None where it cannot be written so."""
        case, seed = name.case, spell(name)
        words = self.words[case.language]
        if name.where == 'letters':
            changed = cross_letters.CHANGES[name.way](case.text, case.language)
            return None if changed == case.text else cross_mail.plain('', changed)
        shell = cross_shells.SHELLS[name.way]
        new, old = case.subject or case.text, pick((words['footer'], pick(self.innocent[case.language], seed, 'old').text), seed)
        if name.where == 'old':
            new, old = pick(self.innocent[case.language], seed, 'new').text, new
        return cross_mail.write(shell.write(words, new, old), name.form, name.charset, name.encoding)

    def expected(self, name):
        if name.where == 'letters':
            return [self.alone[name.case]]
        if not name.case.wish or name.where == 'old':
            return ['none', 'review'] if name.where == 'old' and cross_shells.SHELLS[name.way].holds else ['none']
        return ['record']

    def is_right(self, name, found):
        wanted = self.expected(name)
        return found in wanted or found[0] in wanted


def chosen(crossing, arguments):
    """Of each way the same number of cases, each in one coding; or all."""
    for language in crossing.languages:
        ways = collections.defaultdict(list)
        for case in crossing.alone:
            for way, where, codings in crossing.ways(case) if case.language == language else ():
                ways[way, where].append((case, codings))
        each = max(1, arguments.mails // max(1, len(ways)))
        for place, cases in ways.items():
            if not arguments.all:
                cases = heapq.nsmallest(each, cases, key=lambda one: zlib.crc32(f'{one[0].place} {place}'.encode()))
            for case, codings in cases:
                for coding in codings if arguments.all else [pick(codings, case.place, *place)]:
                    yield Name(case, *place, *coding)


def batches(crossing, names):
    batch = []
    for name in names:
        mail = crossing.mail(name)
        if mail is not None:
            batch.append((name, mail))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def report(counts, wrong):
    failed = 0
    print(f'1..{len(counts)}')
    for number, (group, total) in enumerate(sorted(counts.items()), 1):
        bad = wrong[group]
        failed += bad > 0
        print(f"{'not ' if bad else ''}ok {number} - {group[0]} {group[1]}: {total - bad} of {total} right")
    return failed > 0


def complain(name, found, count):
    if count <= SHOWN:
        text = (name.case.subject or name.case.text).replace('\n', ' / ')
        print(f'# {spell(name)}: {found[0]} ({found[1]}): {text}')
    elif count == SHOWN + 1:
        print(f'# {name.way}, words in {name.where}: and more')


def run(arguments):
    crossing = Crossing(arguments.language, arguments.most)
    counts, wrong = collections.Counter(), collections.Counter()
    for batch in batches(crossing, chosen(crossing, arguments)):
        found = answers([mail for _, mail in batch], 'replay', '--dry-run', '--mbox=mboxrd', '--format=jsonl')
        for (name, _), one in zip(batch, map(verdict, found)):
            kind = 'letters' if name.where == 'letters' else f'shell, words in {name.where},'
            groups = [('language', name.case.language), (kind, name.way), ('written as', f'{name.form} {name.charset} {name.encoding}')]
            counts.update(groups)
            if not crossing.is_right(name, one):
                wrong.update(groups)
                complain(name, one, wrong[groups[1]])
    print(f'# {sum(n for group, n in counts.items() if group[0] == "language")} mails of {len(crossing.alone)} sentences; '
          f'{crossing.left_out} sentences are judged wrongly on their own and left out')
    return report(counts, wrong)


def show(names):
    crossing = Crossing({name.split(':')[0] for name in names})
    for text in names:
        language, place, *rest = text.split(':')
        case = next(case for case in crossing.alone if (case.language, case.place) == (language, place))
        sys.stdout.buffer.write(crossing.mail(Name(case, *rest)))
    return 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('usage: ')[1].split('\n\n')[0])
    parser.add_argument('--all', action='store_true')
    parser.add_argument('--mails', type=int, default=150)
    parser.add_argument('--most', type=int)
    parser.add_argument('--show', nargs='+')
    parser.add_argument('language', nargs='*')
    arguments = parser.parse_args()
    return show(arguments.show) if arguments.show else run(arguments)


sys.exit(main())
