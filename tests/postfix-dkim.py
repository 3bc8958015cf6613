#!/usr/bin/env python3
"""Who wrote it: a real OpenDKIM verifies in front of a real Postfix. See the names of the tests. Run by postfix.sh."""
import base64, hashlib, json, os, shutil, smtplib, socket, subprocess, sys, time
from postfix_kit import cli, free_port, inject, log, mail, ok, run, test, wait, work, write

CONFIG = '''
[optout]
organisation = Metrix Example
user = optout
store = sqlite:%(work)s/lib/consent.db
secret-file = /etc/optout/secret
authserv-id = mx.metrix.example
trust-authentication-results = yes
[reply]
from = Metrix Example preferences <preferences@metrix.example>
submit = sendmail
[category product-updates]
[mailbox unsubscribe@metrix.example]
role = unsubscribe
[mailbox preferences@metrix.example]
role = preferences
'''
OURS = 'Authentication-Results: mx.metrix.example; dkim=pass header.d=customer.example; dmarc=pass header.from=customer.example\n'
US = 'unsubscribe@metrix.example'
milter = free_port()
keys = f'{work}/dkim'


def make_keys(*domains):
    """a key for each domain, and the list of public keys that stands in for the DNS"""
    os.makedirs(keys)
    public = ''
    for domain in domains:
        run('opendkim-genkey', '-b', '2048', '-s', 'test', '-d', domain, '-D', keys)
        text = open(f'{keys}/test.txt').read()
        public += f'test._domainkey.{domain} ' + ''.join(text.split('"')[1::2]) + '\n'
        os.rename(f'{keys}/test.private', f'{keys}/{domain}')
    write(f'{keys}/public', public)
    write(f'{keys}/nobody', '192.0.2.1\n')
    write(f'{keys}/conf', f'''Mode v
Syslog no
AuthservID mx.metrix.example
AlwaysAddARHeader yes
RemoveARFrom mx.metrix.example
RemoveARAll yes
TestPublicKeys {keys}/public
InternalHosts {keys}/nobody
''')
    run('chmod', '-R', 'a+rX', keys)


