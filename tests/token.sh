#!/bin/sh
# What a sender puts into his mail: the address by which somebody is opted out, and the header fields for it (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"
plain=$work/plain.conf
cat >"$plain" <<END
[optout]
store = sqlite:$work/consent.db
secret-file = $work/secret
[reply]
from = preferences@metrix.example
[category special-offers]
[category product-updates]
[category invoices]
essential = yes
[mailbox support@metrix.example]
copy = yes
[mailbox unsubscribe@metrix.example]
role = unsubscribe
END
full=$work/full.conf
{ cat "$plain"; printf '[unsubscribe]\ndelimiter = +\nurl = https://metrix.example/u/{token}?by=mail\n'; } >"$full"
OPTOUT_CONFIG=$full
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
says () { [ "$code" = "$1" ] && grep -qE -- "$2" "$work/out"; }
is () { [ "$code" = 0 ] && [ "$(cat "$work/out")" = "$1" ]; }
complains () { [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }
tab=$(printf '\t')
"$optout" init >/dev/null
rm "$work/consent.db" # neither command wants it

# ---- token ----
run token Ann@Example.org special-offers
says 0 '^unsubscribe\+oo[a-z2-7]{28,}@metrix\.example$'; ok $? "it is a sub-address of the unsubscribe mailbox"
address=$(cat "$work/out")
run token ann@example.org special-offers; is "$address"; ok $? "and the same one for the same person"
run token --read "$address"; is "unsubscribe${tab}ann@example.org${tab}special-offers"; ok $? "which can be read again"
run token --read "$(echo "$address" | tr a-z A-Z)"; is "unsubscribe${tab}ann@example.org${tab}special-offers"; ok $? "in capitals too"
run token --json --read "$address"
is '{"purpose":"unsubscribe","address":"ann@example.org","category":"special-offers","event":null}'; ok $? "and as JSON"
run token --read "$(echo "$address" | awk '{ print substr ($0, 1, 29) (substr ($0, 30, 1) == "q" ? "r" : "q") substr ($0, 31) }')"
complains 1 'no token of ours'; ok $? "a changed letter makes it nobody's"
run token --read unsubscribe@metrix.example; complains 1 'no token of ours'; ok $? "and so is an address without one"
run token ann@example.org; mv "$work/out" "$work/all"; run token ann@example.org '*'; cmp -s "$work/all" "$work/out"; ok $? "without a category, or with *, it is of all marketing"
run token --read "$(cat "$work/all")"; is "unsubscribe${tab}ann@example.org${tab}*"; ok $? "and says so"
run token a.person.with.a.long.name@a.department.of.a.company.example special-offers
says 0 '^mailto:unsubscribe@metrix\.example\?subject=unsubscribe%20oo[a-z2-7]+$'; ok $? "where a local part has no room it stands in the subject"
run -c "$plain" token ann@example.org special-offers
says 0 '^mailto:unsubscribe@metrix\.example\?subject=unsubscribe%20oo[a-z2-7]+$'; ok $? "and where there is no delimiter"
run token --purpose reply ann@example.org special-offers; says 0 '^oo[a-z2-7]+$'; ok $? "one of purpose reply stands alone"
run token --read "$(cat "$work/out")"; is "reply${tab}ann@example.org${tab}special-offers"; ok $? "and is read as such"
run token --json ann@example.org special-offers
says 0 '^\{"address":"ann@example\.org","category":"special-offers","purpose":"unsubscribe","token":"(oo[a-z2-7]+)","subaddress":"unsubscribe\+\1@metrix\.example","mailto":"mailto:unsubscribe\+\1@metrix\.example\?subject=unsubscribe","url":"https://metrix\.example/u/\1\?by=mail"\}$'
ok $? "all of it as JSON"
grep -qE 'ann|example\.org|special' "$work/all"; [ $? = 1 ]; ok $? "nothing of the person shows in it"
run token --json --purpose reply ann@example.org; says 0 '"subaddress":null,"mailto":null,"url":null'; ok $? "purpose reply opts nobody out"

# ---- what is refused ----
run token ann@example.org invoices; complains 64 'invoices: there is no opt-out of essential mail'; ok $? "there is no opt-out of essential mail"
run header ann@example.org invoices; complains 64 'invoices: there is no opt-out of essential mail'; ok $? "and no field for it"
run token ann@example.org nonsense; complains 64 'nonsense: no such category; there are special-offers'; ok $? "nor of what there is not"
run token ann special-offers; complains 64 'ann: not an e-mail address'; ok $? "an address is one"
run token; complains 64 'optout help token'; ok $? "one is needed"
run token --purpose answer ann@example.org; complains 64 'unsubscribe or reply'; ok $? "purposes are two"
run token --read x --purpose reply; complains 64 'optout help token'; ok $? "to read is not to make"
sed '/unsubscribe/,$d' "$plain" >"$work/nowhere.conf"
run -c "$work/nowhere.conf" token ann@example.org; complains 64 'nowhere to go'; ok $? "an opt-out needs somewhere to go"
run -c "$work/nowhere.conf" header ann@example.org; complains 64 'nowhere to go'; ok $? "in the header too"
sed "s,^secret-file.*,secret-file = $work/none," "$full" >"$work/nokey.conf"
run -c "$work/nokey.conf" token ann@example.org; complains 75 "$work/none.*optout init"; ok $? "without the keys it says where they come from"

# ---- settings ----
for url in 'http://metrix.example/{token}' 'https://metrix.example/' 'https://metrix.example/a b/{token}' '{token}' 'mailto:x@metrix.example?subject={token}' 'https://metrix.example/<{token}>' 'https:///{token}' 'https://metrix.example/ü/{token}'; do
  { cat "$plain"; printf '[unsubscribe]\nurl = %s\n' "$url"; } >"$work/wrong.conf"
  run -c "$work/wrong.conf" token ann@example.org
  complains 75 "wrong.conf:$(wc -l <"$work/wrong.conf"): .*(lacks \{token\}|is not an https URI)"; ok $? "no url: $url"
done
for delimiter in ++ a ' . ' /; do
  { cat "$plain"; printf '[unsubscribe]\ndelimiter = %s\n' "$delimiter"; } >"$work/wrong.conf"
  run -c "$work/wrong.conf" token ann@example.org; complains 75 'none of: \+ - = _ #'; ok $? "no delimiter: $delimiter"
done
{ cat "$plain"; printf '[unsubscribe]\naddress = support@metrix.example\ndelimiter = -\n'; } >"$work/other.conf"
run -c "$work/other.conf" token ann@example.org; says 0 '^support-oo[a-z2-7]+@metrix\.example$'; ok $? "another address and another delimiter"
run -c "$work/other.conf" config check; grep -q 'support@metrix.example (\[unsubscribe\] address) is no \[mailbox\] with role = unsubscribe' "$work/out" "$work/err"
ok $? "config check knows that this mailbox is for something else"

# ---- header: RFC 2369 section 2, RFC 8058 section 3.1; a URI is of RFC 3986's characters, each field of RFC 5322's ----
uri="[A-Za-z0-9._~:/?#@!\$&'()*+,;=%-]+"
fields () { # are the fields in $work/out, in this order, what the standards want?
  awk -v uri="$uri" '
    length ($0) > 998 || /[^ -~]/ || / $/ { bad = 1 }
    NR == 1 && $0 !~ "^List-Unsubscribe: <" uri ">,?$" { bad = 1 }
    NR > 1 && !/^ / && !/^(List-Unsubscribe-Post: List-Unsubscribe=One-Click|Message-ID: <[a-z0-9.]+@[a-z.]+>|Reply-To: [a-z0-9.+-]+@[a-z.]+)$/ { bad = 1 }
    /^ / && $0 !~ "^ <" uri ">$" { bad = 1 }
    END { exit bad || NR == 0 }' "$work/out"
}
run header ann@example.org special-offers
[ "$code" = 0 ] && fields; ok $? "the fields are as the standards want them"
sed -n 1p "$work/out" | grep -qE '^List-Unsubscribe: <https://metrix\.example/u/oo[a-z2-7]+\?by=mail>,$'; ok $? "the https URI stands first"
sed -n 2p "$work/out" | grep -qE '^ <mailto:unsubscribe\+oo[a-z2-7]+@metrix\.example\?subject=unsubscribe>$'; ok $? "the mailto: behind it"
[ "$(sed -n 3p "$work/out")" = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click' ] && [ "$(wc -l <"$work/out")" = 3 ]; ok $? "and the one click"
run -c "$plain" header ann@example.org special-offers
[ "$code" = 0 ] && fields && [ "$(wc -l <"$work/out")" = 1 ] && grep -q '^List-Unsubscribe: <mailto:' "$work/out"; ok $? "there is no one click without an https URI"
run header --message-id --reply-to News@metrix.example ann@example.org special-offers
[ "$code" = 0 ] && fields && [ "$(wc -l <"$work/out")" = 5 ]; ok $? "a Message-ID and a Reply-To on demand"
run token --read "$(sed -n 's/^Message-ID: //p' "$work/out")"; is "reply${tab}ann@example.org${tab}special-offers"; ok $? "the Message-ID tells whose mail it is"
run header --message-id --reply-to news@metrix.example ann@example.org special-offers
run token --read "$(sed -n 's/^Reply-To: //p' "$work/out")"; is "reply${tab}ann@example.org${tab}special-offers"; ok $? "and so does the Reply-To"
run header --message-id ann@example.org; cp "$work/out" "$work/first"; run header --message-id ann@example.org
! cmp -s "$work/first" "$work/out"; ok $? "no Message-ID is given twice"
run -c "$plain" header --reply-to news@metrix.example ann@example.org; says 0 '^Reply-To: news@metrix\.example$'; ok $? "without a delimiter the Reply-To is the mailbox alone"
run header --reply-to nobody ann@example.org; complains 64 'nobody: not an e-mail address'; ok $? "a Reply-To is an address"
longest=$(printf '%064d' 0)@$(printf '%062d' 0).$(printf '%062d' 0).$(printf '%062d' 0).example
run header --message-id "$longest"; [ "$code" = 0 ] && fields; ok $? "the longest address has fields too"
run header "!#&'=/?^\`{|}~@example.org"; [ "$code" = 0 ] && fields; ok $? "and the oddest"

# ---- header --batch ----
printf 'ann@example.org\n  Bob@Example.org \n\nnobody\nann@example.org\n' >"$work/in"
code=0; "$optout" header --batch --message-id special-offers <"$work/in" >"$work/out" 2>"$work/err" || code=$?
[ "$code" = 64 ] && [ "$(cat "$work/err")" = 'optout: header: line 4: not an e-mail address; left out' ]; ok $? "a line that is no address is named"
[ "$(sed 's/^{"address":"\([^"]*\)".*/\1/' "$work/out" | tr '\n' ' ')" = 'ann@example.org Bob@Example.org ann@example.org ' ]; ok $? "one object for each of the others, in their order"
run header --json special@example.org special-offers
says 0 '^\{"address":"special@example\.org","category":"special-offers","list-unsubscribe":"<https://metrix\.example/u/(oo[a-z2-7]+)\?by=mail>, <mailto:unsubscribe\+\1@metrix\.example\?subject=unsubscribe>","list-unsubscribe-post":"List-Unsubscribe=One-Click","message-id":null,"reply-to":null\}$'
ok $? "a value is one line in it"

# ---- rotation (R102) ----
"$optout" init >/dev/null
run keys rotate token --note 'a colleague left'; ok "$code" "a new key is made"
run token ann@example.org special-offers; ! is "$address"; ok $? "new tokens are made with it"
run token --read "$(cat "$work/out")"; is "unsubscribe${tab}ann@example.org${tab}special-offers"; ok $? "and read"
run token --read "$address"; is "unsubscribe${tab}ann@example.org${tab}special-offers"; ok $? "the old ones stay good"
i=2; while [ $i -lt 32 ]; do run keys rotate token --note 'again' || break; [ "$code" = 0 ] || break; i=$((i + 1)); done
[ $i = 32 ]; ok $? "thirty-two keys have room"
run keys rotate token --note 'once more'; complains 75 'as many keys as there can be'; ok $? "and no more, which is said"
run token --read "$address"; is "unsubscribe${tab}ann@example.org${tab}special-offers"; ok $? "and the first token is good still"
grep -v '^\[category special\|^\[mailbox support\|^copy' "$full" >"$work/fewer.conf"
run -c "$work/fewer.conf" token --read "$address"; is "unsubscribe${tab}ann@example.org${tab}*"; ok $? "of a category that is gone it is one of all marketing"
echo "1..$n"
exit $((failed > 0))
