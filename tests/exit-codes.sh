#!/bin/sh
# Whatever is wrong with the surroundings, deliver and filter end with 0 or 75, or by a signal: any other code bounces the
# customer's mail (R1; TAP). And none of it is on their output but one line of ours (R3).
set -u
. "${top_srcdir:-.}/tests/tap.sh"

mkdir "$work/good" "$work/Maildir" "$work/Maildir/tmp" "$work/Maildir/new" "$work/Maildir/cur"
config () { # NAME SED-EXPRESSION
  sed "$2" >"$work/$1.conf" <<END
[optout]
user = nobody
store = sqlite:$work/good/consent.db
secret-file = $work/good/secret
sendmail = /bin/true
[mailbox support@metrix.example]
copy = yes
[mailbox news@metrix.example]
role = newsletter
pass = maildir:$work/Maildir
END
}
config good ''
if [ "$(id -u)" = 0 ]; then chown -R nobody "$work/good" "$work/Maildir"; fi
"$optout" -c "$work/good.conf" init >/dev/null 2>&1 || { echo "1..0 # SKIP no store can be made here"; exit 0; }
printf 'From: ann@example.org\nSubject: 5.1.1 customer words\nMessage-ID: <a@example.org>\n\nPlease unsubscribe me from your newsletter.\n' >"$work/mail"

# retries NAME COMMAND...: 75, one line of ours, no word of the mail
door=deliver
taken () { "$@" <"$work/mail" >"$work/out" 2>"$work/err"; code=$?; }
retries () {
  what=$1; shift
  taken "$@"
  cat "$work/out" "$work/err" >"$work/both"
  [ $code = 75 ] && [ "$(wc -l <"$work/both")" = 1 ] && grep -q '^4\.3\.0 ' "$work/both" && ! grep -q customer "$work/both"
  ok $? "$door: $what"
}
with () { "$optout" -c "$work/$1.conf" "$door" -f ann@example.org -- support@metrix.example; }
limited () { # so that the loader, which is not ours, still finds its files
  (exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit "$1" "$2" && exec "$optout" -c "$work/good.conf" "$door" -f ann@example.org -- support@metrix.example)
}

config key 's/^user/usr/'
config syntax 's/^user.*/nonsense/'
config secret 's|/secret|/none|'
config store 's|consent.db|none.db|'
config random "s|good/consent.db|random.db|"
config folder "s|good/consent.db|good|"
config scheme 's|sqlite:|novel:|'
config locked "s|good/consent|locked/consent|"
config user 's/^user.*/user = no-such-user/'
config nobody 's/^user.*//'
cp "$work/good/secret" "$work/open-secret"; chmod 644 "$work/open-secret"
config open "s|good/secret|open-secret|"
mkfifo "$work/fifo"; config fifo "s|good/secret|fifo|"
ln -s good/secret "$work/link"; config link "s|good/secret|link|"
head -c 20000 /dev/urandom >"$work/random.db"; chmod 666 "$work/random.db"
cp "$work/random.db" "$work/random.copy"
mkdir "$work/locked"; cp "$work/good/consent.db" "$work/locked"; chmod 0 "$work/locked"

for door in deliver filter; do
  taken "$optout" -c "$work/none.conf" $door; [ $code = 75 ]; ok $? "$door: no such configuration"
  retries 'an unknown key in the configuration' with key
  retries 'a broken line in the configuration' with syntax
  retries 'a configuration that is a folder' "$optout" -c "$work" $door
  retries 'no secret' with secret
  retries 'a secret that others may read' with open
  retries 'a secret that is a pipe (H33)' with fifo
  retries 'a secret that is a symbolic link (H33)' with link
  retries 'no store' with store
  retries 'a store of random octets' with random
  retries 'a store that is a folder' with folder
  retries 'a store in a folder that cannot be entered' with locked
  retries 'a store of an unknown kind' with scheme
  retries 'an unknown option' "$optout" -c "$work/good.conf" $door --no-such-option
  retries '-c without a file' "$optout" $door -c
  retries 'an option without its value' "$optout" -c "$work/good.conf" $door -f
  retries 'no descriptor left (RLIMIT_NOFILE, H55)' limited -n 4
  taken limited -f 0; [ $code = 75 ]; ok $? "$door: no room for a file (RLIMIT_FSIZE, H55)"
  "$optout" -c "$work/good.conf" $door -- support@metrix.example <"$work" >"$work/out" 2>"$work/err"; code=$?
  [ $code = 75 ]; ok $? "$door: standard input that cannot be read"
  if [ "$(id -u)" = 0 ]; then
    retries 'root without a user to become (R15)' with nobody
    retries 'root with a user that is none (R15)' with user
  fi
  G_MESSAGES_DEBUG=all taken with good; [ $code = 0 ] && [ ! -s "$work/err" ]; ok $? "$door: and with all in order, 0 and no word of a library"
done
cmp -s "$work/random.db" "$work/random.copy"; ok $? 'what is no store of ours is left as it is (H56)'

# ---- for people ----
people () { # CODE SENTENCE ARGUMENT...
  want=$1 what=$2; shift 2
  "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null; code=$?
  [ $code = "$want" ]; ok $? "$what: $want"
}
people 64 'no command'
people 64 'an unknown command' no-such-command
people 64 'an unknown command with a path' ../../bin/true
people 64 '-c without a file' -c
people 64 'an unknown option of a command' classify --no-such-option
people 0 'help' help
people 0 '--help' --help
people 0 '--version' --version
people 0 'help of a command' help deliver
people 0 '-h of a command' classify -h
people 64 'help of an unknown command' help no-such-command
people 66 'a file that cannot be read' -c /dev/null classify "$work/none"

echo "1..$n"
exit $((failed > 0))
