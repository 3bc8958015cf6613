#!/bin/sh
# Tokens on their way back, from end to end (TAP): where they count, whom they opt out, what a wrong one does, and that nobody
# on the staff sees one. Runs as root (deliver then becomes nobody) and as an ordinary user.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
. "${top_srcdir:-.}/tests/house.sh"
deliver () { code=0; "$optout" deliver "$@" <"$work/mail" >"$work/out" 2>"$work/err" || code=$?; }
house <<END
[unsubscribe]
delimiter = +
[notify]
to = staff@metrix.example
[log]
verdicts = $work/lib/verdicts
[category special-offers]
END
person init >/dev/null

i=0
mail () { # FROM SUBJECT [FIELD] [TEXT]
  i=$((i + 1))
  printf 'From: %s\nTo: news@metrix.example\nSubject: %s\nMessage-ID: <%s@mail.example>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n' "$1" "$2" "$i"
  [ -z "${3-}" ] || printf '%s\n' "$3"
  printf '\n%s\n' "${4-}"
}
token () { person token --json "$@" | sed 's/.*"token":"\([a-z2-7]*\)".*/\1/'; }
may () { person check "$1" "${2-special-offers}"; echo $?; }
stopped () { [ "$(may "$@")" = 1 ]; }
free () { [ "$(may "$@")" = 0 ]; }
counted () { [ "$code" = 0 ] && stopped "$1" && free "$1" product-updates; }

# ---- where it stands: the holder is opted out of its category, whoever writes ----
mail bob@other.example hello >"$work/mail"
deliver -f bob@other.example "$(person token ann1@example.org special-offers)"
counted ann1@example.org; ok $? "in the recipient"
counted bob@other.example; ok $? "and the writer too"
mail bob@other.example hello >"$work/mail"
deliver -f bob@other.example "$(person token ann2@example.org special-offers | tr a-z A-Z)"
counted ann2@example.org; ok $? "in capitals"
mail bob@other.example hello >"$work/mail"
deliver -f bob@other.example --original-recipient "$(person token ann3@example.org special-offers)" unsubscribe@metrix.example
counted ann3@example.org; ok $? "in the original recipient"
mail bob@other.example hello >"$work/mail"
deliver -f bob@other.example --original-recipient "$(token ann4@example.org special-offers)" unsubscribe@metrix.example
counted ann4@example.org; ok $? "in its extension alone"
sed 's/^delimiter = +/delimiter = -/' "$work/conf" >"$work/dash"
mail bob@other.example hello >"$work/mail"
"$optout" -c "$work/dash" deliver -f bob@other.example "unsubscribe-$(token ann5@example.org special-offers)@metrix.example" <"$work/mail"; code=$?
counted ann5@example.org; ok $? "behind another delimiter"
mail bob@other.example "unsubscribe $(token ann6@example.org special-offers)" >"$work/mail"
deliver -f bob@other.example unsubscribe@metrix.example
counted ann6@example.org; ok $? "in the subject, where there is no delimiter"
mail bob@other.example "unsubscribe $(token ann7@example.org special-offers)" >"$work/mail"
deliver -f bob@other.example support@metrix.example
counted ann7@example.org; ok $? "also where people read the mail"
mail ann8@example.org 'Re: News' "References: <$(token --purpose reply ann8+shop@example.org special-offers).1@metrix.example>" 'Please unsubscribe me.' >"$work/mail"
deliver -f ann8@example.org support@metrix.example
stopped ann8@example.org && stopped ann8+shop@example.org; ok $? "in a Message-ID that is answered, for the same mailbox"

mail bob@other.example hello >"$work/mail"
"$optout" -c "$work/conf" filter -f bob@other.example "$(person token ann14@example.org special-offers)" <"$work/mail" >"$work/out"; code=$?
counted ann14@example.org && grep -q '^Optout-Verdict: act=record; intent=opt-out; scope=special-offers;' "$work/out"; ok $? "through the filter"
mail bob@other.example hello | person replay --as "$(person token ann15@example.org special-offers)" - >/dev/null 2>&1; code=$?
counted ann15@example.org; ok $? "in saved mail"

# ---- where it is weak: another person's token in what is quoted or answered opts its holder out of nothing ----
mail bob2@other.example 'Re: News' "References: <$(token --purpose reply ann9@example.org special-offers).1@metrix.example>" 'Please unsubscribe me.' >"$work/mail"
deliver -f bob2@other.example support@metrix.example
free ann9@example.org && stopped bob2@other.example; ok $? "somebody else's mail, answered: the writer alone"
mail bob3@other.example 'Re: News' '' "Please unsubscribe me.

> Leave: mailto:unsubscribe@metrix.example?subject=unsubscribe%20$(token ann10@example.org special-offers)" >"$work/mail"
deliver -f bob3@other.example support@metrix.example
free ann10@example.org && stopped bob3@other.example; ok $? "somebody else's mail, quoted: the writer alone"
mail bob3@other.example 'Re: News' 'Auto-Submitted: auto-replied' 'I am out of the office.' >"$work/mail"
deliver -f bob3@other.example --original-recipient "$(person token ann11@example.org special-offers)" support@metrix.example
free ann11@example.org; ok $? "a machine's answer opts nobody out"

