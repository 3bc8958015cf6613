#!/bin/sh
# Sending through a mail server (TAP): SMTP, TLS, AUTH, LMTP, and every way in which it goes wrong. The server is
# smtp-server.py; certificates are made here.
set -u
. "${top_srcdir:-.}/tests/nobody.sh"
as_nobody "$0"
. "${top_srcdir:-.}/tests/tap.sh"
command -v python3 >/dev/null && command -v openssl >/dev/null || { echo "1..0 # SKIP python3 or openssl is missing"; exit 0; }
[ -x "${optout}-send" ] || { echo "1..0 # SKIP ${optout}-send is not built"; exit 0; }
server_program=$(cd "$top_srcdir" && pwd)/tests/smtp-server.py
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1

run () { "$@" >"$work/out" 2>"$work/err"; code=$?; }
is () { [ "$code" = "$1" ]; }

# serve KEY=VALUE...: a fresh server, whose port is $port
serve () {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
  rm -rf srv && mkdir srv
  python3 "$server_program" "$work/srv" "$@" 2>srv/trouble &
  server=$!
  until [ -s srv/port ]; do kill -0 "$server" 2>/dev/null || { cat srv/trouble >&2; exit 1; }; sleep 0.02; done
  port=$(cat srv/port)
}
# configure SUBMIT [LINE...]: a fresh store beside it
configure () {
  rm -rf lib && mkdir lib
  { printf '[optout]\nstore = sqlite:%s/lib/consent.db\nsecret-file = %s/lib/secret\n' "$work" "$work"
    printf '[reply]\nfrom = Metrix <preferences@metrix.example>\nsubmit = %s\n' "$1"; shift
    for line in "$@"; do printf '%s\n' "$line"; done
    grep -q '^timeout' <<LINES || echo 'timeout = 5'
$(printf '%s\n' "$@")
LINES
    printf '[mailbox support@metrix.example]\ncopy = yes\n'; } >conf
  "$optout" -c conf init >/dev/null || exit 1
}
# wish WRITER...: each asks, and its confirmation is queued; deliver hands it over at once
wish () {
  for writer in "$@"; do
    printf 'From: %s\nTo: support@metrix.example\nSubject: newsletter\nMessage-ID: <%s.1>\n\nPlease unsubscribe me from your newsletter.\n' "$writer" "$writer" |
      "$optout" -c conf deliver -f "$writer" -- support@metrix.example >out 2>err; code=$?
  done
}
# queue WRITER...: the same, but nothing is handed over
queue () {
  sed -i 's/^submit = /submit = sendmail\n#/' conf; sed -i 's|^\[reply\]|sendmail = /bin/false\n[reply]|' conf
  wish "$@"
  sed -i -e '/^sendmail = /d' -e '/^submit = sendmail$/d' -e 's/^#/submit = /' conf
  sqlite3 lib/consent.db "UPDATE reply SET next_at = 1, tries = 0, last_error = NULL"
}
state () { "$optout" -c conf send --list --json | sed -n "s/.*\"state\":\"\\([a-z]*\\)\",\"to\":\"$1\".*/\\1/p"; }
why () { "$optout" -c conf send --list --json | sed -n "s/.*\"to\":\"$1\".*\"why\":\"\\([^\"]*\\)\".*/\\1/p"; }
mails () { ls srv | grep -c '^mail\.'; }
# stays WRITER STATE WORDS
stays () { [ "$(state "$1")" = "$2" ] && why "$1" | grep -q "$3" || { echo "state: $(state "$1"), why: $(why "$1")" >>out; return 1; }; }
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 is missing"; exit 0; }

