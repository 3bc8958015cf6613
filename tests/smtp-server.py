#!/usr/bin/env python3
"""A mail server for tests/smtp.sh: SMTP or LMTP, TLS, AUTH, and whatever goes wrong, as a script in words says.

usage: smtp-server.py FOLDER [lmtp=PATH] [KEY=VALUE...]

Writes its port to FOLDER/port, one line for each command to FOLDER/log, and each mail that it took to FOLDER/mail.N.
  cert=FILE       certificate and key; smtps=1: TLS from the first octet on; without it STARTTLS is offered
  login=USER:PASS AUTH PLAIN and LOGIN, wanted before MAIL; mechanisms=LOGIN offers that one alone
  dsn=0           offers no DSN
  at STEP=ACT     greet ehlo starttls auth mail rcpt data mail-data: "CODE words" answers so; stall; drop;
                  inject (starttls) says more than it should without TLS; lose takes the mail and then drops
  times=N         only the first N times; after=N not the first N times; keep=N mails a connection, then 421
"""
import base64, os, socket, ssl, sys, threading, time

folder = sys.argv[1]
options = dict(word.split('=', 1) for word in sys.argv[2:])
state = {'mails': 0, 'acts': 0}
lock = threading.Lock()


def log(line):
    with lock, open(f'{folder}/log', 'a') as out:
        out.write(line + '\n')


class Gone(Exception):
    pass


class Session:
    def __init__(self, sock):
        self.sock, self.file, self.secure, self.user = sock, sock.makefile('rb'), False, None
        self.taken = 0

    def say(self, *lines):
        self.sock.sendall(b''.join(line.encode() + b'\r\n' for line in lines))

    def hear(self):
        line = self.file.readline()
        if not line:
            raise Gone
        return line.rstrip(b'\r\n').decode('utf-8', 'replace')

    def wrap(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options['cert'])
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.file, self.secure = self.sock.makefile('rb'), True

    def acts(self, step):
        """Does the script have it here? Then it was done."""
        act = options.get(step)
        if act is None:
            return False
        with lock:
            state['acts'] += 1
            if not int(options.get('after', 0)) < state['acts'] <= int(options.get('after', 0)) + int(options.get('times', 10 ** 9)):
                return False
        if act == 'stall':
            time.sleep(60)
        if act in ('stall', 'drop', 'lose'):
            raise Gone
        if act == 'drip':
            for _ in range(600):
                self.sock.sendall(b'2')
                time.sleep(0.1)
        if act == 'inject':
            self.say('220 go on', '250 hello, I am the server')
            time.sleep(0.2)
            raise Gone
        self.say(act)
        if act.startswith('421'):
            raise Gone
        return True

    def ehlo(self, words):
        if self.acts('ehlo'):
            return
        offers = ['server.example', 'SIZE 100000', 'PIPELINING']
        if options.get('dsn') != '0':
            offers.append('DSN')
        if 'cert' in options and not self.secure and 'strip' not in options:
            offers.append('STARTTLS')
        if 'login' in options:
            offers.append('AUTH ' + options.get('mechanisms', 'PLAIN LOGIN'))
        self.say(*[f'250-{offer}' for offer in offers[:-1]], f'250 {offers[-1]}')

    def auth(self, words):
        if self.acts('auth'):
            return
        name, *rest = words.split()[1:]
        if name == 'PLAIN':
            given = base64.b64decode(rest[0]).decode().split('\0')[1:]
        else:
            self.say('334 ' + base64.b64encode(b'Username:').decode())
            given = [base64.b64decode(self.hear()).decode()]
            self.say('334 ' + base64.b64encode(b'Password:').decode())
            given.append(base64.b64decode(self.hear()).decode())
        self.user = ':'.join(given) if ':'.join(given) == options['login'] else None
        self.say('235 2.7.0 welcome' if self.user else '535 5.7.8 wrong')

    def data(self, envelope):
        if self.acts('data'):
            return
        self.say('354 go on')
        octets = b''
        while True:
            line = self.file.readline()
            if not line:
                raise Gone
            if line == b'.\r\n':
                break
            octets += line
        if options.get('mail-data') == 'lose':
            self.keep(envelope, octets)
        if self.acts('mail-data'):
            return
        self.keep(envelope, octets)
        self.say('250 2.0.0 taken')

    def keep(self, envelope, octets):
        with lock:
            state['mails'] += 1
            with open(f'{folder}/mail.{state["mails"]}', 'wb') as out:
                out.write('\n'.join(envelope).encode() + b'\n\n' + octets)
        self.taken += 1

    def run(self):
        if 'smtps' in options:
            self.wrap()
        if self.acts('greet'):
            return
        self.say('220 server.example')
        envelope = []
        while True:
            words = self.hear()
            verb = words.split(' ')[0].upper()
            log(verb if verb == 'AUTH' else words)
            if verb in ('EHLO', 'LHLO'):
                if (verb == 'LHLO') != ('lmtp' in options):
                    self.say('500 5.5.1 that is the other protocol')
                else:
                    self.ehlo(words)
            elif verb == 'STARTTLS':
                if not self.acts('starttls'):
                    self.say('220 go on')
                    self.wrap()
            elif verb == 'AUTH':
                self.auth(words)
            elif verb == 'MAIL':
                if self.taken >= int(options.get('keep', 10 ** 9)):
                    self.say('421 4.7.0 enough')
                    return
                if 'login' in options and self.user is None:
                    self.say('530 5.7.0 log in')
                elif not self.acts('mail'):
                    envelope = [words]
                    self.say('250 2.1.0 ok')
            elif verb == 'RCPT':
                if not self.acts('rcpt'):
                    envelope.append(words)
                    self.say('250 2.1.5 ok')
            elif verb == 'DATA':
                self.data(envelope)
            elif verb in ('RSET', 'NOOP'):
                self.say('250 2.0.0 ok')
            elif verb == 'QUIT':
                self.say('221 2.0.0 bye')
                return
            else:
                self.say('500 5.5.2 what?')


def serve(sock):
    log('connection')
    session = Session(sock)
    try:
        session.run()
    except (Gone, OSError, ssl.SSLError):
        pass
    try:
        session.sock.shutdown(socket.SHUT_RDWR)
        session.sock.close()
    except OSError:
        pass


if 'lmtp' in options:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(options['lmtp'])
    os.chmod(options['lmtp'], 0o777)
    port = 0
else:
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    port = listener.getsockname()[1]
listener.listen(64)
with open(f'{folder}/port.new', 'w') as out:
    out.write(f'{port}\n')
os.rename(f'{folder}/port.new', f'{folder}/port')
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
