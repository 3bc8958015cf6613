#!/bin/sh
# optout policyd: what Postfix asks and what it is told, over pipes (TAP); tests/postfix-gate.py asks with a real Postfix.
set -u
. "${top_srcdir:-.}/tests/tap.sh"

mkdir "$work/etc"
write_config () { # [LINE OF special-offers]
  cat >"$work/conf" <<END
[optout]
user = nobody
store = sqlite:$work/lib/consent.db
secret-file = $work/etc/secret
[category product-updates]
senders = news@metrix.example; @updates.metrix.example
[category special-offers]
senders = offers@metrix.example
[category service-notices]
senders = notices@metrix.example
essential = yes
END
}
write_config
# As root the program becomes nobody before it reads, so the store is nobody's; commands that write leave it so.
[ "$(id -u)" != 0 ] || chown nobody "$work/etc"
export OPTOUT_CONFIG="$work/conf"
"$optout" init >"$work/out" 2>"$work/err" || { echo "Bail out! no store can be made here"; cat "$work/err"; exit 1; }
"$optout" add ann@example.org --note test >/dev/null
"$optout" add bob@example.org special-offers --note test >/dev/null
"$optout" add "$(printf 'j\303\274rgen@b\303\274cher.example')" --note test >/dev/null
"$optout" add "\"x' OR '1'='1\"@example.org" --note test >/dev/null
"$optout" add '"a\\b"@example.org' --note test >/dev/null
"$optout" add 'a%b@example.org' --note test >/dev/null

ask () { code=0; "$optout" policyd "$@" >"$work/out" 2>"$work/err" || code=$?; }
request () { printf 'request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nsender=%s\nrecipient=%s\nsasl_username=\n\n' "$1" "$2"; }
answers () { # ANSWER...: these and nothing else, exit code 0, nothing on standard error
  for answer; do printf 'action=%s\n\n' "$answer"; done >"$work/want"
  [ "$code" = 0 ] && [ ! -s "$work/err" ] && cmp -s "$work/out" "$work/want"
}
no="REJECT 5.7.1 No mail of category special-offers goes to this recipient"
no_news="REJECT 5.7.1 No mail of category product-updates goes to this recipient"
no_address="REJECT 5.1.3 Consent cannot be looked up: no address"
later="DEFER_IF_PERMIT 4.3.0 Consent cannot be looked up now"
asked () { request "$1" "$2" >"$work/in"; shift 2; ask "$@" <"$work/in"; }
given () { cat >"$work/in"; }

# ---- who may get what ----
asked x@metrix.example ann@example.org special-offers; answers "$no"; ok $? "who is stopped is refused"
asked x@metrix.example Ann@EXAMPLE.org special-offers; answers "$no"; ok $? "with capitals too"
asked x@metrix.example ann+shop@example.org special-offers; answers "$no"; ok $? "and under a sub-address"
asked x@metrix.example eve@example.org special-offers; answers DUNNO; ok $? "who is not stopped is left to the other rules"
asked x@metrix.example bob@example.org product-updates; answers DUNNO; ok $? "a stop of another category does not matter"
asked x@metrix.example ann@example.org service-notices; answers DUNNO; ok $? "essential mail passes"
asked x@metrix.example '' special-offers; answers DUNNO; ok $? "without a recipient there is nobody to ask for"
asked '' ann@example.org special-offers; answers "$no"; ok $? "the null sender is no way around a category that is given"
asked x@metrix.example postmaster special-offers; answers "$no_address"; ok $? "what is no address gets no marketing mail"
asked x@metrix.example postmaster service-notices; answers DUNNO; ok $? "but essential mail"
for address in "$(printf 'J\303\234RGEN@B\303\234CHER.example')" "$(printf 'j\303\274rgen@xn--bcher-kva.example')" \
  "$(printf 'ju\314\210rgen@b\303\274cher.example')" "\"x' OR '1'='1\"@example.org" "x' OR '1'='1@example.org" \
  '"a\\b"@example.org' 'a\b@example.org' 'a%b@example.org'; do
  asked x@metrix.example "$address" special-offers; answers "$no"; ok $? "stopped: $address"