# ---- certificates ----
cert () { # NAME ISSUER DAYS SUBJECTALTNAME [EXTENSION...]
  name=$1 issuer=$2 days=$3 names=$4; shift 4
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$name.key" -subj "/CN=$name" -out "$name.req" 2>/dev/null
  { echo "subjectAltName=$names"; for line in "$@"; do echo "$line"; done; } >"$name.ext"
  if [ "$issuer" = self ]; then set -- -signkey "$name.key"; else set -- -CA "$issuer.crt" -CAkey "$issuer.key" -CAcreateserial; fi
  openssl x509 -req -in "$name.req" -days "$days" -extfile "$name.ext" "$@" -out "$name.crt" 2>/dev/null
  cat "$name.crt" "$name.key" >"$name.pem"
}
cert ca self 30 DNS:ca basicConstraints=critical,CA:TRUE
cert between ca 30 DNS:between basicConstraints=critical,CA:TRUE
cert good ca 30 DNS:localhost,IP:127.0.0.1
cert alone self 30 DNS:localhost
cert other ca 30 DNS:mail.example
cert past ca -1 DNS:localhost
cert client ca 30 DNS:localhost extendedKeyUsage=clientAuth
cert far between 30 DNS:localhost
cat far.crt between.crt far.key >whole.pem
safe="ca-file = $work/ca.crt"

# ---- the plain way ----
serve
configure "smtp://localhost:$port"
wish ann@example.org
is 0 && [ ! -s out ] && [ "$(mails)" = 1 ]; ok $? 'deliver hands a confirmation to the server at once'
sed -n 1,2p srv/mail.1 >got; printf 'MAIL FROM:<> RET=HDRS SIZE=%s\nRCPT TO:<ann@example.org> NOTIFY=NEVER\n' "$(sed -n '1s/.*SIZE=//p' srv/mail.1)" | cmp -s - got
ok $? 'from the null sender, and nobody is told of a failure (R71)'
sed 1,3d srv/mail.1 >mail; [ "$(tr -cd '\r' <mail | wc -c)" = "$(wc -l <mail)" ] && ! grep -qvE '^[ -~]*.$' mail
ok $? 'in lines that end with CR LF'
[ -z "$(state ann@example.org)" ]; ok $? 'and it is sent'
serve dsn=0; configure "smtp://127.0.0.1:$port"; wish ann@example.org
[ "$(mails)" = 1 ] && sed -n 2p srv/mail.1 | grep -qx 'RCPT TO:<ann@example.org>'; ok $? 'a server without DSN is not asked for it'
serve; configure "smtp://localhost:$port"; queue a@example.org b@example.org c@example.org
run "$optout" -c conf send
is 0 && grep -q '^3 sent' out && [ "$(mails)" = 3 ] && [ "$(grep -c connection srv/log)" = 1 ]; ok $? 'one connection for many'
serve keep=2; configure "smtp://localhost:$port"; queue a@example.org b@example.org c@example.org d@example.org e@example.org
run "$optout" -c conf send
is 0 && grep -q '^5 sent' out && [ "$(mails)" = 5 ] && [ "$(grep -c connection srv/log)" = 3 ]; ok $? 'a new one where the server ended it'
queue 'dots@example.org'
sqlite3 lib/consent.db "UPDATE reply SET mail = CAST('Subject: x' || char(10,10) || '.' || char(10) || '..a' || char(10) || '.b' || char(10) AS BLOB) WHERE recipient = 'dots@example.org'"
run "$optout" -c conf send
[ "$(sed 1,5d srv/mail.6)" = "$(printf '..\r\n...a\r\n..b\r\n')" ]; ok $? 'a line that begins with a dot gets another (RFC 5321 section 4.5.2)'

# ---- what a server answers ----
try () { # WRITER SERVER-WORDS...: queued, sent once
  writer=$1; shift
  serve "$@"; configure "smtp://localhost:$port" 'timeout = 1'; queue "$writer"; run "$optout" -c conf send
}
for step in mail rcpt data mail-data; do
  try ann@example.org "$step=451 4.3.0 later"
  is 0 && [ "$(mails)" = 0 ] && stays ann@example.org waiting '451 4.3.0 later'; ok $? "451 to $step: it waits"
  try ann@example.org "$step=554 5.7.1 not you"
  is 0 && [ "$(mails)" = 0 ] && stays ann@example.org failed '554 5.7.1 not you' && ! "$optout" -c conf history ann@example.org | grep -q bounce; ok $? "554 5.7.1 to $step: given up, and the address is not blamed"
  try ann@example.org "$step=421 4.3.2 going down"
  [ "$(mails)" = 0 ] && stays ann@example.org waiting 421; ok $? "421 to $step: it waits"
  [ "$step" = mail-data ] || { try ann@example.org "$step=drop"; [ "$(mails)" = 0 ] && stays ann@example.org waiting broke; ok $? "the connection breaks at $step: it waits"; }
  [ "$step" = mail-data ] || { try ann@example.org "$step=stall"; [ "$(mails)" = 0 ] && stays ann@example.org waiting broke; ok $? "no answer to $step: it waits"; }
  [ "$step" != rcpt ] || { try ann@example.org "$step=drip"; [ "$(mails)" = 0 ] && stays ann@example.org waiting broke; ok $? "an answer to $step that never ends: it waits"; }