# ---- one that is none of ours is nothing (R56) ----
wrong=$(person token ann12@example.org special-offers | sed 's/\(.\)@/\1a@/')
mail bob4@other.example hello >"$work/mail"
deliver -f bob4@other.example "$wrong"
[ "$code" = 0 ] && free ann12@example.org && stopped bob4@other.example; ok $? "a wrong one: the writer, as if there were none"
mail bob5@other.example "unsubscribe oo$(printf '%0300d' 0 | tr 0 a)" >"$work/mail"
deliver -f bob5@other.example unsubscribe@metrix.example
[ "$code" = 0 ] && stopped bob5@other.example; ok $? "whatever somebody writes there"
old=$(person token ann13@example.org special-offers)
if [ -z "$as" ]; then person keys rotate token --note 'once a year' >/dev/null; else "$optout" -c "$work/conf" keys rotate token --note 'once a year' >/dev/null; fi
mail bob6@other.example hello >"$work/mail"
deliver -f bob6@other.example "$old"
counted ann13@example.org; ok $? "one of an older key is as good"

# ---- a confirmation is answered by its Reply-To alone ----
mail ann20@example.org unsubscribe >"$work/mail"
deliver -f ann20@example.org unsubscribe@metrix.example
answer=$(sed -n 's/^Reply-To: //p' "$(last)")
printf '%s\n' "$answer" | grep -qE '^preferences\+oo[a-z2-7]{44}@metrix\.example$'; ok $? "its Reply-To has a token"
mail bob7@other.example 'Re: your wish' '' UNDO >"$work/mail"
deliver -f bob7@other.example "$answer"
stopped ann20@example.org; ok $? "nobody else undoes by it"
mail ann20@example.org 'Re: your wish' '' UNDO >"$work/mail"
deliver -f ann20@example.org "$answer"
free ann20@example.org; ok $? "the person does, without In-Reply-To and References"

# ---- a token alone opts nobody in: copies of a mail get about. The answer to our question does ----
mail ann40@example.org 'Re: News' '' 'Please unsubscribe me.' >"$work/mail"
deliver -f ann40@example.org support@metrix.example
stopped ann40@example.org && sleep 1
mail ann40@example.org 'Re: News' "References: <$(token --purpose reply ann40@example.org special-offers).1@metrix.example>" 'Please subscribe me to your newsletter again.' >"$work/mail"
deliver -f ann40@example.org support@metrix.example
stopped ann40@example.org; ok $? "From and a mail of ours opt nobody in"
question=$(last)
grep -q '^Subject: Please confirm' "$question" && grep -q '^To: .*ann40@example.org' "$question"; ok $? "whoever asks so is asked"
sleep 1
mail ann40@example.org 'Re: Please confirm' "In-Reply-To: $(sed -n 's/^Message-ID: //p' "$question")" 'UNDO' >"$work/mail"
deliver -f ann40@example.org preferences@metrix.example
free ann40@example.org; ok $? "and the answer opts in"

# ---- only looked at ----
T=$(person token ann21@example.org special-offers)
mail bob8@other.example hello >"$work/mail"
person classify --json --as "$T" <"$work/mail" >"$work/out"
grep -q '"subjects":\[{"address":"ann21@example.org","source":"token","scope":\["special-offers"\]},{"address":"bob8@other.example"' "$work/out"
ok $? "classify tells whom it names"
sed "s,^secret-file.*,secret-file = $work/none," "$work/conf" >"$work/nokey"
$as "$optout" -c "$work/nokey" classify --json --as "$T" <"$work/mail" >"$work/out"
grep -q '"subjects":\[{"address":"bob8@other.example","source":"from","scope":\["\*"\]}\]' "$work/out"; ok $? "or where it may not read the keys, whom the rest names"
sed "s,^store.*,store = sqlite:$work/none.db," "$work/conf" >"$work/nostore"
mail bob9@other.example 'Re: News' "References: <$(token --purpose reply ann22@example.org).1@metrix.example>" 'When do you open tomorrow?' >"$work/mail"
"$optout" -c "$work/nostore" deliver -f bob9@other.example support@metrix.example <"$work/mail"; ok $? "ordinary mail asks neither keys nor store, whatever tokens it has"

# ---- what the staff see (FIELD section 4, 24) ----
quoted=$(token ann30@example.org special-offers) own=$(token ann31@example.org special-offers) reference=$(token --purpose reply ann32@example.org)
: >"$work/lib/verdicts"; [ -z "$user" ] || chown nobody "$work/lib/verdicts"
mail bob30@other.example "How do I get off? $own" "References: <$reference.1@metrix.example>" "How can I unsubscribe $own from this?

