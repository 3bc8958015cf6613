#!/bin/sh
# Undo and choose by reply, as a person does it (TAP): a mail asks us to stop, the confirmation goes out, somebody answers it as
# mail programs do, and what holds then is looked at. And as machines do, who may change nothing.
set -u
. "${top_srcdir:-.}/tests/nobody.sh"
as_nobody "$0"
. "${top_srcdir:-.}/tests/tap.sh"
. "${top_srcdir:-.}/tests/house.sh"
house <<END
[unsubscribe]
delimiter = +
[category special-offers]
title = Special offers
[category service-notices]
title = Service notices
essential = true
END

deliver () { # WRITER RECIPIENT; the mail's further header, an empty line and the text on standard input
  serial=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  { printf 'From: %s\nTo: %s\nMessage-ID: <%s@client.example>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n' "$1" "$2" "$serial"
    printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n'; cat; } >"$work/mail"
  run deliver -f "${3-$1}" -- "$2" <"$work/mail"
}
take_sent () { run send; cp "$(last)" "$work/last"; }
ask () { # WRITER WORDS: what a person asks for; the confirmation is in $work/last
  printf 'Subject: Your mail\n\n%s\n' "$2" | deliver "$1" support@metrix.example
  take_sent
  sleep 1 # what comes next came later
}
header () { awk -v name="$1:" 'tolower ($1) == tolower (name) { $1 = ""; print substr ($0, 2); exit } /^$/ { exit }' "$work/last"; }
body () { python3 -c 'import email, sys
from email import policy
mail = email.message_from_binary_file (open (sys.argv[1], "rb"), policy=policy.default)
sys.stdout.write (mail.get_body (("plain",)).get_content ())' "$work/last"; }
quoted () { body | sed 's/^/> /'; }
fields () { printf 'Subject: Re: %s\nIn-Reply-To: %s\nReferences: %s\n' "$(header Subject)" "$(header Message-ID)" "$(header Message-ID)"; }
answer () { # WRITER WORDS: above the quoted confirmation, to where it asks for it
  to=$(header Reply-To | sed 's/.*<//;s/>.*//'); to=${to:-preferences@metrix.example}
  { fields; printf '\n%s\n\nOn Mon, 16 Nov 2026 at 10:01, Metrix Example preferences wrote:\n' "$2"; quoted; } >"$work/reply"
  deliver "$1" "$to" <"$work/reply"
  take_sent
  sleep 1
}
stopped () { "$optout" -c "$work/conf" check "$1" "$2" >/dev/null; [ $? = 1 ]; }
comes () { "$optout" -c "$work/conf" check "$1" "$2" >/dev/null; }

run init; is 0; ok $? "there is a store"

# ---- the four answers, in the languages that people read ----
word () { sed -n "s/^$2: //p" "$top_srcdir/filter/templates/$1.txt"; }
choose () { # LANGUAGE WISH
  who=ann.$1@example.org
  ask "$who" "$2"
  stopped "$who" product-updates && stopped "$who" special-offers; ok $? "$1: $2: all marketing stops"
  body | grep -qF "$(word "$1" only)"; ok $? "$1: the confirmation says in that language how to choose"
  answer "$who" "$(word "$1" only) Special offers"
  comes "$who" product-updates && stopped "$who" special-offers; ok $? "$1: $(word "$1" only) Special offers: the rest comes again"
  body | grep -q 'Special offers' && body | grep -qF "$(word "$1" all)"; ok $? "$1: that is confirmed in the same language, with how to stop all"
  answer "$who" "$(word "$1" all)"
  stopped "$who" product-updates && stopped "$who" special-offers; ok $? "$1: $(word "$1" all): all marketing stops"
  ask "bob.$1@example.org" "$2"
  answer "bob.$1@example.org" "$(word "$1" undo)"
  comes "bob.$1@example.org" product-updates && comes "bob.$1@example.org" special-offers; ok $? "$1: $(word "$1" undo): everything is as it was before"
  answer "bob.$1@example.org" "$(word "$1" unsubscribe)"
  stopped "bob.$1@example.org" product-updates; ok $? "$1: $(word "$1" unsubscribe): who changed his mind is out"
}
choose en 'Please unsubscribe me from your mailing list.'
choose de 'Bitte nehmen Sie mich aus dem Verteiler. Ich möchte keine Werbung mehr bekommen.'
[ ! -f "$top_srcdir/filter/templates/ja.txt" ] || choose ja 'メールの配信を停止してください。今後は送らないでください。'
[ ! -f "$top_srcdir/filter/templates/ar.txt" ] || choose ar 'أرجو إلغاء اشتراكي في القائمة البريدية، لا أريد رسائلكم بعد الآن.'

# ---- an erasure ----
ask eve@example.org 'Please delete all my personal data.'
body | grep -qF 'YES, ERASE MY DATA'; ok $? "whoever asks to be erased is asked whether it was they"
run cases --json; says '"kind":"erasure".*eve@example.org' && ! says '"confirmed_at":"'; ok $? "the case is open, and not confirmed"
answer eve@example.org 'Yes, erase my data'
run cases --json; says '"confirmed_at":"20'; ok $? "YES, ERASE MY DATA confirms it"
[ "$(wc -l <"$work/out")" = 1 ]; ok $? "and opens no other"
case=$(sed 's/.*"id":"\([0-9a-z]*\)".*/\1/' "$work/out")
run cases show "$case"; is 0 && says '^confirmed: +20'; ok $? "cases show tells when the person confirmed it"
run show eve@example.org; is 0; ok $? "nothing is erased by a mail alone"
run erase --case "$case"; is 0 && says 'erased'; ok $? "erase takes a confirmed case for its proof"

# ---- ways of mail programs ----
ask carl@example.org 'Please unsubscribe me from your mailing list.'
to=$(header Reply-To | sed 's/.*<//;s/>.*//')
[ "${to#preferences+}" != "$to" ]; ok $? "the confirmation asks for answers at an address of its own"
printf 'Subject: Re: stripped\n\nundo\n' | deliver carl@example.org "$to"
comes carl@example.org special-offers; ok $? "without References the address that it went to tells what is answered"
ask dora@example.org 'Please unsubscribe me from your mailing list.'
{ fields | sed 's/^Subject: .*/Subject: UNDO/'; printf '\n'; } | deliver dora@example.org preferences@metrix.example
comes dora@example.org special-offers; ok $? "UNDO in the subject of an empty mail"
ask emil@example.org 'Please unsubscribe me from your mailing list.'
answer emil@example.org 'STOP ONLY the magazine'
stopped emil@example.org product-updates; ok $? "ONLY with something that nobody knows changes nothing"
run review list; says 'only-unknown'; ok $? "a person is asked"

# ---- a real mail program: what mutt quotes, and names as answered ----
mutt_answers () { # WRITER WORDS
  rm -f "$work/reply"
  { echo 'From preferences@metrix.example Mon Nov 16 10:01:00 2026'; cat "$work/last"; echo; } >"$work/box"
  to=$(header Reply-To | sed 's/.*<//;s/>.*//')
  python3 "$top_srcdir/tests/mutt-answer.py" "$work/box" "$work/reply" "$1" "$2" && grep -q '^> ' "$work/reply" &&
    grep -q '^In-Reply-To: <optout' "$work/reply" && grep -qF "$to" "$work/reply" && run deliver -f "$1" -- "$to" <"$work/reply"
}
if command -v mutt >/dev/null; then
  ask fay@example.org 'Bitte nehmen Sie mich aus dem Verteiler. Ich möchte keine Werbung mehr bekommen.'
  mutt_answers fay@example.org 'STOPP NUR Special offers'; ok $? "mutt answers where the confirmation asks for it, above the quotation"
  comes fay@example.org product-updates && stopped fay@example.org special-offers; ok $? "STOPP NUR written with mutt counts"
  ask gus@example.org 'Please unsubscribe me from your mailing list.'
  mutt_answers gus@example.org UNDO; comes gus@example.org special-offers; ok $? "UNDO written with mutt counts"
  ask hal@example.org 'Please unsubscribe me from your mailing list.'
  mutt_answers hal@example.org 'Thank you.'; stopped hal@example.org special-offers; ok $? "a thank you written with mutt undoes nothing"
else
  n=$((n + 1)); echo "ok $n - a real mail program answers # SKIP mutt is not installed"
fi

# ---- machines ----
ask mona@example.org 'Please unsubscribe me from your mailing list.'
cp "$work/last" "$work/confirmation"
before=$("$optout" -c "$work/conf" history mona@example.org --csv | wc -l)
machine () { # NAME SENDER; header and text in the file machine
  cp "$work/confirmation" "$work/last"
  deliver mona@example.org "$to_of_mona" "$2" <"$work/machine"
  is 0 && stopped mona@example.org product-updates && stopped mona@example.org special-offers \
    && ! "$optout" -c "$work/conf" history mona@example.org --csv | grep -q ',opt-in,'; ok $? "no undo by $1"
}
cp "$work/confirmation" "$work/last"
to_of_mona=$(header Reply-To | sed 's/.*<//;s/>.*//')
re=$(fields); text=$(body); quote=$(quoted); subject=$(header Subject)
for shell in above below bare; do
  case $shell in
    above) said="I am out of the office until Monday.

$text" ;;
    below) said="$quote

