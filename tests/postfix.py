#!/usr/bin/env python3
"""A customer's opt-out through a real Postfix: see the names of the tests. Run by postfix.sh inside its namespace."""
import email, email.policy, json, os, re, smtplib, threading, time
from postfix_kit import cli, inbox, inject, log, mail, ok, port, queue, run, syslog, test, wait, work, write

CONFIG = '''
[optout]
organisation = Metrix Example
user = optout
flood-per-hour = 100000
store = sqlite:%(work)s/lib/consent.db
secret-file = /etc/optout/secret
[reply]
from = Metrix Example preferences <preferences@metrix.example>
submit = sendmail
smtputf8 = yes
per-hour = 100000
per-domain-per-hour = 100000
[category product-updates]
title = Product updates
words = product updates; release news
[category service-notices]
title = Update and support notices
essential = true
[mailbox unsubscribe@metrix.example]
role = unsubscribe
[mailbox preferences@metrix.example]
role = preferences
[mailbox news@metrix.example]
role = newsletter
pass = sendmail:people@customer.example
[mailbox support@metrix.example]
role = mixed
copy = yes
'''


def confirmations(address):
    found = []
    for path in inbox():
        with open(path, 'rb') as f:
            m = email.message_from_binary_file(f, policy=email.policy.default)
        if m['Auto-Submitted'] == 'auto-replied' and address in (m['To'] or ''):
            found.append((path, m))
    return found


def support():
    try:
        return re.findall('^Message-ID: (.*)$', open(f'{work}/mailboxes/support').read(), re.M)
    except FileNotFoundError:
        return []


def blocked(address, category='product-updates'):
    return cli('check', address, category).returncode == 1