done
asked x@metrix.example "$(printf '%01000d' 0)@example.org" special-offers; answers "$no_address"; ok $? "1 KB of address is none"

"$optout" erase gone@example.org --opt-out --note x >/dev/null 2>&1
asked x@metrix.example gone+shop@example.org special-offers; answers "$no"; ok $? "who is erased stays stopped"

"$optout" link ann@example.org ann@other.example --proof x >/dev/null
asked x@metrix.example ann@other.example special-offers; answers "$no"; ok $? "so is who is stopped by a link"
printf '[category catalogue]\ndefault = out\n' | cat "$work/conf" - >"$work/out-conf"
"$optout" -c "$work/out-conf" opt-in hal@example.org catalogue --proof x >/dev/null
{ request x@metrix.example eve@example.org; request x@metrix.example hal@example.org; } >"$work/in"
ask -c "$work/out-conf" catalogue <"$work/in"
answers "REJECT 5.7.1 No mail of category catalogue goes to this recipient" DUNNO; ok $? "of a category that is out by default, who did not opt in"

# ---- the category by the sender ----
{ request news@metrix.example ann@example.org; request Offers@Metrix.example bob@example.org; request offers+1234@metrix.example bob@example.org
  request news@metrix.example bob@example.org; request any@updates.metrix.example ann@example.org; request notices@metrix.example ann@example.org
  request eve@metrix.example ann@example.org; request '' ann@example.org; } >"$work/in"
ask <"$work/in"; answers "$no_news" "$no" "$no" DUNNO "$no_news" DUNNO DUNNO DUNNO
ok $? "the sender says the category, one of none is not our business; many requests in a connection"
asked x@metrix.example ann@example.org --action 'HOLD opted out' special-offers; answers "HOLD opted out"; ok $? "an action of one's own"

# ---- what is no request ----
malformed () { # SENTENCE; the last lines of the request, for printf
  sentence=$1; shift
  { printf 'request=smtpd_access_policy\nsender=\nrecipient=eve@example.org\n'; printf "$@"; printf '\n'; request x@y.example eve@example.org; } >"$work/in"
  ask special-offers <"$work/in"; answers "$later" DUNNO; ok $? "$sentence: deferred, and the next one answered"
}
malformed "two recipients" 'recipient=fay@example.org\n'
malformed "a line without =" 'nonsense\n'
malformed "an attribute without a name" '=x\n'
malformed "a NUL" 'x=a\000b\n'
malformed "a NUL that is not the empty line" '\000\n'
malformed "a line of over 8192 octets" 'x=%08191d\n' 0
{ printf 'request=smtpd_access_policy\nsender=\nrecipient=eve@example.org\nx=%08190d\n\n' 0; printf 'recipient=eve@example.org\n\n'
  printf 'request=other\nsender=\nrecipient=eve@example.org\n\n'; printf 'request=smtpd_access_policy\nsender=\n\n'
  printf 'request=smtpd_access_policy\nrecipient=eve@example.org\n\n'; printf '\n'; } >"$work/in"
ask special-offers <"$work/in"; answers DUNNO "$later" "$later" "$later" "$later" "$later"
ok $? "8192 octets are fine; without type, of another type, without recipient, without sender, empty: deferred"
ask special-offers </dev/null; answers; ok $? "no request at all: no answer"
request x@metrix.example ann@example.org | head -c -1 >"$work/in"
ask special-offers <"$work/in"; [ "$code" = 75 ] && [ ! -s "$work/out" ]; ok $? "an end in the middle of a request: no answer, 75"
{ request x@y.example eve@example.org; printf 'request=smtpd_ac'; } >"$work/in"
ask special-offers <"$work/in"; [ "$code" = 75 ] && [ "$(cat "$work/out")" = "action=DUNNO" ]; ok $? "but what came whole before it is answered"
head -c 100000 /dev/urandom >"$work/in"
ask special-offers <"$work/in"; [ "$(grep -vxF -e "action=$later" -e '' "$work/out")" = "" ]; ok $? "noise is never a yes"

