#!/usr/bin/env python3
"""Marketing mail stopped by a real Postfix, by tables and by policyd: see the names of the tests. Run by postfix.sh."""
import glob, os, re, shutil, smtplib, time
from postfix_kit import cli, documented, free_port, inbox, log, mail, ok, optout, port, queue, run, syslog, test, wait, work

CONFIG = '''
[optout]
user = optout
store = sqlite:%(work)s/lib/consent.db
secret-file = /etc/optout/secret
[category product-updates]
senders = news@metrix.example
[category special-offers]
senders = offers@metrix.example; @offers.metrix.example
[category service-notices]
senders = notices@metrix.example
essential = yes
'''
TABLES = '/etc/postfix/optout'
KINDS = ('texthash', 'hash', 'cdb')
NO = 'No mail of category %s goes to this recipient'

door, trial, ports = free_port(), free_port(), {kind: free_port() for kind in KINDS}
# The tables alone, without policyd behind them; and policyd on trial, as optout(1) has it.
SERVICES = documented('sending-master.cf').replace(':2525', f':{door}') + ''.join(f'''
127.0.0.1:{ports[kind]} inet n - n - - smtpd
  -o smtpd_recipient_restrictions=check_recipient_access,{kind}:{TABLES}/optout-special-offers,permit_mynetworks,reject
''' for kind in KINDS) + f'''
127.0.0.1:{trial} inet n - n - - smtpd
  -o smtpd_recipient_restrictions=check_policy_service,unix:private/trial,permit_mynetworks,reject
trial unix - n n - 0 spawn
  user=optout argv={optout} policyd --action {{WARN opted out}} special-offers
'''


def offer(sender, recipient, to_port=port):
    """what Postfix says to the recipient: code and text"""
    utf8 = not recipient.isascii()
    with smtplib.SMTP('127.0.0.1', to_port, timeout=60) as s:
        s.command_encoding = 'utf-8'
        s.ehlo('sender.metrix.example')
        s.docmd('MAIL', f'FROM:<{sender}>' + (' SMTPUTF8' if utf8 else ''))
        code, text = s.docmd('RCPT', f'TO:<{recipient}>')
        return code, text.decode('utf-8')


def send(sender, recipient, message_id):
    with smtplib.SMTP('127.0.0.1', port, timeout=60) as s:
        s.sendmail(sender, [recipient], mail(sender, recipient, 'News', 'All about it.', message_id))


def refused(answer, category='special-offers'):
    return answer[0] == 554 and answer[1].startswith('5.7.1 ') and answer[1].endswith(NO % category)


def stop(address, *categories):
    return cli('add', address, *categories, '--note', 'test').returncode == 0


def export(kind='hash'):
    return run(optout, 'export', f'--format=postfix-{kind}', '--output', TABLES, '--note', 'test')


STOPPED = ['ann@customer.example', 'jürgen@customer.example', "\"x' OR '1'='1\"@customer.example", '"a\\\\b"@customer.example',
           'a%b@customer.example', '"john doe"@customer.example', '"a@b"@customer.example', '"so\\"me"@customer.example',
           '.dot.@customer.example', "o'neil@customer.example", 'a..b@customer.example', '!x@customer.example']
# what the store has, as other people write it
SPELT = ['Ann@Customer.EXAMPLE', 'ann+shop@customer.example', 'JÜRGEN+x@customer.example', '"ann"@customer.example',
         '"john doe+x"@customer.example', '".dot."@customer.example']
ODD = '#ann@customer.example'


