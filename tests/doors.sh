#!/bin/sh
# The doors from end to end (TAP): what goes in, what comes out, which exit code, what is remembered. A sendmail of ours
# stands in for the mail server's. Runs as root (deliver then becomes nobody) and as an ordinary user.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
. "${top_srcdir:-.}/tests/house.sh"
run () { "$@" >"$work/out" 2>"$work/err"; code=$?; }
silent () { is 0 && [ ! -s "$work/out" ] && [ ! -s "$work/err" ]; }
deferred () { is 75 && [ "$(cat "$work/out" "$work/err" | wc -l)" = 1 ] && cat "$work/out" "$work/err" | grep -q '^4\.3\.0 '; }
events () { person history "$1" --json | grep -c '"opt-out"'; }
verdicts () { wc -l <"$work/lib/verdicts"; }

house <<END
[optout]
deadline = 20
[log]
verdicts = $work/lib/verdicts
[mailbox news@metrix.example]
role = newsletter
pass = maildir:$work/Maildir
[mailbox sales@metrix.example]
role = mixed
pass = sendmail:people@metrix.example
[mailbox bare@metrix.example]
role = mixed
END
mkdir "$work/mail" "$work/Maildir" "$work/Maildir/tmp" "$work/Maildir/new" "$work/Maildir/cur"
[ -z "$user" ] || chown -R nobody "$work/Maildir"

wish () { # WRITER: a clear wish
  printf 'From: %s\nTo: support@metrix.example\nSubject: newsletter\nMessage-ID: <%s.%s>\n' "$1" "${2:-1}" "$1"
  printf 'Date: Mon, 16 Nov 2026 10:00:00 +0000\n\nPlease unsubscribe me from your newsletter.\n'
}
plain () { printf 'From: %s\nSubject: hello\nMessage-ID: <p.%s>\n\nWhen do you open tomorrow?\n' "$1" "$1"; }
deliver () { run "$optout" -c "$work/conf" deliver "$@"; }

# ---- before there is a store: ordinary mail does not ask for it ----
plain ann@example.org >"$work/mail/plain"
wish ann@example.org >"$work/mail/wish"
deliver -f ann@example.org -- support@metrix.example <"$work/mail/plain"
silent; ok $? 'ordinary mail is taken without a store (P5)'
printf 'From: eve@example.org\nSubject: 5.1.1 gone\n\nPlease unsubscribe me from your newsletter.\n' >"$work/mail/gone"
deliver -f eve@example.org -- support@metrix.example <"$work/mail/gone"
deferred && ! grep -q gone "$work/out" "$work/err"; ok $? 'a wish without a store is deferred, in words of ours (R3)'
[ ! -e "$work/lib/consent.db" ]; ok $? 'and no store is made'
run "$optout" -c "$work/conf" init; is 0; ok $? 'init makes it'

