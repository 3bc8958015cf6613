#!/bin/sh
# Broken surroundings and bad mail at the door (TAP): one clear line, nothing lost, 0 or 75 and nothing else.
# In the namespace of namespace.sh: a full disk and a read-only mount are real ones.
set -u
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
export top_srcdir top_builddir
. "$top_srcdir/tests/namespace.sh"
enter_namespace "$0" "$@"
trap 'umount -l "$work"/small "$work"/fixed /etc 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
add_user optout 64901

n=0
ok () { # CODE NAME
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/out" "$work/err" | cut -c1-300; fi
}
# Runs a command and remembers its code, output and errors.
run () { code=0; "$@" >"$work/out" 2>"$work/err" || code=$?; }
is () { [ "$code" = "$1" ]; }
says () { cat "$work/out" "$work/err" | grep -qE "$1"; }
one_line () { [ "$(cat "$work/out" "$work/err" | wc -l)" = 1 ]; }
expect () { # CODE PATTERN NAME: that code, and exactly one line that matches
  if is "$1" && one_line && says "$2"; then ok 0 "$3"; else echo "# exit $code" >>"$work/err"; ok 1 "$3"; fi
}
silent () { # NAME: 0 and not a word
  if is 0 && [ ! -s "$work/out" ] && [ ! -s "$work/err" ]; then ok 0 "$1"; else echo "# exit $code" >>"$work/err"; ok 1 "$1"; fi
}
as_user () { setpriv --reuid=optout --regid=optout --clear-groups "$@"; }

mkdir -p /etc/optout "$work/lib" "$work/mail"
cat >/etc/optout/optout.conf <<EOF
[optout]
user = optout
store = sqlite:$work/lib/consent.db
secret-file = /etc/optout/secret
[category product-updates]
title = Product updates
[mailbox unsubscribe@metrix.example]
role = unsubscribe
[mailbox support@metrix.example]
role = mixed
copy = yes
EOF
cp /etc/optout/optout.conf "$work/good.conf"
wish () { printf 'From: <%s>\nTo: unsubscribe@metrix.example\nSubject: unsubscribe\nMessage-ID: <%s>\n\n' "$1" "$1"; }
deliver () { run "$optout" deliver -f "$1" -- "${2:-unsubscribe@metrix.example}"; }
held () { as_user "$optout" review list --json 2>/dev/null | grep -c . || true; }

# ---- no store ----
chown optout:optout "$work/lib"
wish ann@example.org >"$work/mail/ann"
deliver ann@example.org <"$work/mail/ann"
expect 75 '^4\.3\.0 ' 'no secret and no store: the mail is deferred with one line'
run "$optout" init
is 0 && [ -f "$work/lib/consent.db" ]; ok $? 'init makes the store'
[ "$(stat -c '%U %a' "$work/lib/consent.db")" = 'optout 600' ] && [ "$(stat -c '%U %a' /etc/optout/secret)" = 'optout 600' ]
ok $? 'and gives store and secret to the user that will use them, for nobody else to read'
mv "$work/lib/consent.db" "$work/lib/away"
deliver ann@example.org <"$work/mail/ann"
expect 75 '^4\.3\.0 ' 'a store that is gone: deferred'
[ ! -e "$work/lib/consent.db" ]; ok $? 'and no empty one is made in its place'
run as_user "$optout" check ann@example.org product-updates
expect 75 '^optout: check: .*consent\.db' 'check cannot tell without it, and names the file'
run as_user "$optout" show ann@example.org
expect 75 '^optout: show: .*consent\.db' 'show says which file is missing'
mv "$work/lib/away" "$work/lib/consent.db"
deliver ann@example.org <"$work/mail/ann"; silent 'when it is back the mail is taken, without a word'
run as_user "$optout" check ann@example.org product-updates; is 1; ok $? 'and she is opted out'

# ---- configuration ----
printf '[optout]\nuser = optout\nonce-per-days = 7\n' >/etc/optout/optout.conf
deliver bob@example.org <"$work/mail/ann"
expect 75 '^4\.3\.0 ' 'a configuration with an unknown key defers mail'
run "$optout" config check
is 64 || is 75 || is 66; says 'optout\.conf:3:'; ok $? 'config check names file and line'
printf '[optout]\nuser = optout\nthis is no setting\n' >/etc/optout/optout.conf
run "$optout" config check; says 'optout\.conf:3:'; ok $? 'so it does for a line that is no setting'
rm /etc/optout/optout.conf; run "$optout" -c /etc/optout/none.conf deliver -f a@example.org -- b@example.org <"$work/mail/ann"
expect 75 '^4\.3\.0 ' 'a configuration that is not there defers mail'
printf '[optout]\nstore = sqlite:%s\n' "$work/lib/consent.db" >/etc/optout/optout.conf
deliver bob@example.org <"$work/mail/ann"
expect 75 '^4\.3\.0 ' 'root without a user to become defers mail (R15)'
cp "$work/good.conf" /etc/optout/optout.conf

# ---- options ----
run "$optout" deliver --no-such-option <"$work/mail/ann"
expect 75 '^4\.3\.0 ' 'an unknown option at the door defers mail'
run "$optout" show --no-such-option; expect 64 '^optout: show: .*no-such-option' 'elsewhere it is a usage error, 64'
run "$optout" no-such-command; expect 64 '^optout: .*no-such-command' 'so is an unknown command'
run "$optout" deliver -f '-oQ/tmp@example.org' -- unsubscribe@metrix.example <"$work/mail/ann"
silent 'a sender that looks like an option is data (R6, R13)'