def tests():
    # an opt-out, from the network to the customer's mailbox
    inject('ann@customer.example', 'news@metrix.example',
           mail('ann@customer.example', 'news@metrix.example', 'Re: Our news', 'Please take me off your mailing list.',
                '<one@customer.example>'))
    ok(wait(lambda: blocked('ann@customer.example')), 'a reply to a newsletter becomes a recorded opt-out', log())
    lines = wait(lambda: [line for line in syslog if 'optout[' in line])
    ok(len(lines) == 1 and re.search(r': [0-9A-F]+: kind=person intent=opt-out act=record \(clear-wish\) reply=send \(ok\)'
                                     r' event=[0-9a-f]+ [0-9]+ ms', lines[0]), 'syslog has one line about it', lines)
    ok(not any('customer.example' in line for line in lines), 'without an address', lines)
    ok(cli('check', 'ann@customer.example', 'service-notices').returncode == 0, 'essential mail still goes to her')
    got = wait(lambda: confirmations('ann@customer.example'))
    if ok(len(got) == 1, 'one confirmation comes out at her own mailbox', log(), queue()):
        path, reply = got[0]
        raw = open(path, 'rb').read()
        ok(b'Return-Path: <>' in raw, 'its envelope sender is null')
        ok(reply['In-Reply-To'] == '<one@customer.example>', 'it answers her mail', reply['In-Reply-To'])
        text = reply.get_content()
        ok('Update and support notices' in text and 'UNDO' in text, 'it names what still comes and how to undo', text)
        ok(wait(lambda: len(inbox()) >= 2), 'the newsletter mailbox passed her mail on to people', inbox())
        # the reply that undoes it
        inject('ann@customer.example', 'preferences@metrix.example',
               mail('ann@customer.example', 'preferences@metrix.example', 'Re: ' + reply['Subject'], 'UNDO',
                    '<two@customer.example>', f"In-Reply-To: {reply['Message-ID']}\nReferences: {reply['Message-ID']}\n"))
        ok(wait(lambda: not blocked('ann@customer.example')), 'a reply with UNDO undoes it', log(),
           cli('history', 'ann@customer.example').stdout)
    # a mailbox that people read too
    inject('eve@customer.example', 'support@metrix.example',
           mail('eve@customer.example', 'support@metrix.example', 'my invoice', 'Where is my invoice?', '<six@customer.example>'))
    inject('fay@customer.example', 'support@metrix.example',
           mail('fay@customer.example', 'support@metrix.example', 'stop', 'Please remove me from your mailing list.',
                '<seven@customer.example>'))
    ok(wait(lambda: blocked('fay@customer.example')), 'a copy of the mail to support is read through the alias', log())
    ok(wait(lambda: len(support()) == 2), 'and people get the mail to support as before', support(), log())
    ok(not blocked('eve@customer.example'), 'who writes about an invoice stays opted in')
    ok('status=bounced' not in log(), 'nothing bounced', log())

    # an address beyond ASCII, there and back (R47)
    from_jose = mail('jos\u00e9@customer.example', 'unsubscribe@metrix.example', 'unsubscribe', '', '<eai@customer.example>')
    with smtplib.SMTP('127.0.0.1', port, timeout=60) as s:
        s.sendmail('jos\u00e9@customer.example', ['unsubscribe@metrix.example'], from_jose.encode(), mail_options=['SMTPUTF8'])
    ok(wait(lambda: blocked('jos\u00e9@customer.example')), 'a wish from an address beyond ASCII is recorded', log())
    raw = wait(lambda: [path for path in inbox() if '\nTo: jos\u00e9@customer.example\n'.encode() in open(path, 'rb').read()])
    ok(len(raw) == 1, 'and its confirmation comes out where it asked', log(), queue())

    # the store is away, then comes back
    os.rename(f'{work}/lib', f'{work}/lib.away')
    inject('bob@customer.example', 'unsubscribe@metrix.example',
           mail('bob@customer.example', 'unsubscribe@metrix.example', 'unsubscribe', '', '<three@customer.example>'))
    ok(wait(lambda: re.search(r'to=<unsubscribe@metrix\.example>.*dsn=4\.3\.0, status=deferred', log())),
       'a store that is gone leaves the mail in the queue, 4.3.0', log())
    ok(any(r.get('address') == 'unsubscribe@metrix.example' for q in queue() for r in q['recipients']),
       'it is still in the queue', queue())
    os.rename(f'{work}/lib.away', f'{work}/lib')
    run('postqueue', '-f')
    ok(wait(lambda: blocked('bob@customer.example')), 'and is applied when the store returns', log())

    # somebody holds the lock
    import fcntl
    holder = open(f'{work}/lib/consent.db.lock', 'a')
    fcntl.flock(holder, fcntl.LOCK_EX)
    write('/etc/optout/optout.conf', CONFIG % {'work': work} + '\n', 0o644)
    inject('cyd@customer.example', 'unsubscribe@metrix.example',
           mail('cyd@customer.example', 'unsubscribe@metrix.example', 'unsubscribe', '', '<four@customer.example>'))
    time.sleep(2)
    ok(not blocked('cyd@customer.example'), 'a locked store is waited for')
    fcntl.flock(holder, fcntl.LOCK_UN)
    run('postqueue', '-f')
    ok(wait(lambda: blocked('cyd@customer.example')), 'and the mail is recorded once the lock is free', log())

    # many at once
    wait(lambda: not queue(), 20)
    before = len(inbox())
    started = time.time()

    def sender(numbers):
        with smtplib.SMTP('127.0.0.1', port, timeout=120) as s:
            for n in numbers:
                address = f'c{n}@customer.example'
                s.sendmail(address, ['unsubscribe@metrix.example'],
                           mail(address, 'unsubscribe@metrix.example', 'unsubscribe', '', f'<many-{n}@customer.example>'))

    threads = [threading.Thread(target=sender, args=(range(k, 200, 20),)) for k in range(20)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    wait(lambda: len(inbox()) >= before + 200 and not queue(), 120)
    events = [json.loads(line) for line in cli('list', '--json').stdout.splitlines()]
    addresses = {e['address'] for e in events}
    ok(all(f'c{n}@customer.example' in addresses for n in range(200)), '200 mails at 20 at once: every one is recorded',
       len(addresses), log()[-2000:])
    replies = [m['To'] for _, m in confirmations('c')]
    each = [sum(f'c{n}@customer.example' in t for t in replies) for n in range(200)]
    ok(each == [1] * 200, 'and each gets one confirmation, nobody two', each)
    history = [cli('history', '--json', f'c{n}@customer.example').stdout.count('"action":"opt-out"') for n in range(0, 200, 20)]
    ok(history == [1] * 10, 'and each stands in the ledger once', history)
    ok('status=bounced' not in log() and 'status=deferred' not in log()[log().rfind('many-0@'):],
       'and none was bounced or deferred')
    print(f'# 200 mails, from the first connection to the last confirmation: {time.time() - started:.1f} s')

    # a program that is broken must not bounce
    write('/etc/optout/optout.conf', CONFIG % {'work': work} + '\n[mailbox\n')
    inject('dee@customer.example', 'unsubscribe@metrix.example',
           mail('dee@customer.example', 'unsubscribe@metrix.example', '5.1.1 gone', 'unsubscribe', '<five@customer.example>'))
    ok(wait(lambda: 'dsn=4.3.0, status=deferred' in log()[log().rfind('five@customer'):]),
       'a broken configuration defers the mail, whatever its subject says', log()[-2000:])
    write('/etc/optout/optout.conf', CONFIG % {'work': work})
    run('postqueue', '-f')
    ok(wait(lambda: blocked('dee@customer.example')), 'and it is recorded once the configuration is mended', log()[-2000:])
    # a confirmation that cannot go out is told of
    write('/etc/optout/optout.conf', CONFIG.replace('user = optout', 'user = optout\nsendmail = /bin/false') % {'work': work})
    inject('gus@customer.example', 'unsubscribe@metrix.example',
           mail('gus@customer.example', 'unsubscribe@metrix.example', 'unsubscribe', '', '<eight@customer.example>'))
    ok(wait(lambda: any(re.search(r'reply [0-9a-f]+: not sent now: /bin/false: exit code 1$', line.rstrip('\0')) for line in syslog)),
       'a confirmation that does not go out has a line in the mail log', syslog[-3:])
    ok(blocked('gus@customer.example'), 'and its wish counts')
    # confirmations through Postfix's own server, over STARTTLS, its certificate checked
    write('/etc/optout/optout.conf', CONFIG.replace('submit = sendmail\nsmtputf8 = yes',
                                                    f'submit = smtp://localhost:{port}\ntls = required\nca-file = {work}/server.crt') % {'work': work})
    inject('hal@customer.example', 'unsubscribe@metrix.example',
           mail('hal@customer.example', 'unsubscribe@metrix.example', 'unsubscribe', '', '<nine@customer.example>'))
    got = wait(lambda: confirmations('hal@customer.example'))
    if ok(len(got) == 1, 'submit = smtp://: the confirmation goes to the server', log()[-2000:], cli('send', '--list').stdout):
        raw = open(got[0][0], 'rb').read()
        ok(b'Return-Path: <>' in raw and b'with ESMTPS' in raw, 'by STARTTLS, from the null sender', raw.decode())
    write('/etc/optout/optout.conf', CONFIG % {'work': work})
    ok(cli('verify').returncode == 0, 'the ledger verifies', cli('verify').stdout)


run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost', '-keyout', f'{work}/server.key', '-out', f'{work}/server.crt')
os.chmod(f'{work}/server.crt', 0o644)
test(CONFIG, tests, '', f'''
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtpd_tls_cert_file = {work}/server.crt
smtpd_tls_key_file = {work}/server.key
''')