def start_milter():
    daemon = subprocess.Popen(['opendkim', '-f', '-u', 'nobody', '-x', f'{keys}/conf', '-p', f'inet:{milter}@127.0.0.1'],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def listens():
        with socket.socket() as s:
            return s.connect_ex(('127.0.0.1', milter)) == 0 or daemon.poll() is not None
    wait(listens, 10)
    return daemon


def sign(text, domain):
    """rsa-sha256 over the five fields that matter, simple/simple (RFC 6376)"""
    head, body = text.split('\n\n', 1)
    fields = {line.split(':')[0].lower(): line for line in head.split('\n')}
    names = ('from', 'to', 'subject', 'date', 'message-id')
    body = body.rstrip('\n').replace('\n', '\r\n') + '\r\n'
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    ours = f'DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d={domain}; s=test; h={":".join(names)}; bh={digest}; b='
    data = ''.join(fields[name] + '\r\n' for name in names) + ours
    r = subprocess.run(['openssl', 'dgst', '-sha256', '-sign', f'{keys}/{domain}'], input=data.encode(), stdout=subprocess.PIPE)
    return ours + base64.b64encode(r.stdout).decode() + '\n' + text


def wish(name, extra=''):
    return mail(f'{name}@customer.example', US, 'unsubscribe', 'Please take me off your list.', f'<{name}@customer.example>', extra)


def events(name):
    lines = cli('history', f'{name}@customer.example', '--json').stdout.splitlines()
    return [json.loads(line) for line in lines if line.startswith('{')]


def blocked(name):
    return cli('check', f'{name}@customer.example', 'product-updates').returncode == 1


# name, the mail, how it is proved, by what, and what becomes of the answer
CASES = (
    ('signed', lambda: sign(wish('signed'), 'customer.example'), 'dkim', 'dkim=pass header.d=customer.example', 'ok'),
    ('signed-by-a-host-of-the-same-house', lambda: sign(wish('signed-by-a-host-of-the-same-house'), 'mail.customer.example'),
     'dkim', 'dkim=pass header.d=mail.customer.example', 'ok'),
    ('unsigned', lambda: wish('unsigned'), 'none', None, 'unauthenticated'),
    ('changed-on-the-way', lambda: sign(wish('changed-on-the-way'), 'customer.example').replace('your list', 'all lists'),
     'none', None, 'unauthenticated'),
    ('signed-by-another', lambda: sign(wish('signed-by-another'), 'evil.example'), 'none', None, 'unauthenticated'),
    ('forged-result', lambda: OURS + wish('forged-result'), 'none', None, 'unauthenticated'),
    ('forged-result-of-another-method',  # without RemoveARAll only those with a result of DKIM are removed
     lambda: 'Authentication-Results: mx.metrix.example; dmarc=pass header.from=customer.example\n' + wish('forged-result-of-another-method'),
     'none', None, 'unauthenticated'),
    ('forged-result-and-signed-by-another', lambda: OURS + sign(wish('forged-result-and-signed-by-another'), 'evil.example'),
     'none', None, 'unauthenticated'),
    ('forged-results-in-many-spellings',
     lambda: OURS.upper() + OURS.replace(': ', ':\n  ') + OURS.replace('Results:', 'Results :') + OURS.replace(' mx', ' (x) mx')
     + wish('forged-results-in-many-spellings'), 'none', None, 'unauthenticated'),
)


def test_case(name, text, proof, detail, answer):
    inject(f'{name}@customer.example', US, text())
    found = wait(lambda: events(name))
    if not ok(found and blocked(name), f'{name}: the wish is recorded', log()):
        return
    evidence = found[0]['evidence']
    ok(evidence.get('authenticated') == proof and evidence.get('authentication') == detail,
       f'{name}: the ledger says "{proof}"' + (f', by {detail}' if detail else ''), evidence)
    ok(evidence.get('reply-reason') == answer, f'{name}: ' + ('it is answered' if answer == 'ok' else 'nobody is answered'),
       evidence)


def test_replayed():
    """H41: an old mail, signed all right, sent again after the person came back"""
    text = sign(wish('back'), 'customer.example')
    inject('back@customer.example', US, text)
    wait(lambda: blocked('back'))
    time.sleep(1.1)  # at the same second the stop wins
    cli('opt-in', 'back@customer.example', 'product-updates', '--proof', 'signed on paper')
    ok(not blocked('back'), 'replayed: the person has come back', cli('history', 'back@customer.example').stdout)
    before = len(events('back'))
    inject('mallory@evil.example', US, text)
    wait(lambda: log().count('to=<unsubscribe@metrix.example>') > len(CASES) + 1)
    ok(not blocked('back') and len(events('back')) == before, 'replayed: the old mail, its signature good, changes nothing',
       cli('history', 'back@customer.example').stdout)


def test_opt_in():
    """what the proof is for: only a proved author takes a stop back"""
    for name, text in (('unsigned', wish('unsigned')), ('signed', wish('signed'))):
        text = text.replace('Please take me off your list.', 'Please subscribe me again, I want your newsletter back.')
        text = text.replace(f'<{name}@', f'<{name}.again@').replace(US, 'preferences@metrix.example')
        text = text.replace(f'From: Ann Customer <{name}.again@', f'From: Ann Customer <{name}@').replace('Subject: unsubscribe', 'Subject: subscribe')
        inject(f'{name}@customer.example', 'preferences@metrix.example', sign(text, 'customer.example') if name == 'signed' else text)
        wait(lambda: len(events(name)) > 1)
    ok(blocked('unsigned'), 'who is not proved is not let in again by asking', cli('history', 'unsigned@customer.example').stdout)
    ok(not blocked('signed'), 'who is proved is', cli('history', 'signed@customer.example').stdout)


def tests():
    make_keys('customer.example', 'mail.customer.example', 'evil.example')
    daemon = start_milter()
    try:
        if not ok(daemon.poll() is None, 'OpenDKIM verifies in front of Postfix', daemon.poll() is not None and daemon.stdout.read()):
            return
        for case in CASES:
            test_case(*case)
        test_replayed()
        test_opt_in()
    finally:
        daemon.terminate()
        daemon.wait()
    try:
        inject('down@customer.example', US, OURS + wish('down'))
        answer = 'taken'
    except smtplib.SMTPException as error:
        answer = str(error)
    ok('451' in answer, 'while OpenDKIM is down no mail comes in: a forged result has no moment', answer)
    ok(cli('verify').returncode == 0, 'and the ledger verifies')


if any(shutil.which(name) is None for name in ('opendkim', 'opendkim-genkey', 'openssl')):
    print('1..0 # SKIP opendkim, opendkim-tools or openssl is not installed')
    sys.exit(0)
test(CONFIG, tests, '', f'smtpd_milters = inet:127.0.0.1:{milter}\nmilter_default_action = tempfail\n')