# ---- mails ----
run "$optout" deliver -f a@example.org -- support@metrix.example </dev/null; silent 'a mail of 0 bytes is taken'
run "$optout" deliver -f a@example.org -- support@metrix.example <&-
expect 75 '^4\.3\.0 ' 'a closed stdin is no mail at all: deferred (H55)'
printf '\r\n\r\nplease unsubscribe me\r\n' >"$work/mail/nohead"
deliver nohead@example.org <"$work/mail/nohead"; silent 'a mail without a header is taken'
run as_user "$optout" check nohead@example.org product-updates; is 1; ok $? 'and recorded for its envelope sender (R36, R49)'
printf 'From: <nul@example.org>\nMessage-ID: <nul@example.org>\nSubject: hello\n\nplease un\0subscribe me from your mailing list\n' >"$work/mail/nul"
deliver nul@example.org support@metrix.example <"$work/mail/nul"; silent 'NUL bytes are taken'
run as_user "$optout" check nul@example.org product-updates; is 1; ok $? 'and do not hide the wish (R33)'
{ wish big@example.org; head -c 62914560 /dev/zero | tr '\0' 'x' | fold -w 76; } >"$work/mail/big"
deliver big@example.org <"$work/mail/big"; silent 'a mail of 60 MB is taken'
{ wish huge@example.org; head -c 94371840 /dev/zero | tr '\0' 'x' | fold -w 76; } >"$work/mail/huge"
before=$(held); deliver huge@example.org <"$work/mail/huge"; silent 'a mail of 90 MB is taken too'
[ "$(held)" -gt "$before" ] || { run as_user "$optout" check huge@example.org product-updates; is 1; }
ok $? 'and is either recorded or held whole for a person'
rm -f "$work/mail/big" "$work/mail/huge"

# ---- a full disk ----
mkdir "$work/small"; mount -t tmpfs -o size=2m tmpfs "$work/small"; chown optout:optout "$work/small"
sed "s|$work/lib|$work/small|" "$work/good.conf" >/etc/optout/optout.conf
run "$optout" init; is 0; ok $? 'a store on a small disk'
deliver first@example.org <"$work/mail/ann"; silent 'takes a mail'
as_user sh -c "dd if=/dev/zero of='$work/small/filler' bs=4k 2>/dev/null" || true
wish full@example.org >"$work/mail/full"
deliver full@example.org <"$work/mail/full"; expect 75 '^4\.3\.0 ' 'on a full disk the mail is deferred'
rm "$work/small/filler"
run as_user "$optout" verify; is 0; ok $? 'the store is whole'
deliver full@example.org <"$work/mail/full"; silent 'with room again it is taken'
run as_user "$optout" check full@example.org product-updates; is 1; ok $? 'and recorded'
wish limit@example.org >"$work/mail/limit"
run sh -c "ulimit -f 0; exec '$optout' deliver -f limit@example.org -- unsubscribe@metrix.example" <"$work/mail/limit"
is 75 || [ "$code" -gt 128 ]; ok $? 'so does a file size limit of 0 (75, or death by signal: deferred both)'
deliver limit@example.org <"$work/mail/limit"; silent 'and nothing is lost by it'
cp "$work/good.conf" /etc/optout/optout.conf

# ---- a read-only database ----
mkdir "$work/fixed"; mount --bind "$work/lib" "$work/fixed"; mount -o remount,ro,bind "$work/fixed"
sed "s|$work/lib|$work/fixed|" "$work/good.conf" >/etc/optout/optout.conf
wish ro@example.org >"$work/mail/ro"
deliver ro@example.org <"$work/mail/ro"; expect 75 '^4\.3\.0 ' 'on a read-only mount the mail is deferred'
run as_user "$optout" add ro@example.org --note test; is 75 && one_line && says '^optout: add: '; ok $? 'add says why it cannot'
run as_user "$optout" check ann@example.org product-updates; is 1; ok $? 'check still answers'
umount "$work/fixed"
cp "$work/good.conf" /etc/optout/optout.conf

# ---- a newer schema, and no database at all ----
sum () { sha256sum <"$work/lib/consent.db"; }
cp -p "$work/lib/consent.db" "$work/good.db"
sqlite3 "$work/lib/consent.db" 'PRAGMA user_version = 999'
before=$(sum); wish newer@example.org >"$work/mail/newer"
deliver newer@example.org <"$work/mail/newer"; expect 75 '^4\.3\.0 ' 'a store of a newer program defers mail'
run as_user "$optout" show ann@example.org; expect 75 '^optout: show: .*newer' 'and show says that it is newer'
[ "$before" = "$(sum)" ]; ok $? 'it is left untouched'
head -c 65536 /dev/urandom >"$work/lib/consent.db"; before=$(sum)
deliver newer@example.org <"$work/mail/newer"; expect 75 '^4\.3\.0 ' 'random bytes instead of a store defer mail'
[ "$before" = "$(sum)" ]; ok $? 'and are left untouched'
cat "$work/good.db" >"$work/lib/consent.db"; rm -f "$work/lib/consent.db-wal" "$work/lib/consent.db-shm"
deliver newer@example.org <"$work/mail/newer"; silent 'with the store restored the mail is taken'
run as_user "$optout" verify; is 0; ok $? 'and the ledger verifies'

echo "1..$n"
