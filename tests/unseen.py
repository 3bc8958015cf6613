#!/usr/bin/env python3
"""Mail of tests/unseen, written by people who had not read the lexicon: how much of it is taken for what it is.

usage: unseen.py [LANGUAGE...]

One mail a line in tests/unseen/LANGUAGE, or in a file of the folder UNSEEN of the environment: what it is, then [subject] (or none)
and text, \\n for a line end; # begins a remark.
  wish   must be recorded
  ask    asks how to leave, or says that leaving does not work: must be recorded or held for a person
  hold   a doubtful wish (another person's, under a condition): must be held for a person
  none   no request to stop: must be neither (a request of another kind may be recorded as that)
Prints TAP, one test a language, which fails below 95 in a hundred, and each mail that was taken wrongly. SAMPLE=N of the
environment: one mail in N is read, and of so few a quarter may be wrong.
"""
import json, os, subprocess, sys, tempfile
from email.message import EmailMessage
from email.policy import SMTP

SAMPLE = int(os.environ.get('SAMPLE') or 1)
LEAST = 0.95 if SAMPLE <= 1 else 0.75
RIGHT = {'wish': {'record'}, 'ask': {'record', 'review'}, 'hold': {'review'}, 'none': {'none'}}
source, build = os.environ.get('top_srcdir', '.'), os.environ.get('top_builddir', '.')
folder = os.environ.get('UNSEEN', os.path.join(source, 'tests', 'unseen'))


def cases(language):
    with open(os.path.join(folder, language), encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if not line or line.startswith('#'):
                continue
            label, _, text = line.partition(': ')
            assert label in RIGHT, f'{language}:{number}: no label "{label}"'
            subject = ''
            if text.startswith('['):
                subject, _, text = text[1:].partition(']')
            yield number, label, subject, text.strip().replace('\\n', '\n')


def mail(subject, text):
    message = EmailMessage(policy=SMTP.clone(cte_type='8bit'))
    message['From'], message['To'] = 'Ann <ann@example.org>', 'news@shop.example'
    message['Date'], message['Message-ID'] = 'Mon, 05 Oct 2026 10:00:00 +0000', '<1@example.org>'
    if subject:
        message['Subject'] = subject
    message.set_content(text + '\n')
    return message.as_bytes().replace(b'\r\n', b'\n').replace(b'\nFrom ', b'\n>From ')


def taken(verdict):
    """What became of a wish to stop."""
    other = verdict['act'] == 'record' and verdict['intent'] not in ('opt-out', 'erasure')
    return 'none' if other else verdict['act']


def verdicts(mails):
    with tempfile.NamedTemporaryFile(suffix='.mbox') as box:
        for one in mails:
            box.write(b'From ann@example.org Mon Oct  5 10:00:00 2026\n' + one + b'\n')
        box.flush()
        optout = [os.path.join(build, 'optout'), '-c', '/dev/null', 'replay', '--dry-run', '--format=jsonl', box.name]
        answer = subprocess.run(optout, stdout=subprocess.PIPE, check=True)
    return [v for v in map(json.loads, answer.stdout.splitlines()) if 'act' in v]


def main():
    languages = sys.argv[1:] or sorted(set(os.listdir(folder)) - {'README'})
    failed = 0
    print(f'1..{len(languages)}')
    for n, language in enumerate(languages, 1):
        all_cases = list(cases(language))[::max(SAMPLE, 1)]
        found = verdicts([mail(subject, text) for _, _, subject, text in all_cases])
        assert len(found) == len(all_cases), f'{language}: {len(found)} verdicts of {len(all_cases)} mails'
        wrong = [(number, label, v, subject, text) for (number, label, subject, text), v in zip(all_cases, found)
                 if taken(v) not in RIGHT[label]]
        right = len(all_cases) - len(wrong)
        good = right >= LEAST * len(all_cases)
        failed += not good
        print(f"{'' if good else 'not '}ok {n} - {language}: {right} of {len(all_cases)} right")
        for number, label, v, subject, text in wrong:
            shown = text.replace('\n', ' / ')
            print(f"# {language}:{number}: {label}, but {v['act']} ({v['intent']}): [{subject}] {shown}")
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