done
for answer in '650 what' '250' '99999999999 much' 'no digits'; do
  try ann@example.org "data=$answer"
  is 0 && [ "$(mails)" = 0 ] && stays ann@example.org waiting .; ok $? "an answer that is none ($answer): it waits"
done
try ann@example.org 'rcpt=550 5.1.1 no such user'
stays ann@example.org failed '550 5.1.1' && "$optout" -c conf history ann@example.org | grep -qi bounce; ok $? '550 5.1.1 to RCPT: given up, and the address gets no more marketing'
try ann@example.org 'mail=550 5.1.8 your domain'
stays ann@example.org failed '550 5.1.8' && ! "$optout" -c conf history ann@example.org | grep -qi bounce; ok $? '550 5.1.8 to MAIL is said of us'
for act in 'greet=554 5.7.1 go away' greet=drop greet=drip 'ehlo=554 5.7.1 go away' ehlo=drop ehlo=stall; do
  try ann@example.org "$act"
  is 0 && [ "$(mails)" = 0 ] && stays ann@example.org waiting .; ok $? "$act: it waits"
done
for act in lose stall; do
  try ann@example.org "mail-data=$act"
  stays ann@example.org uncertain 'perhaps it was sent'; ok $? "the mail is out and no answer comes ($act): uncertain (R73)"
  sqlite3 lib/consent.db 'UPDATE reply SET next_at = 1'
  before=$(mails); run "$optout" -c conf send
  [ "$(mails)" = "$before" ] && [ "$(state ann@example.org)" = uncertain ]; ok $? 'and it is not sent again by itself'
done
id=$("$optout" -c conf send --list --csv | sed -n '2s/,.*//p')
serve; sed -i "s/^submit.*/submit = smtp:\/\/localhost:$port/" conf
run "$optout" -c conf send --retry "$id"
is 0 && grep -q '^1 sent' out && [ "$(mails)" = 1 ]; ok $? 'but when a person says so'
run "$optout" -c conf send --retry "$id"
is 64 && [ "$(mails)" = 1 ]; ok $? 'what was sent cannot be sent again'
serve 'rcpt=450 4.2.0 greylisted' times=1; configure "smtp://localhost:$port"; queue a@example.org b@example.org; run "$optout" -c conf send
grep -q '^1 sent, 1 not' out && [ "$(grep -c connection srv/log)" = 1 ]; ok $? 'one that waits does not stop the next'
serve mail=stall; configure "smtp://localhost:$port" 'timeout = 1'; queue a@example.org b@example.org c@example.org; run timeout 10 "$optout" -c conf send
grep -q '^0 sent, 1 not' out && [ "$(state b@example.org)" = waiting ]; ok $? 'a server that does not answer is asked once a round'
configure smtp://localhost:1; wish ann@example.org
is 0 && stays ann@example.org waiting refused; ok $? 'nobody listens: the wish is taken, its confirmation waits'
queue dash@example.org; sqlite3 lib/consent.db "UPDATE reply SET recipient = 'jörg@example.org' WHERE recipient = 'dash@example.org'"
serve; sed -i "s/^submit.*/submit = smtp:\/\/localhost:$port/" conf; run "$optout" -c conf send
[ "$(mails)" = 1 ] && stays jörg@example.org failed R47; ok $? 'an address beyond ASCII goes through sendmail only (R47)'

