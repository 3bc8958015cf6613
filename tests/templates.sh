#!/bin/sh
# Texts of the operator's, over ours: the most specific one is sent, a bad one never, and whoever wrote it is told (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"

folder=$work/templates
mkdir -p "$folder/offers" "$folder/support@metrix.example/offers"
cat >"$work/optout.conf" <<EOF
[optout]
organisation = Metrix\\nExample {undo}
[reply]
from = preferences@metrix.example
language = de
preferences-url = https://metrix.example/?a=1&b=2
templates = $folder
[category offers]
title = Special offers
title[de] = Sonder\\nangebote
[category notices]
essential = yes
[mailbox support@metrix.example]
copy = yes
EOF
text () { printf '[opt-out]\n%s {organisation}\n\nStopped: {scope}. To undo: {undo}\n\n%s\n' "$1" "${2:-}"; }
text general >"$folder/de.txt"
text category >"$folder/offers/de.txt"
text mailbox >"$folder/support@metrix.example/de.txt"
text both >"$folder/support@metrix.example/offers/de.txt"
reply () { "$optout" -c "$work/optout.conf" reply "$@" >"$work/out" 2>"$work/err"; }
says () { reply preview opt-out "$@" && grep -qF "$want" "$work/out"; }

want='Subject: general'; says --language de; ok $? "a text of the operator's goes before ours"
says --language de-AT; ok $? "also for a kind of its language"
says --language xx; ok $? "and, in [reply] language, where the mail's own language has none"
want='You are unsubscribed'; says --language en; ok $? "the mail's language goes before the operator's text in another"
want='Subject: category'; says --language de --category offers; ok $? "that of a category goes before the general one"
want='Subject: mailbox'; says --language de --mailbox support@metrix.example; ok $? "so does that of a mailbox"
want='Subject: both'; says --language de --mailbox support@metrix.example --category offers
ok $? "and that of a category within it before both"
want='Stopped: Sonder angebote.'; says --language de --category offers; ok $? "a title in the reader's language, on one line"
want='Subject: general Metrix Example {undo}'; says --language de; ok $? "a name is one line, and is not read for {names}"
want='<a href="https://metrix.example/?a=1&amp;b=2">'; reply preview opt-out --language en --html && grep -qF "$want" "$work/out"
ok $? "the page has the one link, escaped"
[ "$(grep -c '<a ' "$work/out")" = 1 ] && ! grep -qiE '<(img|script|link|style)' "$work/out"; ok $? "and no other, no picture, no script"
reply preview --all-languages && [ "$(grep -c '^==== .*opt-in\.' "$work/out")" -ge 30 ]
ok $? "every language can be seen"
[ "$(reply preview opt-out --raw --html --language ja && grep -c '^Auto-Submitted: auto-replied' "$work/out")" = 1 ] &&
  grep -q 'multipart/alternative' "$work/out" && [ "$(grep -c '^Content-Language: ja' "$work/out")" = 2 ]
ok $? "and the whole mail, in plain text and as a page"
reply check "$folder"; ok $? "good texts are found good"
"$optout" -c "$work/optout.conf" config check >"$work/out" 2>"$work/err"; ok $? "the settings with them too"
{ reply template opt-out fr && cp "$work/out" "$folder/fr.txt" && reply check "$folder"; }
ok $? "a text of ours can be the beginning of one's own"

text general 'See https://shop.example/sale' >"$folder/de.txt"
want='Sie sind abgemeldet'; says --language de; ok $? "a text with a link is not sent: ours is"
reply check "$folder"; [ $? = 64 ] && grep -qF "templates/de.txt:6: [opt-out]: has a link" "$work/err"
ok $? "check says so, with its line"
"$optout" -c "$work/optout.conf" config check >"$work/out" 2>"$work/err"
[ $? = 64 ] && grep -qF "de.txt:6: [opt-out]: has a link" "$work/err"; ok $? "and so does config check"
printf 'From: ann@example.org\n\nunsubscribe\n' | "$optout" -c "$work/optout.conf" classify >"$work/out" 2>"$work/err"
ok $? "no mail is lost for it"
rm -r "$folder"
want='Sie sind abgemeldet'; says --language de; ok $? "without the folder ours are sent"
"$optout" -c "$work/optout.conf" config check >"$work/out" 2>"$work/err"; [ $? = 64 ]; ok $? "and config check says that it is not there"
mkdir "$folder" && chmod 0 "$folder"
if [ "$(id -u)" = 0 ]; then cp "$optout" "$work/optout"; chmod 755 "$work"; as='setpriv --reuid=nobody --regid=nogroup --clear-groups'; else cp "$optout" "$work/optout"; as=; fi
$as "$work/optout" -c "$work/optout.conf" config check >"$work/out" 2>"$work/err"
grep -qx "optout: config: $folder: cannot be read: permission denied; the built-in text is sent instead" "$work/err"; ok $? "and when it may not be read, in our own words"
"$optout" -c "$work/optout.conf" reply preview --all-languages 2>"$work/err" | head -n 1 >"$work/out"
[ ! -s "$work/err" ]; ok $? "whose reader goes away ends in silence"
reply preview greeting; [ $? = 64 ] && grep -q 'no such kind' "$work/err"; ok $? "a kind that there is not is named"
echo "1..$n"
exit $((failed > 0))
