"""What is sent when machines answer us, and when opt-outs are forged by the thousand (H34-H37, R58-R65).

usage: storm.py MAILS          TAP; top_builddir names the tree that is built

Every bound is checked as optout.conf has it by default: 1 for an address, kind and list in 7 days; 100 for a domain, 20 for a
subject, 500 in all, each in an hour; and 10 for a mailbox in a day. Whatever is not answered is recorded all the same.
"""
import email, os, re, shutil, sqlite3, subprocess, sys, tempfile, time
from email.utils import formatdate

MAILS = int(sys.argv[1])
optout = os.path.abspath(os.environ.get('top_builddir', '.') + '/optout')
root = os.getuid() == 0
NOBODY = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups'] if root else []
number = failed = 0

SENDMAIL = '''#!/bin/sh
# sendmail -i -f SENDER -- RECIPIENT: keeps what is sent
file=$(mktemp "%s/XXXXXXXX")
{ echo "X-Envelope-To: $5"; cat; } >"$file"
'''


def ok(good, what):
    global number, failed
    number, failed = number + 1, failed + (not good)
    print(f"{'' if good else 'not '}ok {number} - {what}", flush=True)


class House:
    """An installation of its own: a store, settings, and a sendmail that keeps what is sent."""

    def __init__(self, top, name):
        self.path, self.domain, self.seen = f'{top}/{name}', f'{name}.example', set()
        for folder in ('', '/lib', '/etc', '/sent'):
            os.mkdir(self.path + folder)
            if root:
                shutil.chown(self.path + folder, 'nobody')
        with open(f'{self.path}/sendmail', 'w') as out:
            out.write(SENDMAIL % f'{self.path}/sent')
        os.chmod(f'{self.path}/sendmail', 0o755)
        self.conf = f'{self.path}/optout.conf'
        with open(self.conf, 'w') as out:
            out.write(f'[optout]\norganisation = {name.title()} Example\n' + ('user = nobody\n' if root else ''))
            out.write(f'store = sqlite:{self.path}/lib/consent.db\nsecret-file = {self.path}/etc/secret\n')
            out.write(f'sendmail = {self.path}/sendmail\n[reply]\nfrom = preferences@{self.domain}\n[category news]\n')
            out.write(f'[mailbox unsubscribe@{self.domain}]\nrole = unsubscribe\n[mailbox preferences@{self.domain}]\nrole = preferences\n')
        self.run('init')

    def run(self, *words, **more):
        return subprocess.run([*NOBODY, optout, '-c', self.conf, *words], check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, **more).stdout

    def deliver(self, sender, recipient, mail):
        subprocess.run([optout, '-c', self.conf, 'deliver', '-f', sender, '--', recipient], input=mail, check=True, text=True)

    def replay(self, mails, to='unsubscribe'):
        """Takes the mails of a list of (sender, text), as they came to one mailbox; the seconds that it took."""
        with open(f'{self.path}/mbox', 'w') as out:
            for sender, text in mails:
                out.write(f'From {sender} {time.asctime(time.gmtime())}\n{text}\n')
        os.chmod(f'{self.path}/mbox', 0o644)
        start = time.monotonic()
        self.run('replay', '--reply', '--as', f'{to}@{self.domain}', f'{self.path}/mbox')
        return time.monotonic() - start

    def count(self, query):
        db = sqlite3.connect(f'file:{self.path}/lib/consent.db?mode=ro', uri=True)
        try:
            return db.execute(query).fetchone()[0]
        finally:
            db.close()

    def replies(self):
        return self.count('SELECT count(*) FROM reply')

    def stopped(self):
        return self.count("SELECT count(DISTINCT who) FROM standing WHERE is_out = 1 AND reason = 'person'")

    def new(self):
        """What was sent since the last look: (recipient, mail)."""
        self.run('send')
        found = []
        for name in sorted(set(os.listdir(f'{self.path}/sent')) - self.seen):
            self.seen.add(name)
            with open(f'{self.path}/sent/{name}') as file:
                first, text = file.read().split('\n', 1)
                found.append((first.split(': ', 1)[1], text))
        return found


def mail(sender, subject, serial, body='Please unsubscribe me.', more=''):
    return (f'From: {sender}\nTo: unsubscribe@x.example\nSubject: {subject}\nMessage-ID: <{serial}@storm.example>\n'
            f'Date: {formatdate()}\n{more}\n{body}\n')


def forged(top):
    """Forged opt-outs, taken in one go: everybody is recorded, few are answered."""
    cases = [
        ('one victim domain', 'victims', lambda i: f'user{i}@victim.example', lambda i: f'unsubscribe {i}', 100),
        ('as many domains', 'domains', lambda i: f'user@victim{i}.example', lambda i: 'unsubscribe', 500),
        ('rotating senders of one subject', 'rotating', lambda i: f'agent{i}@helpdesk{i % 97}.example',
         lambda i: f'[Ticket #{i}] unsubscribe request of our helpdesk {i * 7} (K{i}QX)', 20),
    ]
    cases.append(('one mailbox under as many tags', 'tags', lambda i: f'ann+{i}@victim.example', lambda i: 'unsubscribe', 10))
    for name, folder, sender, subject, most in cases:
        house = House(top, folder)
        seconds = house.replay([(sender(i), mail(sender(i), subject(i), i)) for i in range(MAILS)])
        replies, rows = house.replies(), house.count('SELECT count(*) FROM budget')
        ok(house.stopped() == MAILS, f'{MAILS} mails of {name}: all wishes are recorded ({seconds:.1f} s)')
        ok(replies == min(most, MAILS), f'{MAILS} mails of {name}: {replies} replies, never more than {most} an hour')
        ok(rows <= 5 * replies, f'{MAILS} mails of {name}: {rows} counters in the store, never more than five a reply')
        names = house.count("SELECT count(*) FROM budget WHERE name LIKE '%@%' OR name LIKE '%.example%' OR name LIKE '%ticket%'")
        ok(names == 0, f'{MAILS} mails of {name}: no counter names anybody')