I am out of the office until Monday." ;;
    bare) said=$text ;;
  esac
  printf '%s\nAuto-Submitted: auto-replied\n\nUNDO\n\n%s\n' "$re" "$said" >"$work/machine"; machine "a vacation program with Auto-Submitted, ours $shell" ''
  printf '%s\nX-Autoreply: yes\nPrecedence: bulk\n\nUNDO\n\n%s\n' "$re" "$said" >"$work/machine"; machine "one with Precedence, ours $shell" mona@example.org
  printf '%s\n\n%s\n' "$re" "$said" >"$work/machine"; machine "one without a header of its kind, ours $shell" mona@example.org
  printf 'Subject: Automatic reply: %s\n%s\n\n%s\n' "$subject" "$(echo "$re" | tail -n +2)" "$said" >"$work/machine"; machine "'Automatic reply:' in the subject, ours $shell" mona@example.org
  printf 'Subject: [Ticket 4711] %s\n%s\n\nWe have received your mail:\n\n%s\n' "$subject" "$(echo "$re" | tail -n +2)" "$said" >"$work/machine"; machine "a ticket system that copies our text, ours $shell" mona@example.org
  printf '%s\n\nTo deliver your message, please confirm that you are a person.\n\n%s\n' "$re" "$said" >"$work/machine"; machine "a challenge, ours $shell" mona@example.org
  printf 'Subject: Fwd: %s\n%s\n\n---------- Forwarded message ----------\nFrom: Metrix Example preferences <preferences@metrix.example>\nSubject: %s\n\n%s\n' "$subject" "$(echo "$re" | tail -n +2)" "$subject" "$said" >"$work/machine"; machine "a forward, ours $shell" mona@example.org
  printf '%s\n\n%s\n' "$re" "$said" >"$work/machine"; machine "a bounce to the null sender, ours $shell" ''
  printf '%s\nList-Id: <x.example>\n\nUNDO\n\n%s\n' "$re" "$said" >"$work/machine"; machine "a list, ours $shell" mona@example.org
  printf '%s\n\n%s\n' "$re" "$(echo "$said" | tr '\n' ' ' | fold -s -w 31)" >"$work/machine"; machine "a program that wraps anew, ours $shell" mona@example.org
done
run deliver -f '' -- preferences@metrix.example <"$work/confirmation"
stopped mona@example.org product-updates; ok $? "no undo by our own confirmation that comes back"

run verify; is 0; ok $? "the ledger verifies after all of it"
echo "1..$n"
exit $((failed > 0))