# ---- wrong options, wrong surroundings ----
silent () { [ "$code" = 75 ] && [ ! -s "$work/out" ] && [ ! -s "$work/err" ]; }
asked x@y.example eve@example.org no-such; silent; ok $? "an unknown category: 75, and not a word that Postfix could take for an answer"
asked x@y.example eve@example.org --no-such; silent; ok $? "an unknown option"
asked x@y.example eve@example.org --action "$(printf 'a\nb')" special-offers; silent; ok $? "an action of two lines"
asked x@y.example eve@example.org special-offers product-updates; silent; ok $? "two categories"
sed '/^senders/d' "$work/conf" >"$work/senderless"
asked x@y.example eve@example.org -c "$work/senderless"; silent; ok $? "no category and no senders: nothing would ever be stopped"
echo '[optout' >"$work/broken"
asked x@y.example eve@example.org -c "$work/broken" special-offers; silent; ok $? "a broken configuration"
ask special-offers <&-; silent; ok $? "no standard input"
request x@y.example eve@example.org >"$work/in"
"$optout" policyd special-offers <"$work/in" 2>"$work/err" >/dev/full; code=$?; [ "$code" = 75 ]; ok $? "an answer that cannot be written"

# ---- whichever call of the store fails ----
{ request x@y.example ann@example.org; request x@y.example eve@example.org; request x@y.example ann@example.org; } >"$work/in"
call=0 wrong=
while [ "$call" -lt 40 ]; do
  call=$((call + 1))
  ask --store "fault:$call:sqlite:$work/lib/consent.db" special-offers <"$work/in"
  set -- $(sed -n 's/^action=\([A-Z]*\).*/\1/p' "$work/out")
  [ "$code $*" != "0 REJECT DUNNO REJECT" ] || break
  [ "$code" = 0 ] && [ $# = 3 ] && [ "$1" != DUNNO ] && [ "$2" != REJECT ] && [ "$3" != DUNNO ] || wrong="$wrong $call"
done
[ -z "$wrong" ] && [ "$call" -gt 2 ] && [ "$call" -lt 40 ]; ok $? "it is never a yes to who is stopped, and the next request is answered ($call calls)"

# ---- the store comes and goes under one process ----
mkfifo "$work/to" "$work/from"
"$optout" policyd special-offers <"$work/to" >"$work/from" 2>"$work/err" &
exec 3>"$work/to" 4<"$work/from"
code=-
told () { # RECIPIENT ANSWER
  request x@y.example "$1" >&3
  read -r answer <&4; read -r empty <&4
  echo "$answer" >"$work/out"
  [ "$answer" = "action=$2" ] && [ -z "$empty" ]
}
told ann@example.org "$no"; ok $? "a store that is there"
told gus@example.org DUNNO && "$optout" add gus@example.org --note later >/dev/null && told gus@example.org "$no"; ok $? "what is recorded meanwhile counts at once"
mv "$work/lib" "$work/away"
told eve@example.org "$later" && told ann@example.org "$later"; ok $? "gone: everybody is deferred"
mv "$work/away" "$work/lib"
told ann@example.org "$no"; ok $? "back: answered again"
"$optout" backup "$work/backup" --note x >/dev/null 2>&1 && "$optout" restore "$work/backup" --force --note x >/dev/null 2>&1
told eve@example.org "$later" && told ann@example.org "$no"; ok $? "a backup in its place, with a gap: who is not known to be stopped is deferred"
"$optout" restore --gap-closed --note x >/dev/null 2>&1
told eve@example.org DUNNO; ok $? "until the gap is closed"
rm -f "$work"/lib/consent.db*
"$optout" init >/dev/null 2>&1
told ann@example.org DUNNO; ok $? "another store in its place is seen"
echo damaged >"$work/lib/new"
chmod 600 "$work/lib/new"
[ "$(id -u)" != 0 ] || chown nobody "$work/lib/new"
mv "$work/lib/new" "$work/lib/consent.db"
told eve@example.org "$later"; ok $? "and one that is none: deferred"
exec 3>&- 4<&-
wait $!; code=$?; ok "$code" "at the end of the input it ends with 0"

echo "1..$n"
exit $((failed > 0))