# ---- TLS ----
refused () { # WORDS SENTENCE
  [ "$(mails)" = 0 ] && stays ann@example.org waiting "$1" && ! grep -q '^AUTH\|^MAIL' srv/log; ok $? "$2"
}
secure () { # PEM SERVER-WORDS...
  pem=$1; shift
  serve cert="$pem" "$@"; configure "smtp://localhost:$port" 'tls = required' "$safe"; wish ann@example.org
}
secure good.pem
[ "$(mails)" = 1 ] && [ "$(sed -n 3p srv/log)" = STARTTLS ] && sed -n 4p srv/log | grep -q ^EHLO; ok $? 'STARTTLS, the certificate is right: sent'
secure whole.pem
[ "$(mails)" = 1 ]; ok $? 'a chain over another authority: sent'
secure alone.pem; refused 'signed by itself' 'a certificate that is signed by itself is refused'
secure other.pem; refused 'not for that host name' 'a certificate of another host is refused'
secure past.pem; refused 'has expired' 'a certificate that has expired is refused'
secure client.pem; refused 'not for servers' 'a certificate that is not for servers is refused'
secure far.pem; refused 'nobody who is trusted' 'a chain that lacks its middle is refused'
secure good.pem strip=1; refused 'offers no STARTTLS' 'a server whose STARTTLS somebody took away is refused'
secure good.pem 'starttls=454 4.7.0 not now'; refused 'STARTTLS was answered with 454' 'a server that cannot begin TLS is refused'
secure good.pem starttls=inject; refused 'somebody may stand between' 'words that were slipped in before TLS are not believed'
secure good.pem starttls=drop; refused 'STARTTLS' 'a connection that breaks at STARTTLS is no plain one after it'
serve cert=good.pem; configure "smtp://localhost:$port" 'tls = required' 'ca-file = /nonexistent'; wish ann@example.org
refused 'ca-file' 'a missing ca-file is named'
serve cert=good.pem; configure "smtp://localhost:$port" 'tls = required'; wish ann@example.org
refused 'nobody who is trusted' 'whom the system does not trust is refused'
serve cert=alone.pem; configure "smtp://localhost:$port"; wish ann@example.org
[ "$(mails)" = 1 ] && grep -q STARTTLS srv/log; ok $? 'on this machine TLS is taken as it is offered'
serve cert=good.pem; configure "smtp://localhost:$port" 'tls = no'; wish ann@example.org
[ "$(mails)" = 1 ] && ! grep -q STARTTLS srv/log; ok $? 'tls = no'
serve cert=good.pem smtps=1; configure "smtps://localhost:$port" 'tls = required' "$safe"; wish ann@example.org
[ "$(mails)" = 1 ]; ok $? 'smtps://'
serve cert=good.pem smtps=1; configure "smtps://127.0.0.1:$port" 'tls = required' "$safe"; wish ann@example.org
[ "$(mails)" = 1 ]; ok $? 'smtps:// to an address that stands in the certificate'
serve cert=alone.pem smtps=1; configure "smtps://localhost:$port" 'tls = required' "$safe"; wish ann@example.org
refused 'signed by itself' 'smtps:// checks the certificate too'
serve; configure "smtps://localhost:$port" 'timeout = 1'; wish ann@example.org
refused 'no TLS' 'smtps:// to a server without TLS'

# ---- AUTH ----
printf 'se cret\n' >password; chmod 600 password
for mechanism in PLAIN LOGIN; do
  serve cert=good.pem 'login=ann:se cret' mechanisms=$mechanism; configure "smtp://localhost:$port" 'tls = required' "$safe" 'user = ann' "password-file = $work/password"; wish ann@example.org
  [ "$(mails)" = 1 ]; ok $? "AUTH $mechanism over TLS"
done
serve login=ann:other; configure "smtp://localhost:$port" 'user = ann' "password-file = $work/password"; wish ann@example.org
[ "$(mails)" = 0 ] && stays ann@example.org waiting '535; see'; ok $? 'a wrong password: it waits'
serve login=ann:x; configure "smtp://localhost:$port"; wish ann@example.org
[ "$(mails)" = 0 ] && stays ann@example.org waiting 530; ok $? 'a server that wants a login: it waits'
serve; configure "smtp://localhost:$port" 'user = ann' "password-file = $work/password"; wish ann@example.org
[ "$(mails)" = 0 ] && stays ann@example.org waiting 'neither AUTH'; ok $? 'a server that knows no login: it waits'
chmod 644 password; wish bob@example.org
stays bob@example.org waiting 'others may read it'; ok $? 'a password that others may read is not used'
chmod 600 password; : >password; wish carl@example.org
stays carl@example.org waiting 'is empty'; ok $? 'nor an empty one'

