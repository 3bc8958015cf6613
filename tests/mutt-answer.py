#!/usr/bin/env python3
"""Answers the one mail of an mbox with mutt, as somebody at a terminal does: mutt-answer.py MBOX ANSWER FROM WORDS

mutt quotes the mail; WORDS go on top of what it quotes. What mutt hands to its sendmail is written to ANSWER."""
import os
import pty
import select
import sys
import tempfile
import time

mbox, answer, writer, words = sys.argv[1:]
with tempfile.TemporaryDirectory() as home:
    def script(name, text):
        path = os.path.join(home, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)
        return path
    editor = script("editor", f'#!/bin/sh\n{{ printf "%s\\n\\n" "$WORDS"; cat "$1"; }} >"$1.new" && mv "$1.new" "$1"\n')
    sendmail = script("sendmail", f'#!/bin/sh\ncat >"{answer}.new" && mv "{answer}.new" "{answer}"\n')
    rc = script("muttrc", f'''set editor = "{editor}"
set sendmail = "{sendmail}"
set sendmail_wait = 0
set from = {writer}
set use_from = yes
set use_envelope_from = no
set folder = {home}
set record = ""
set postponed = {home}/drafts
set header_cache = ""
set edit_headers = no
set fast_reply = yes
set include = yes
set abort_unmodified = no
set quit = yes
set charset = utf-8
set send_charset = utf-8
set reply_to = yes
set crypt_use_gpgme = no
push "<reply><send-message><exit>"
''')
    environment = dict(os.environ, HOME=home, TERM="vt100", WORDS=words, LC_ALL="C.UTF-8", MAIL=mbox)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe("mutt", ["mutt", "-n", "-F", rc, "-R", "-f", mbox], environment)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                if not os.read(terminal, 4096):
                    break
            except OSError:
                break
        if os.path.exists(answer):
            os.write(terminal, b"q")
            break
    os.close(terminal)
    try:
        os.kill(pid, 15)
    except ProcessLookupError:
        pass
    os.waitpid(pid, 0)
sys.exit(0 if os.path.exists(answer) else 1)