> Leave: https://metrix.example/u/$quoted" >"$work/mail"
deliver -f bob30@other.example unsubscribe+x@metrix.example
mail bob31@other.example "My data $own" '' "Please send me a copy of the data that you have about me. $own" >"$work/mail"
deliver -f bob31@other.example support@metrix.example
mail bob32@other.example Question '' "How can I unsubscribe $own from this?" >"$work/mail"
deliver -f bob32@other.example support@metrix.example
printf 'From: bob33@other.example\nSubject: how do I unsubscribe?\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nHow can I unsubscribe? %.11s=\n%s\n' "$own" "$(echo "$own" | cut -c 12-)" >"$work/mail"
deliver -f bob33@other.example "support+$reference@metrix.example"
mail bob34@other.example "How do I get off? $own" >"$work/mail"
deliver -f bob34@other.example support@metrix.example
person send >/dev/null 2>&1
for id in $(person review list --json | sed 's/^{"id":"\([^"]*\)".*/\1/'); do person review show "$id"; done >"$work/shown"
[ "$(grep -c '\[token\]' "$work/shown")" -ge 4 ]; ok $? "a held mail is shown without its tokens"
{
  cat "$work/shown"
  person review list; person review list --all --json; person cases; person cases list --json
  for id in $(person cases list --json | sed 's/^{"id":"\([^"]*\)".*/\1/'); do person cases show "$id"; done
  for who in bob30 bob31 bob32 bob33 bob34; do person show "$who@other.example"; person history "$who@other.example"; person history --json "$who@other.example"; done
  person show ann31@example.org; person history ann31@example.org
  person stats; person report --html "$work/lib/page.html"; cat "$work/lib/page.html"
  cat "$work/lib/verdicts"
  for id in "$work/sent"/*.eml; do ! grep -q '^To: staff@' "$id" || cat "$id"; done
} >"$work/shown" 2>/dev/null
for what in "$own" "$quoted" "$reference"; do
  tr -d '\n' <"$work/shown" | grep -qF -- "$what"; [ $? = 1 ]; ok $? "nothing that the staff see has $(case $what in "$own") echo "the writer's";; "$quoted") echo 'a quoted';; *) echo 'an answered';; esac) token"
done
grep -q 'How can I unsubscribe \[token\]' "$work/shown"; ok $? "and the words around it are there"
grep -aqF -e "$own" "$work/lib/consent.db" "$work/lib/consent.db-wal" 2>/dev/null; [ $? = 1 ]; ok $? "nor has the store"
grep -rqF -- "$own" "$work/lib"; ok $? "the held mail itself is as it came"
# ---- what the staff reads of it ----
mail bob11@other.example 'Re: offers' "In-Reply-To: <$(token --purpose reply ann11@example.org).1@metrix.example>" 'Please unsubscribe me.' >"$work/mail"
deliver -f bob11@other.example support@metrix.example
person history bob11@other.example >"$work/out"
grep -q 'what we answered: a confirmation from opt-out.en' "$work/out" && ! grep -q ann11 "$work/out"
ok $? "history of the writer has his confirmation, and not whom the token named"
person history ann11@example.org >"$work/out"
grep -q '^[0-9TZ:-]*  asked of everything' "$work/out" && grep -q 'what we did: asked them whether our mail to them is to stop too' "$work/out" &&
  grep -q 'what we sent: a question from ask.en' "$work/out" && grep -q 'the question was sent' "$work/out" && grep -q 'written by: another person' "$work/out"
ok $? "history of who was only asked says so"
free ann11@example.org; ok $? "and nothing is stopped by it"
mail bob13@other.example 'my wish' '' 'Please remove bob13@other.example.' >"$work/mail"
deliver -f bob13@other.example "$(person token ann13@example.org special-offers)"
for who in ann11 ann13; do
  { person history "$who@example.org"; person history --json "$who@example.org"; person show "$who@example.org"; } >"$work/out"
  grep -q . "$work/out" && ! grep -qE "bob1|my wish" "$work/out"; ok $? "history of $who does not tell who wrote, or in what words"
  { person access "$who@example.org"; person access --json "$who@example.org"; } >"$work/out"
  grep -q 'another person' "$work/out" && ! grep -qiE 'bob|my wish|Re: offers' "$work/out"; ok $? "nor has the file that $who gets his words"
done
person history bob13@other.example | grep -q 'my wish'; ok $? "they stand with the writer"
mail bob12@other.example please '' 'Please remove carl12@example.org from your mailing list.' >"$work/mail"
deliver -f bob12@other.example support@metrix.example
person review list >"$work/out"
grep -q 'bob12@other.example: .*mailing list (for carl12@example.org)$' "$work/out"; ok $? "the list of what waits says for whom it is, where that is not the writer"
person access carl12@example.org >"$work/out"
grep -q 'somebody else wrote it' "$work/out" && ! grep -q bob12 "$work/out"; ok $? "and the file of whom it is for does not say who wrote"
person verify >"$work/out" 2>&1; ok $? "the ledger verifies"
echo "1..$n"
exit $((failed > 0))