def tests():
    ok(all([stop(address) for address in STOPPED + [ODD]]) and stop('bob@customer.example', 'special-offers'),
       'people are stopped')

    # policyd, the category by the sender
    ok(refused(offer('news@metrix.example', 'ann@customer.example'), 'product-updates'),
       'marketing mail to who opted out is rejected', offer('news@metrix.example', 'ann@customer.example'), log()[-2000:], syslog)
    ok(refused(offer('any@offers.metrix.example', 'bob@customer.example')), 'by category, here the domain of the sender')
    send('news@metrix.example', 'bob@customer.example', '<bob@metrix.example>')
    send('notices@metrix.example', 'ann@customer.example', '<notice@metrix.example>')
    send('eve@metrix.example', 'ann@customer.example', '<eve@metrix.example>')
    ok(wait(lambda: len(inbox()) == 3), 'mail of other categories, essential mail and mail of none is delivered', inbox(), log()[-2000:])
    wrong = [a for a in STOPPED + SPELT + [ODD] if not refused(offer('offers@metrix.example', a))]
    ok(not wrong, 'however the address is written', wrong)
    passed = [a for a in STOPPED + SPELT + [ODD] if offer('notices@metrix.example', a)[0] != 250]
    ok(not passed, 'and essential mail goes to all of them', passed)
    users = [os.stat(os.path.dirname(c)).st_uid for c in glob.glob('/proc/[0-9]*/cmdline')
             if read(c).startswith(f'{optout}\0policyd\0'.encode())]
    ok(users and set(users) == {64901}, 'policyd runs as its user', users)

    ok(offer('x@metrix.example', 'ann@customer.example', trial)[0] == 250
       and wait(lambda: re.search('warn: RCPT.*opted out', log())), 'on trial it only warns', log()[-1500:])

    # tables
    os.makedirs(TABLES)
    shutil.chown(TABLES, 'root', 'postfix')
    os.chmod(TABLES, 0o2750)
    made = [export(kind) for kind in ('text', 'hash', 'cdb')]
    ok(not any(r.returncode for r in made), 'optout export makes the tables', *[r.stdout for r in made])
    ok(f'{ODD}: Postfix would take it for a comment' in made[0].stdout, 'and names whom it leaves out', made[0].stdout)
    files = [os.stat(f) for f in glob.glob(f'{TABLES}/optout-*')]
    ok(len(files) == 6 and {(f.st_mode & 0o777, f.st_uid) for f in files} == {(0o640, 0)}
       and {f.st_gid for f in files} == {os.stat(TABLES).st_gid}, 'for root and the group of the folder', os.listdir(TABLES))
    for kind in KINDS:
        wrong = [(a, offer('x@metrix.example', a, ports[kind])) for a in STOPPED + SPELT + ['bob@customer.example']
                 if not refused(offer('x@metrix.example', a, ports[kind]))]
        ok(not wrong, f'a table alone, {kind}: all of them are rejected', *wrong)
        ok(offer('x@metrix.example', 'cyd@customer.example', ports[kind])[0] == 250, f'{kind}: others are not')
    ok(offer('x@metrix.example', ODD, ports['hash'])[0] == 250, 'whom a table cannot hold it lets through')
    ok(refused(offer('x@metrix.example', ODD, door)) and refused(offer('', 'bob@customer.example', door))
       and offer('x@metrix.example', 'cyd@customer.example', door)[0] == 250, 'policyd behind it does not')

    # later
    ok(stop('cyd@customer.example') and refused(offer('x@metrix.example', 'cyd@customer.example', door)),
       'a new opt-out counts at once where policyd is asked')
    ok(offer('x@metrix.example', 'cyd@customer.example', ports['hash'])[0] == 250, 'and not before the next export in a table alone')
    with smtplib.SMTP('127.0.0.1', ports['hash'], timeout=60) as s:
        s.ehlo()
        ok(s.mail('x@metrix.example')[0] == 250 and s.rcpt('ann@customer.example')[0] == 554
           and export('hash').returncode == 0 and s.rcpt('ann@customer.example')[0] == 554,
           'a session that has the table open goes on when it is replaced')
    ok(wait(lambda: refused(offer('x@metrix.example', 'cyd@customer.example', ports['hash']))),
       'and the next sees the new one, without a reload', log()[-2000:])
    ok(cli('verify').returncode == 0 and refused(offer('offers@metrix.example', 'bob@customer.example')),
       'what root exported has left the store to its user', cli('verify').stdout)

    # the store is away
    os.rename(f'{work}/lib', f'{work}/lib.away')
    answers = [offer('offers@metrix.example', 'ann@customer.example'), offer('offers@metrix.example', 'dee@customer.example')]
    ok(all(code == 450 and text.startswith('4.3.0 ') for code, text in answers), 'a store that is gone: 450 4.3.0 for everybody', answers)
    ok(offer('notices@metrix.example', 'ann@customer.example')[0] == 250, 'but essential mail goes out')
    os.rename(f'{work}/lib.away', f'{work}/lib')
    ok(refused(offer('offers@metrix.example', 'ann@customer.example')) and offer('offers@metrix.example', 'dee@customer.example')[0] == 250,
       'and all is as before when it is back')

    # erased
    r = cli('erase', 'ann@customer.example', '--note', 'test')
    ok(r.returncode == 0 and refused(offer('news@metrix.example', 'ann@customer.example'), 'product-updates')
       and refused(offer('offers@metrix.example', 'ann+shop@customer.example')), 'an erased address is rejected by policyd', r.stdout)
    ok('lacks 1 erased and 1 other' in export('hash').stdout
       and wait(lambda: offer('x@metrix.example', 'ann@customer.example', ports['hash'])[0] == 250)
       and refused(offer('x@metrix.example', 'ann@customer.example', door)),
       'a table cannot hold it, export says so, and policyd behind it rejects')

    # many
    started, count = time.time(), 300
    with smtplib.SMTP('127.0.0.1', port, timeout=60) as s:
        s.ehlo()
        s.mail('offers@metrix.example')
        codes = [s.rcpt('bob@customer.example' if n % 40 == 0 else f'n{n}@customer.example')[0] for n in range(count)]
    ok(codes == [554 if n % 40 == 0 else 250 for n in range(count)], f'{count} recipients of one mail, some of them stopped')
    print(f'# {count / (time.time() - started):.0f} recipients a second')
    lines = [line for line in syslog if 'policyd' in line]
    ok(lines and not any('customer.example' in line for line in lines), 'the mail log says why mail was deferred, without addresses', lines)
    ok(not re.search('problem talking|malformed|premature|unexpected attribute', log()), 'Postfix has nothing to complain of', log()[-3000:])
    ok(not queue() and 'status=bounced' not in log(), 'and nothing bounced')


def read(path):
    try:
        return open(path, 'rb').read()
    except OSError:
        return b''


test(CONFIG, tests, SERVICES, documented('sending-main.cf'))