def wishes_of_many(top):
    """Three hundred people who write the same word, or answer the same mailing, are no storm."""
    house, people = House(top, 'people'), 300
    house.replay([(f'p{i}@home{i}.example', mail(f'p{i}@home{i}.example', 'Unsubscribe', i)) for i in range(people // 2)])
    house.replay([(f'q{i}@home{i}.example', mail(f'q{i}@home{i}.example', 'Re: Our spring offers', f'q{i}',
                                                  more='In-Reply-To: <spring@people.example>\n')) for i in range(people // 2)])
    ok(house.replies() == people, f'{house.replies()} of {people} people who write the same wish within an hour are answered')


def without(text, *names):
    """The mail without these fields of its header, as a relay that knows no better might hand it on."""
    head, body = text.split('\n\n', 1)
    head = re.sub(r'(?im)^(?:%s):.*\n(?:[ \t].*\n)*' % '|'.join(names), '', head + '\n')
    return head + '\n' + body


def facing(top, sloppy):
    """Two of us, each confirming to the other; sloppy: what lies between takes off all that says that it is automatic."""
    one, two = House(top, f'one{sloppy}'), House(top, f'two{sloppy}')
    forged = mail(f'preferences@{two.domain}', 'unsubscribe', 'start')
    one.deliver(f'preferences@{two.domain}', f'unsubscribe@{one.domain}', forged)
    rounds, sender, receiver = 0, one, two
    while rounds < 12:
        sent = sender.new()
        if not sent:
            break
        for recipient, text in sent:
            if sloppy:
                text = without(text, 'Auto-Submitted', 'X-Loop', 'X-Auto-Response-Suppress', 'References', 'In-Reply-To', 'Precedence')
            envelope = f'preferences@{sender.domain}' if sloppy else ''
            receiver.deliver(envelope, f'unsubscribe@{receiver.domain}', text)
        rounds, sender, receiver = rounds + 1, receiver, sender
    total = one.replies() + two.replies()
    most = 2 if sloppy else 1
    ok(0 < total <= most, f'two of us face to face{", all marks taken off" if sloppy else ""}: {total} confirmations, never more than {most}')


def responders(top):
    """Responders that send no header, deliver by deliver: each confirmation is answered at once, as long as there is one."""
    rounds = 30
    cases = [
        ('says "Automatic reply"', lambda s, b: 'Automatic reply: unsubscribe', lambda b: 'I am out of the office. unsubscribe', False, 1),
        ('says so in the subject alone', lambda s, b: 'Automatic reply: unsubscribe', lambda b: 'unsubscribe', False, 1),
        ('quotes our text', lambda s, b: f'Re: {s}', lambda b: 'unsubscribe\n\n' + re.sub('(?m)^', '> ', b), False, 1),
        ('changes its address and quotes our text', lambda s, b: f'Re: {s}', lambda b: 'Please unsubscribe me.\n\n' + re.sub('(?m)^', '> ', b), True, 21),
        ('changes its address and has a ticket number', lambda s, b: f'[#{b}] {s}', lambda b: 'Please unsubscribe me.', True, 21),
    ]
    for at, (name, subject, body, rotates, most) in enumerate(cases):
        house = House(top, f'responder{at}')
        who = 'desk0@machine.example'
        house.deliver(who, f'unsubscribe@{house.domain}', mail(who, 'unsubscribe', 'start'))
        turn, wished = 0, {who}
        while turn < rounds:
            sent = house.new()
            if not sent:
                break
            turn += 1
            for _, text in sent:
                parsed = email.message_from_string(text)
                ours = parsed['Subject']
                if rotates:
                    who = f'desk{turn}@machine.example'
                    wished.add(who)
                reply = mail(who, subject(ours, turn), f'r{turn}', body(parsed.get_payload()))
                house.deliver(who, f'unsubscribe@{house.domain}', reply)
        replies = house.replies()
        ok(0 < replies <= most, f'a responder that {name}: {replies} confirmations, never more than {most}')
        ok(house.stopped() == len(wished), f'a responder that {name}: what it says is recorded for each of its {len(wished)} addresses')


def main():
    top = tempfile.mkdtemp()
    try:
        os.chmod(top, 0o755)
        forged(top)
        wishes_of_many(top)
        facing(top, 0)
        facing(top, 1)
        responders(top)
    finally:
        shutil.rmtree(top)
    print(f'1..{number}')
    return failed > 0


sys.exit(main())
