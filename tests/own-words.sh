#!/bin/sh
# The words of optout.conf, as the manual's own example has them (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"

# the second example of optout.conf(5)
awk '/^\.Sh EXAMPLES/ { here = 1 } here && /^\.Bd/ { n++; next } /^\.Ed/ { n += n == 2 } n == 2' \
  "$top_srcdir/doc/optout.conf.5" >"$work/optout.conf"
verdict () { # CONFIG TEXT: act, intent and the first rule
  printf 'From: ann@example.org\nTo: news@shop.example\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$2" |
    "$optout" -c "$1" classify --json 2>"$work/err" |
    sed 's/.*"intent":"\([^"]*\)".*"act":"\([^"]*\)".*"evidence":\[\({"rule":"\([^"]*\)"\)*.*/\2 \1 \4/' | tee "$work/out"
}
with () { [ "$(verdict "$work/optout.conf" "$1")" = "$2" ]; }
without () { [ "$(verdict /dev/null "$1")" = "$2" ]; }

"$optout" -c "$work/optout.conf" config check >"$work/out" 2>"$work/err"; ok $? "the manual's example can be read"
"$optout" -c "$work/optout.conf" config dump >"$work/out" 2>"$work/err"
grep -q '^thing = Depeschenkurs\*$' "$work/out" && grep -q 'optout.conf:4)$' "$work/out"; ok $? "config dump shows them, and their lines"
! verdict /dev/null 'Heute noch aus dem Stammtisch austragen!' | grep -qE '^record|own'; ok $? "without them it is no clear wish"
with 'Heute noch aus dem Stammtisch austragen!' 'record opt-out own.aus-dem-stammtisch-austragen'; ok $? "a phrase of the operator is evidence under its own name"
without 'Bitte keine Depesche mehr an den Verein' 'none none '; ok $? "a name for the mail is unknown"
verdict "$work/optout.conf" 'Bitte keine Depesche mehr an den Verein' | grep -q '^record opt-out'; ok $? "until it stands in the settings"
with 'Bitte kündigen Sie den Depeschenkurs.' 'none none '; ok $? "and another thing is no mail"
printf '[words de]\nleave = raus\nwish = nie (wieder\n' >"$work/bad.conf"
"$optout" -c "$work/bad.conf" classify </dev/null >"$work/out" 2>"$work/err"; code=$?
[ "$code" = 64 ] && grep -qF 'bad.conf:3: [words de] wish: "nie (wieder" cannot be read' "$work/err" && [ "$(wc -l <"$work/err")" = 1 ]
ok $? "a phrase that cannot be read is one line with file and line"
"$optout" -c "$work/bad.conf" deliver </dev/null >"$work/out" 2>"$work/err"; code=$?
[ "$code" = 75 ]; ok $? "and defers mail"
echo "1..$n"
exit $((failed > 0))
