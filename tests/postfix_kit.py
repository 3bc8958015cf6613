"""A private Postfix on loopback for the tests of postfix.sh: our documented files, and customers at a second domain."""
import glob, json, os, shutil, smtplib, socket, subprocess, sys, threading, time

top, work, optout = os.environ['top_srcdir'], os.environ['work'], os.environ['optout']
count = 0


def ok(passed, name, *detail):
    global count
    count += 1
    print(('ok' if passed else 'not ok'), count, '-', name)
    for line in ('' if passed else '\n'.join(map(str, detail))).splitlines():
        print('#', line)
    sys.stdout.flush()
    return passed


def run(*args, **kw):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, **kw)


def cli(*args):
    """optout as its own user, as an administrator would with sudo -u optout"""
    return run('setpriv', '--reuid=optout', '--regid=optout', '--clear-groups', optout, *args)


def wait(what, seconds=30):
    end = time.time() + seconds
    while time.time() < end:
        value = what()
        if value:
            return value
        time.sleep(0.1)
    return what()


syslog = []


def listen_to_syslog():
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.bind('/dev/log')
    os.chmod('/dev/log', 0o666)

    def listen():
        while True:
            syslog.append(s.recv(65536).decode('utf-8', 'replace'))
    threading.Thread(target=listen, daemon=True).start()


# ---- the mail system: our documented files, and a customer's mailbox at a second domain ----

def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


port = free_port()


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as f:
        f.write(text)
    os.chmod(path, mode)


def documented(name):
    """a file of packaging/postfix, with the path of the program under test"""
    return open(f'{top}/packaging/postfix/{name}').read().replace('/usr/local/bin/optout', optout)


def set_up_postfix(more_services='', more_settings=''):
    shutil.rmtree('/etc/postfix')
    os.makedirs('/etc/postfix')
    for folder, owner in (('spool', 'root'), ('data', 'postfix'), ('vmail', 'vmail'), ('log', 'root'), ('mailboxes', 'support')):
        os.makedirs(f'{work}/{folder}')
        shutil.chown(f'{work}/{folder}', owner)
    for name in ('postfix-files', 'postfix-script', 'post-install', 'dynamicmaps.cf'):
        for source in (f'{work}/postfix-before/{name}', f'/usr/share/postfix/{name}'):
            if os.path.exists(source):
                shutil.copy(source, f'/etc/postfix/{name}')
                break
    services = '''
127.0.0.1:%d inet n - n - 50 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 2 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
''' % port
    write('/etc/postfix/master.cf', services.lstrip() + documented('master.cf') + more_services)
    write('/etc/postfix/main.cf', f'''
compatibility_level = 3.6
queue_directory = {work}/spool
data_directory = {work}/data
maillog_file_prefixes = {work}
maillog_file = {work}/log/mail.log
myhostname = mx.metrix.example
mydestination = $myhostname, metrix.example, localhost
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mail_spool_directory = {work}/mailboxes
alias_database = hash:/etc/aliases
virtual_mailbox_domains = customer.example
virtual_mailbox_base = {work}/vmail
virtual_mailbox_maps = static:everyone/
virtual_uid_maps = static:64902
virtual_gid_maps = static:64902
relay_domains =
default_transport = error:5.1.2 there is no world outside
smtpd_recipient_restrictions = permit_mynetworks, reject
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
smtpd_client_connection_count_limit = 0
default_process_limit = 50
''' + documented('main.cf') + more_settings)
    write('/etc/postfix/transport', documented('transport'))
    write('/etc/optout/aliases', documented('aliases'))
    shutil.chown('/etc/optout/aliases', 'optout')
    write('/etc/aliases', 'support: \\support, optout-support\n')
    run('newaliases')


def set_up_optout(config):
    os.makedirs('/etc/optout', exist_ok=True)
    write('/etc/optout/optout.conf', config % {'work': work})
    os.makedirs(f'{work}/lib', exist_ok=True)
    shutil.chown(f'{work}/lib', 'optout', 'optout')
    return run(optout, 'init')


def inject(sender, recipient, text):
    with smtplib.SMTP('127.0.0.1', port, timeout=60) as s:
        s.sendmail(sender, [recipient], text)


def mail(sender, to, subject, body, message_id, extra=''):
    return (f'From: Ann Customer <{sender}>\nTo: {to}\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n'
            f'Message-ID: {message_id}\n{extra}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n')


def inbox():
    return sorted(glob.glob(f'{work}/vmail/everyone/new/*'), key=os.path.getmtime)


def log():
    try:
        return open(f'{work}/log/mail.log', errors='replace').read()
    except FileNotFoundError:
        return ''


def queue():
    return [json.loads(line) for line in run('postqueue', '-j').stdout.splitlines() if line.startswith('{')]


def test(config, tests, *postfix):
    """tests(), with a mail system and a store of config; stops it in any case and prints the plan"""
    try:
        listen_to_syslog()
        shutil.copytree('/etc/postfix', f'{work}/postfix-before', symlinks=True)
        set_up_postfix(*postfix)
        r = set_up_optout(config)
        if ok(r.returncode == 0, 'optout init makes the secret and the store for its user', r.stdout):
            r = run('postfix', 'start')
            if ok(r.returncode == 0, 'Postfix starts with the documented lines', r.stdout, log()):
                wait(lambda: 'daemon started' in log())
                tests()
    finally:
        run('postfix', 'stop')
    print(f'1..{count}')
