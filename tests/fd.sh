#!/bin/sh
# Started with standard descriptors closed (H55; TAP): a mail is never taken from nowhere, and nothing that is printed
# goes into the store's file.
set -u
. "${top_srcdir:-.}/tests/tap.sh"

mkdir "$work/lib"
cat >"$work/conf" <<END
[optout]
user = nobody
store = sqlite:$work/lib/consent.db
secret-file = $work/lib/secret
sendmail = /bin/true
[mailbox support@metrix.example]
copy = yes
END
[ "$(id -u)" != 0 ] || chown -R nobody "$work/lib"
"$optout" -c "$work/conf" init >/dev/null 2>&1 || { echo "1..0 # SKIP no store can be made here"; exit 0; }
as_owner () { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
mail () { printf 'From: fd%s@example.org\nMessage-ID: <%s@example.org>\nSubject: x\n\nPlease unsubscribe me from your newsletter.\n' "$1" "$1"; }
recorded () { as_owner "$optout" -c "$work/conf" history "fd$1@example.org" --json 2>/dev/null | grep -q opt-out; }

deliver () { "$optout" -c "$work/conf" deliver -f "fd$1@example.org" -- support@metrix.example; }
mail 0 >"$work/m0"; deliver 0 <"$work/m0" >/dev/null 2>&1; [ $? = 0 ] && recorded 0; ok $? 'all open: taken'
deliver 1 <&-; [ $? = 75 ]; ok $? 'stdin closed: 75, and no empty mail'
mail 2 >"$work/m2"; deliver 2 <"$work/m2" >&-; [ $? = 0 ] && recorded 2; ok $? 'stdout closed: taken'
mail 3 >"$work/m3"; deliver 3 <"$work/m3" 2>&-; [ $? = 0 ] && recorded 3; ok $? 'stderr closed: taken'
mail 4 >"$work/m4"; deliver 4 <"$work/m4" >&- 2>&-; [ $? = 0 ] && recorded 4; ok $? 'stdout and stderr closed: taken'
deliver 5 <&- >&- 2>&-; [ $? = 75 ]; ok $? 'all closed: 75'
mail 6 >"$work/m6"; "$optout" -c "$work/conf" filter -- support@metrix.example <"$work/m6" >&- 2>/dev/null; [ $? = 75 ]; ok $? 'filter, stdout closed: 75'
"$optout" -c "$work/none" deliver <"$work/m6" >&- 2>&-; [ $? = 75 ]; ok $? 'nowhere to complain to: 75'
as_owner "$optout" -c "$work/conf" verify >/dev/null; ok $? 'and the store is whole'

echo "1..$n"
exit $((failed > 0))