# ---- taken, once ----
deliver -f ann@example.org -- support@metrix.example <"$work/mail/wish"
silent && [ "$(events ann@example.org)" = 1 ]; ok $? 'a wish is recorded, and nothing is printed'
[ "$(sent)" = 1 ] && [ -n "$(sent_to ann@example.org)" ]; ok $? 'its confirmation is sent at once'
deliver -f ann@example.org -- support@metrix.example <"$work/mail/wish"
silent && [ "$(events ann@example.org)" = 1 ] && [ "$(sent)" = 1 ]; ok $? 'the same mail again changes nothing (R5)'
wish undo@example.org >"$work/mail/undo"
deliver -f undo@example.org -- support@metrix.example <"$work/mail/undo"
id=$(sed -n 's/^Message-ID: //p' "$(sent_to undo@example.org)")
printf 'From: undo@example.org\nMessage-ID: <u@example.org>\nIn-Reply-To: %s\nSubject: Re: done\n\nUNDO\n' "$id" >"$work/mail/undo"
deliver -f undo@example.org -- preferences@metrix.example <"$work/mail/undo"
silent && person check undo@example.org product-updates >"$work/out"; ok $? 'an answer of UNDO in the same second undoes it'
rm "$work"/sent/*
wish three@example.org >"$work/mail/three"
deliver -f three@example.org -- support@metrix.example unsubscribe@metrix.example preferences@metrix.example <"$work/mail/three"
silent && [ "$(sent)" = 1 ]; ok $? 'three recipients, one confirmation (R9)'
for null in '' '<>' MAILER-DAEMON; do
  wish "null$n@example.org" >"$work/mail/null"
  deliver -f "$null" -- support@metrix.example <"$work/mail/null"
  silent && [ "$(events "null$n@example.org")" = 1 ] && [ "$(sent)" = 1 ]; ok $? "the null sender '$null': recorded, not answered (R7, R58)"
done
wish dash@example.org >"$work/mail/dash"
deliver -f -c -- support@metrix.example <"$work/mail/dash"
silent && [ "$(events dash@example.org)" = 1 ]; ok $? 'what follows -f is a sender, whatever it looks like (H28)'
long=$(printf '%0300d' 0)
plain over@example.org >"$work/mail/over"
deliver -f over@example.org -- "unsubscribe+$long@metrix.example" <"$work/mail/over"
silent && [ "$(events over@example.org)" = 1 ]; ok $? 'a sub-address longer than an address may be is of its mailbox all the same: never 75 (R17)'
sed 's/<p\./<filter./;s/over@/over2@/' "$work/mail/over" >"$work/mail/over2"
"$optout" -c "$work/conf" filter -f over2@example.org -- "unsubscribe+$long@metrix.example" <"$work/mail/over2" >"$work/out" 2>"$work/err"; code=$?
is 0 && grep -q '^Optout-Verdict: act=record' "$work/out" && [ "$(events over2@example.org)" = 1 ]; ok $? 'at the filter too'
{ printf 'Delivered-To: unsubscribe+%s@metrix.example\n' "$long"; sed 's/<p\./<header./;s/over@/over3@/' "$work/mail/over"; } >"$work/mail/over3"
deliver <"$work/mail/over3"
silent && [ "$(events over3@example.org)" = 1 ]; ok $? 'and where only the mail tells the recipient'
before=$(verdicts)
deliver --queue-id 4XyZ -f ann@example.org -- support@metrix.example <"$work/mail/plain"
[ "$(verdicts)" = $((before + 1)) ] && tail -1 "$work/lib/verdicts" | grep -q '"act":"none".*"event":null}$'
ok $? 'every mail leaves its verdict in the file'
case $(ls -l "$work/lib/verdicts") in -rw-------*) true;; *) false;; esac; ok $? 'which others cannot read'

# ---- nothing vanishes ----
deliver -f ann@example.org -- bare@metrix.example <"$work/mail/plain"
deferred; ok $? 'a mailbox that people read needs pass or copy'
deliver -f ann@example.org -- nobody@metrix.example <"$work/mail/plain"
deferred; ok $? 'so does an address without a [mailbox]'
{ printf 'Delivered-To: bare@metrix.example\n'; cat "$work/mail/plain"; } >"$work/mail/to-bare"
deliver <"$work/mail/to-bare"
deferred; ok $? 'also when only the mail tells the recipient'
{ printf 'From ann Mon Nov 16 10:00:00 2026\n'; cat "$work/mail/plain"; printf 'x \r\n\0\377end'; } >"$work/mail/odd"
deliver -f ann@example.org -- news@metrix.example <"$work/mail/odd"
sed 1d "$work/mail/odd" >"$work/mail/want"
silent && cmp -s "$work/mail/want" "$work"/Maildir/new/*; ok $? 'pass = maildir: the same octets, without the From_ line'
deliver -f ann@example.org -- sales@metrix.example <"$work/mail/plain"
silent && cmp -s "$(sent_to people@metrix.example ann@example.org)" "$work/mail/plain"; ok $? 'pass = sendmail: the same octets, the same sender'
wish later@example.org >"$work/mail/later"
: >"$work/broken"
deliver -f later@example.org -- sales@metrix.example <"$work/mail/later"
deferred; ok $? 'a mail that cannot be handed on waits'
run env --ignore-signal=CHLD "$optout" -c "$work/conf" deliver -f later@example.org -- sales@metrix.example <"$work/mail/later"
deferred; ok $? 'also where nobody is told how a program ended'
rm "$work/broken"
deliver -f later@example.org -- sales@metrix.example <"$work/mail/later"
silent && [ "$(events later@example.org)" = 1 ]; ok $? 'and is recorded once when it comes again'
[ "$(sent_to later@example.org | wc -l)" = 1 ]; ok $? 'and confirmed then'
deliver -f later@example.org -- sales@metrix.example <"$work/mail/later"
[ "$(sent_to later@example.org | wc -l)" = 1 ]; ok $? 'once, however often it comes'
printf 'From: oof@example.org\nAuto-Submitted: auto-replied\nSubject: away\n\nI am away.\n' >"$work/mail/oof"
deliver -f '' -- unsubscribe@metrix.example <"$work/mail/oof"
silent && person review list --json | grep -q '"auto-reply"'; ok $? 'what is not acted on at the end of its road is held'
run person check oof@example.org product-updates; is 0; ok $? 'and silences nobody'
head -c 67108864 /dev/zero | tr '\0' 'x' | cat "$work/mail/plain" - >"$work/mail/huge"
rm -f "$work"/Maildir/new/*
deliver -f ann@example.org -- news@metrix.example <"$work/mail/huge"
silent && cmp -s "$work/mail/huge" "$work"/Maildir/new/*; ok $? 'a mail over 64 MB is passed on whole'
person review list --json | grep -q '"unscanned"'; ok $? 'and held, since nobody has looked at it (R19)'
rm -f "$work/mail/huge" "$work"/Maildir/new/*

# ---- observe ----
sed -e 's/^user/mode = observe\nuser/' -e "s|$work/lib/consent|$work/lib/none|" "$work/conf" >"$work/observe"
wish obs@example.org >"$work/mail/obs"
before=$(sent)
run "$optout" -c "$work/observe" deliver -f obs@example.org -- news@metrix.example <"$work/mail/obs"
silent && [ "$(ls "$work/Maildir/new" | wc -l)" = 1 ] && [ "$(sent)" = "$before" ] && [ ! -e "$work/lib/none.db" ]
ok $? 'mode = observe passes, sends nothing, writes no store'
run person -c "$work/observe" send
is 0 && grep -q '^0 sent' "$work/out" && [ ! -e "$work/lib/none.db" ]; ok $? 'and what is queued stays where it is'
tail -1 "$work/lib/verdicts" | grep -q '"act":"record".*"event":null}$'; ok $? 'and notes the verdict'
run "$optout" -c "$work/observe" deliver -f obs@example.org -- unsubscribe@metrix.example <"$work/mail/obs"
deferred; ok $? 'a mailbox without a way on waits then: nothing vanishes'

# ---- filter ----
filter () { run "$optout" -c "$work/conf" filter "$@"; }
printf 'From f Mon\r\nFrom: f@example.org\r\nOptout-Verdict: act=none;\r\n forged\r\nSubject: stop\r\n\r\nPlease unsubscribe me.\r\nx\0\n' >"$work/mail/filter"
filter -f f@example.org -- support@metrix.example <"$work/mail/filter"
sed -n 2p "$work/out" >"$work/trace"
is 0 && [ ! -s "$work/err" ] && grep -q "^Optout-Verdict: act=record; intent=opt-out; scope=\*; event=[0-9a-z]*$(printf '\r')\$" "$work/trace"
ok $? 'filter: the verdict stands after the From_ line, with the line ends of the mail'
grep -v -a -e '^ forged' -e '^Optout-Verdict: act=none' "$work/mail/filter" >"$work/mail/want"
sed 2d "$work/out" | cmp -s - "$work/mail/want"; ok $? 'filter: a forged one is gone, and all else is as it was (R16)'
printf '' | "$optout" -c "$work/conf" filter -f f@example.org -- support@metrix.example >"$work/out" 2>"$work/err"; code=$?
is 0 && [ "$(cat "$work/out")" = 'Optout-Verdict: act=none; intent=none' ]; ok $? 'filter: a mail of 0 octets'
wish full@example.org >"$work/mail/full"
"$optout" -c "$work/conf" filter -f full@example.org -- support@metrix.example <"$work/mail/full" >/dev/full 2>"$work/err"; code=$?
: >"$work/out"; deferred; ok $? 'filter: 75 when its output cannot be written'
{ wish pipe@example.org; head -c 1000000 /dev/zero; } >"$work/mail/pipe"
{ "$optout" -c "$work/conf" filter -f p@example.org -- support@metrix.example <"$work/mail/pipe" 2>"$work/err"; echo $? >"$work/code"; } | :
code=$(cat "$work/code"); deferred; ok $? 'filter: 75 when its reader is gone'
run "$optout" -c "$work/conf" --store "sqlite:$work/none.db" filter -f x@example.org -- support@metrix.example <"$work/mail/wish"
deferred && [ ! -s "$work/out" ]; ok $? 'filter: nothing is written when the mail could not be taken'

# ---- classify ----
run "$optout" -c /dev/null classify --json <"$work/mail/wish"
is 0 && [ "$(wc -l <"$work/out")" = 1 ] && grep -q '^{"source":"-","index":1,.*"intent":"opt-out".*"act":"record".*}$' "$work/out"
ok $? 'classify: one object, without configuration, store or secret'
run "$optout" -c "$work/conf" classify --json "$work/mail/none" "$work/mail/wish" "$work/mail/plain"
is 66 && [ "$(wc -l <"$work/out")" = 2 ] && grep -q '^optout: classify: .*none' "$work/err"; ok $? 'classify: a file that cannot be read is named, 66; the others are read'
{ echo 'From a Mon'; cat "$work/mail/wish"; echo; echo 'From b Mon'; cat "$work/mail/plain"; } >"$work/mail/mbox"
run "$optout" -c "$work/conf" classify --json "$work/mail/mbox"
is 0 && [ "$(wc -l <"$work/out")" = 2 ] && grep -q '"index":2' "$work/out"; ok $? 'classify: an mbox, one object a mail'
run "$optout" -c "$work/conf" classify --explain "$work/mail/wish"
is 0 && head -1 "$work/out" | grep -q 'ann@example.org wants no more' && grep -q unsubscribe "$work/out"; ok $? 'classify --explain reads as a note'
run "$optout" -c "$work/conf" classify --as unsubscribe@metrix.example --json "$work/mail/plain"
is 0 && grep -q '"act_reason":"unsubscribe-mailbox"' "$work/out"; ok $? 'classify --as: as if it had come to that address'

# ---- send ----
run person send; is 0 && grep -qx '[1-9][0-9]* sent, 0 not sent now' "$work/out"; ok $? 'send: what was left by mail that had to come again'
wish wait@example.org >"$work/mail/wait"
: >"$work/broken"
before=$(sent)
deliver -f wait@example.org -- support@metrix.example <"$work/mail/wait"
silent && [ "$(sent)" = "$before" ]; ok $? 'a confirmation that cannot be sent is no error'
rm "$work/broken"
run person send --json; is 0 && grep -qx '{"sent":0,"failed":0,"waiting":1,"uncertain":0,"given-up":0}' "$work/out"; ok $? 'send: it waits a minute before it is tried again'
run person send; is 0 && grep -qx '0 sent, 0 not sent now, 1 waiting' "$work/out"; ok $? 'send: and nobody is told that nothing waits'
run person --store "sqlite:$work/none.db" send; is 75 && grep -q '^optout: send: ' "$work/err"; ok $? 'send: 75 without a store'

# ---- the notice ----
{ cat "$work/conf"; printf '[notify]\nto = staff@metrix.example\n'; } >"$work/notify"
wish waits@example.org >"$work/mail/waits"
printf 'From: <asks@example.org>\nMessage-ID: <asks@example.org>\n\nHow do I get off this list?\n' >"$work/mail/asks"
: >"$work/broken"
deliver -f waits@example.org -- sales@metrix.example <"$work/mail/waits"
rm "$work/broken"
run "$optout" -c "$work/notify" deliver -f asks@example.org -- support@metrix.example <"$work/mail/asks"
silent && [ -n "$(sent_to asks@example.org)" ] && [ -n "$(sent_to staff@metrix.example)" ]
ok $? 'a delivery sends its answer and the daily notice'
[ -z "$(sent_to waits@example.org)" ]; ok $? 'and leaves what else waits to send, which has no deadline'
run person send; is 0 && [ -n "$(sent_to waits@example.org)" ]; ok $? 'send sends it'

# ---- the deadline ----
sed 's/^deadline.*/deadline = 1/' "$work/conf" >"$work/short"
mkfifo "$work/fifo"
stall () { # COMMAND...: under a writer that says nothing
  sleep 8 >"$work/fifo" & writer=$!
  before=$(date +%s)
  run "$@" -c "$work/short" deliver -f a@example.org -- support@metrix.example <"$work/fifo"
  took=$(($(date +%s) - before))
  kill $writer
  deferred && [ $took -le 3 ]
}
stall "$optout"; ok $? 'a writer that stalls: 75 at the deadline (R2, H54)'
stall env --block-signal=ALRM --ignore-signal=ALRM "$optout"; ok $? 'also where whoever starts us blocks its signal'

echo "1..$n"
exit $((failed > 0))
