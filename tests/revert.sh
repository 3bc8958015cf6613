#!/bin/sh
# A flood of forged mails, and the one command that takes it back (TAP): what those people wished themselves, before,
# meanwhile and later, holds; what the flood did is gone, and stays on record.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
run () { "$optout" -c "$work/conf" "$@" >"$work/out" 2>"$work/err"; code=$?; }
is () { [ "$code" = "$1" ]; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { is "$1" && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }

mkdir "$work/lib"
cat >"$work/conf" <<END
[optout]
store = sqlite:$work/lib/consent.db
secret-file = $work/secret
authserv-id = mx.metrix.example
trust-authentication-results = yes
[reply]
from = Metrix Example preferences <preferences@metrix.example>
[category product-updates]
[category special-offers]
[mailbox unsubscribe@metrix.example]
role = unsubscribe
END

mail () { # WRITER DAY-AND-TIME A-R, which may be empty: one mail of an mbox
  cat <<END
From $1 Sat Nov 21 10:00:00 2026
Return-Path: <$1>
${3:+Authentication-Results: mx.metrix.example; $3
}Received: from relay.example by mx.metrix.example; $2 +0000
From: $1
To: unsubscribe@metrix.example
Subject: unsubscribe
Message-ID: <$(printf %s "$2$3" | cksum | tr -d ' ').$1>
Date: $2 +0000

Please take me off your list.

END
}
stopped () { run list --csv; awk -F, 'NR > 1 && !seen[$1]++ { n++ } END { print n + 0 }' "$work/out"; }

run init; is 0; ok $? "there is a store"

early='Sat, 21 Nov 2026 08:00:00' flood='Sat, 21 Nov 2026 10:00:00' later='Sat, 21 Nov 2026 12:00:00'
i=0
{
  mail early.bird@people.example "$early" "" # will be forged later
  while [ $i -lt 500 ]; do
    i=$((i + 1))
    mail "victim$i@people.example" "$flood" ""
    # true ones in the midst of it: a proved author each
    [ $((i % 50)) != 0 ] || mail "true$i@people.example" "$flood" 'dmarc=pass header.from=people.example'
    [ $((i % 100)) != 0 ] || mail "signed$i@b.people.example" "$flood" 'dkim=pass header.d=a.people.example'
  done
  mail early.bird@people.example "$flood" ""
  mail victim7@people.example "$flood" 'dmarc=pass header.from=people.example' # who asks for it himself, too
  mail late.riser@people.example "$later" ""
  mail victim9@people.example "$later" ""
} >"$work/flood.mbox"
run replay "$work/flood.mbox"; is 0; ok $? "a flood is recorded like any other mail"
n_stopped=$(stopped)
# 500 victims, early.bird, 10 by DMARC, 5 by DKIM, late.riser
[ "$n_stopped" = 517 ]; ok $? "500 victims and 17 others are stopped ($n_stopped)"
run show victim8@people.example; cp "$work/out" "$work/before"
"$optout" -c "$work/conf" partner add acme --note test >/dev/null 2>&1
run partner hand acme --output "$work/acme.1" --note first; is 0; ok $? "a partner is told"
run partner ack acme 1 --note told

# ---- looking, and mistakes ----
run revert; complains 64 'since when'; ok $? "it wants to know since when"
run revert --since 2026-11-21T09:00:00Z --yes; complains 64 'note'; ok $? "and why, before it does it"
run revert --since yesterday; complains 64 'not a date'; ok $? "a date that is none is refused"
run revert --since 2026-11-21 --authenticated maybe; complains 64 'no such|there are'; ok $? "so is a level that is none"
run revert --event nosuchevent --since 2026-11-21; complains 64 'leave the other'; ok $? "an event by name needs no conditions"
run revert --since 2026-11-21T09:00:00Z --until 2026-11-21T11:00:00Z
is 0 && says '^501 events of 501 addresses would be taken back' && [ "$(stopped)" = "$n_stopped" ]
ok $? "without --yes it says what it would do, and does nothing"
run revert --since 2026-11-21T09:00:00Z --until 2026-11-21T11:00:00Z --json
is 0 && [ "$(grep -c '"authenticated":"none"' "$work/out")" = 501 ] && ! grep -q 'true50@\|signed100@\|late.riser' "$work/out"
ok $? "as JSON: the forged ones alone"
run revert --since 2026-11-21T09:00:00Z --from-domain other.example; is 0 && says 'no such event'; ok $? "of a domain that is not in it: nothing"
run revert --since 2026-11-21T09:00:00Z --from-domain people.example --subject unsubscribe --reason person --until 2026-11-21T11:00:00Z
is 0 && says '^501 events'; ok $? "conditions narrow it"
run revert --since 2026-11-21T09:00:00Z --until 2026-11-21T11:00:00Z --authenticated dkim; is 0 && says '^5 events'; ok $? "another level on request alone"
kept=$("$optout" -c "$work/conf" history victim8@people.example --csv | awk -F, 'NR == 2 { print $10 }' | tr -d '\r')
run revert --since 2026-11-21T09:00:00Z --until 2026-11-21T11:00:00Z --keep "$kept"; says '^500 events'; ok $? "one can be kept"

# ---- taking back ----
run revert --since 2026-11-21T09:00:00Z --until 2026-11-21T11:00:00Z --yes --by night.watch --note 'forged, ticket 4711'
is 0 && says '^501 events of 501 addresses are taken back'; ok $? "one command takes it back"
n_stopped=$(stopped)
[ "$n_stopped" = 19 ]; ok $? "the 17 others stay, and victim7 and victim9, who wrote themselves, too ($n_stopped)"
good=0
for who in early.bird late.riser victim7 victim9 true50 true500; do
  run check "$who@people.example" special-offers; is 1 || good=1
done
run check signed500@b.people.example special-offers; is 1 || good=1
ok $good "who wrote himself, before, meanwhile or later, gets no mail"
good=0
for who in victim1 victim8 victim500; do run check "$who@people.example" special-offers; is 0 || good=1; done
ok $good "who did not, gets it again"
run history victim8@people.example
is 0 && says 'void: night.watch took it back on .*forged, ticket 4711' && says 'took back event' && says 'opt-out of'
ok $? "the history says so in plain words, and keeps the event"
run verify; is 0; ok $? "the ledger and what stands are sound"
run revert --since 2026-11-21T09:00:00Z --until 2026-11-21T11:00:00Z --yes --note again
is 0 && says 'taken back already'; ok $? "the same again finds nothing more to do"

# ---- afterwards ----
run replay "$work/flood.mbox"; is 0 && [ "$(stopped)" = 19 ]; ok $? "the same mails again bring nothing back"
mail victim8@people.example 'Sun, 22 Nov 2026 01:00:00' '' >"$work/new.eml"
run replay "$work/new.eml"; run check victim8@people.example special-offers; is 1; ok $? "a new mail of his does"
new=$("$optout" -c "$work/conf" history victim8@people.example --json | sed -n 's/^{"event":"\([0-9a-z]*\)","seq":[0-9]*,"schema":"[^"]*","action":"opt-out".*/\1/p' | tail -1)
run revert --event "$new" --yes --note 'he says that it was not him'; is 0 && says '^1 event of 1 address is taken back'
run check victim8@people.example special-offers; is 0; ok $? "one event is taken back by its name"
run partner hand acme --output "$work/acme.2" --note second
is 0 && [ "$(grep -c '^remove,' "$work/acme.2")" = 498 ]
ok $? "the partner's next file takes them off again"
"$optout" -c "$work/conf" export --plain --format=jsonl --note test >"$work/plain" 2>"$work/err"
[ "$(grep -c 'victim' "$work/plain")" = 2 ]; ok $? "what is exported has them no longer"
run verify; is 0; ok $? "and all is still sound"

# ---- a token proves whom it names ----
token=$("$optout" -c "$work/conf" token token.holder@people.example | grep -oE 'oo[a-z2-7]{20,}' | head -1)
mail somebody.else@other.example 'Fri, 20 Nov 2026 10:00:00' '' | sed "s/^Subject:.*/Subject: unsubscribe $token/" >"$work/token.eml"
mail forged@people.example 'Fri, 20 Nov 2026 10:00:00' '' >"$work/forged.eml"
run replay "$work/token.eml" "$work/forged.eml"
run check token.holder@people.example special-offers; is 1; ok $? "who is named by a token is opted out, whoever sent it"
run revert --since 2026-11-20 --until 2026-11-21 --yes --note test; run check token.holder@people.example special-offers; is 1 &&
  { run check forged@people.example special-offers; is 0; }
ok $? "and is not taken for forged"

# ---- while it lasts ----
mkdir "$work/two"
as='' # deliver does not work as root: here everything is nobody's
[ "$(id -u)" != 0 ] || { chown nobody:nogroup "$work/two"; as='setpriv --reuid=nobody --regid=nogroup --clear-groups'; }
cat >"$work/sendmail" <<END
#!/bin/sh
cat >/dev/null; echo "\$@" >>"$work/two/sent"
END
chmod 755 "$work/sendmail"
sed "s|^authserv-id.*||; s|^trust-auth.*|flood-per-hour = 5|; s|lib/consent|two/consent|; s|$work/secret|$work/two/secret|; s|^\[optout\]|&\nsendmail = $work/sendmail|" "$work/conf" >"$work/second"
printf '[log]\nverdicts = %s\n[notify]\nto = staff@metrix.example\n' "$work/two/verdicts" >>"$work/second"
second () { $as "$optout" -c "$work/second" "$@" >"$work/out" 2>"$work/err"; code=$?; }
second init
for i in 1 2 3 4 5 6 7 8; do
  mail "crowd$i@people$i.example" "$flood" "" | sed '1,2d' | second deliver -f "crowd$i@people$i.example" -- unsubscribe@metrix.example
done
[ "$(grep -c '"act":"record"' "$work/two/verdicts")" = 8 ] && [ "$(grep -c '"reply_reason":"flood"' "$work/two/verdicts")" = 2 ] &&
  [ "$(grep -c crowd "$work/two/sent")" = 6 ]
ok $? "all of a flood is recorded, and what comes beyond the limit is not answered"
second stats; says "! 8 opt-outs came in a flood, proved by nothing.*: 'optout revert --since 20[0-9-]*T[0-9:]*Z'"; ok $? "stats says so first, and which command lists them"
grep -q staff@metrix.example "$work/two/sent" || second send; grep -q staff@metrix.example "$work/two/sent"; ok $? "so does the daily notice"
second revert --since "$(date -u +%Y-%m-%d)" --yes --note test; says '^8 events'; second stats
says "taken back by 'optout revert' +8" && ! says 'came in a flood'; ok $? "and what was taken back is counted, and no flood any more"
mail true@people.example "$flood" '' | sed '1,2d' | second deliver -f true@people.example -- unsubscribe@metrix.example
grep -q true@people.example "$work/two/sent"; ok $? "and the next true wish is answered"
: >"$work/two/verdicts"
for i in 1 2 3 4 5 6 7 8; do
  mail "same$i@same.example" "$flood" "" | sed '1,2d' | second deliver -f "same$i@same.example" -- unsubscribe@metrix.example
done
[ "$(grep -c '"act":"record"' "$work/two/verdicts")" = 8 ] && [ "$(grep -c '"reply_reason":"flood"' "$work/two/verdicts")" -ge 2 ]; ok $? "a flood of one domain"
mail true@other.example "$flood" '' | sed '1,2d' | second deliver -f true@other.example -- unsubscribe@metrix.example
grep -q true@other.example "$work/two/sent"; ok $? "silences nobody of another"
second token held@same.example special-offers --json; token=$(sed 's/.*"token":"\([^"]*\)".*/\1/' "$work/out")
mail held@same.example "$flood" '' | sed "1,2d; s/^Subject: unsubscribe/& $token/" | second deliver -f held@same.example -- unsubscribe@metrix.example
grep -q held@same.example "$work/two/sent"; ok $? "nor who has a mail of ours, with its token"
second stats; says "! 8 opt-outs came in a flood"; ok $? "and stats counts what is in it"
second revert --since "$(date -u +%Y-%m-%d)" --from-domain same.example --yes --note test; says '^8 events'; second stats
! says 'came in a flood'; ok $? "until it is taken back"
echo "1..$n"
exit $((failed > 0))