# ---- LMTP ----
serve lmtp="$work/socket"; configure "lmtp:unix:$work/socket"; wish ann@example.org
[ "$(mails)" = 1 ] && sed -n 2p srv/log | grep -q '^LHLO '; ok $? 'lmtp:unix:'
rm -f socket; serve lmtp="$work/socket" 'mail-data=550 5.1.1 no such user'; configure "lmtp:unix:$work/socket"; wish ann@example.org
stays ann@example.org failed '5.1.1'; ok $? 'what LMTP answers to the mail counts'
rm -f socket; configure "lmtp:unix:$work/socket"; wish ann@example.org
is 0 && stays ann@example.org waiting 'No such file'; ok $? 'a socket that is not there: it waits'

# ---- settings ----
wrong () { # WORDS SENTENCE LINE...
  words=$1 sentence=$2; shift 2
  { printf '[reply]\n'; printf '%s\n' "$@"; } >wrong; run "$optout" -c wrong config check
  is 75 && grep -q "wrong:[0-9]*: .*$words" err; ok $? "$sentence"
}
wrong 'none of: sendmail, smtp' 'a way that is none' 'submit = telnet://localhost'
wrong 'none of' 'a port that is none' 'submit = smtp://localhost:0'
wrong 'none of' 'a path that is none' 'submit = lmtp:unix:socket'
wrong 'needs password-file' 'a user without a password' 'submit = smtp://mail.example' 'user = ann'
wrong 'needs user' 'a password without a user' 'submit = smtp://mail.example' 'password-file = /x'
wrong 'only with tls = required' 'a password over a network that may listen' 'submit = smtp://mail.example' 'user = ann' 'password-file = /x' 'tls = when-offered'
wrong 'for submit = sendmail' 'addresses beyond ASCII through a server' 'submit = smtp://mail.example' 'smtputf8 = yes'
wrong 'never without TLS' 'smtps:// without TLS' 'submit = smtps://mail.example' 'tls = no'
printf '[reply]\nsubmit = smtp://mail.example\ntls = no\n' >plain; run "$optout" -c plain config check
is 0 && cat out err | grep -q 'for everyone to read'; ok $? 'config check warns of plain text over a network'
printf '[reply]\nsubmit = smtp://mail.example\n' >plain; run "$optout" -c plain config check
is 0 && ! cat out err | grep -q 'for everyone to read'; ok $? 'which is not the default'
missed () { # WORDS SENTENCE LINE...
  words=$1 sentence=$2; shift 2
  { printf '[reply]\n'; printf '%s\n' "$@"; } >plain; run "$optout" -c plain config check
  is 0 && grep -q "no confirmation can be sent: .*$words" out; ok $? "config check warns of $sentence"
}
echo sesame >word; chmod 644 word
missed 'there is no such file' 'a password that is not there' 'submit = smtp://mail.example' 'user = ann' "password-file = $work/nothing"
missed 'others may read it; chmod 600' 'a password that everyone may read' 'submit = smtp://mail.example' 'user = ann' "password-file = $work/word"
chmod 600 word; : >empty; chmod 600 empty
missed 'its first line is to be the password' 'an empty one' 'submit = smtp://mail.example' 'user = ann' "password-file = $work/empty"
missed 'No such file' 'a ca-file that is not there' 'submit = smtp://mail.example' "ca-file = $work/nothing"
missed 'No such file' 'a socket that is not there' "submit = lmtp:unix:$work/nothing"
{ printf '[reply]\n'; printf '%s\n' 'submit = smtp://mail.example' 'user = ann' "password-file = $work/word" "$safe"; } >plain; run "$optout" -c plain config check
is 0 && ! grep -q 'can be sent' out; ok $? 'and of nothing where all is there'
ldd "$optout" | grep -q 'etpan\|gnutls' && false; [ $? = 1 ]; ok $? 'optout itself links neither libetpan nor GnuTLS'
echo "1..$n"
exit $((failed > 0))
