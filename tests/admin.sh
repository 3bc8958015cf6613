#!/bin/sh
# The commands for people, on a store of their own (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"
cat >"$work/optout.conf" <<END
[optout]
organisation = Metrix Example
store = sqlite:$work/lib/consent.db
secret-file = $work/etc/secret
[category product-updates]
title = Product updates
[category special-offers]
title = Special offers
[category service-notices]
essential = true
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
run_in () { input=$1; shift; code=0; "$optout" "$@" >"$work/out" 2>"$work/err" <"$input" || code=$?; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { # CODE PATTERN: that code, nothing on standard output, one line
  [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"
}
quiet () { [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ ! -s "$work/err" ]; }

# ---- before there is a store ----
run check ann@example.org product-updates; complains 75 '^optout: check: '; ok $? "check cannot tell without a secret"
run check ann@example.org service-notices; quiet 0; ok $? "essential mail needs no store"
run check --explain ann@example.org service-notices; [ "$code" = 0 ] && says '^yes: essential'; ok $? "and check says so"
run check ann@example.org no-such; complains 64 'no-such: no such category; there are product-updates, '; ok $? "an unknown category is a usage error that names the others"
run check not-an-address product-updates; complains 64 'not-an-address: not an e-mail address'; ok $? "so is what is no address"
run check ann@example.org; complains 64 'optout help check'; ok $? "so is half a question"
run verify; complains 75 '^optout: verify: .*secret'; ok $? "verify needs the secret"

# ---- init ----
run init; [ "$code" = 0 ] && says '^made .*/etc/secret' && says '^made sqlite:'; ok $? "init makes secret and store"
[ "$(stat -c %a "$work/etc/secret" "$work/lib/consent.db" "$work/lib" | tr '\n' ' ')" = "600 600 700 " ]; ok $? "for nobody else to read"
before=$(cat "$work/etc/secret")
run init; [ "$code" = 0 ] && says '^exists .*/etc/secret' && says '^exists sqlite:' && [ "$before" = "$(cat "$work/etc/secret")" ]; ok $? "init again keeps both and says so"
mv "$work/lib/consent.db" "$work/lib/away"
run check ann@example.org product-updates; complains 75 'consent\.db'; ok $? "check cannot tell when the store is gone"
run list; complains 75 'consent\.db'; ok $? "a listing fails then, and is not empty"
[ ! -e "$work/lib/consent.db" ]; ok $? "nothing makes a new one in its place"
mv "$work/lib/away" "$work/lib/consent.db"

# ---- add, check ----
run check ann@example.org product-updates; quiet 0; ok $? "whom nobody knows may be written to"
run add ann@example.org; complains 64 '--note'; ok $? "add wants a reason"
run add ann@example.org --note ' '; complains 64 '--note'; ok $? "a blank is none"
run add ann@example.org --note x --channel pigeon; complains 64 'pigeon'; ok $? "add knows its channels"
run add ann@example.org no-such --note x; complains 64 'no-such'; ok $? "and the categories"
run add ann@example.org service-notices --note x; complains 64 'essential'; ok $? "there is no opt-out of essential mail"
run add "Ann@EXAMPLE.org" special-offers --note 'Ticket 1: “keine Angebote”' --by carol --channel post
[ "$code" = 0 ] && says '^ann@example\.org: opt-out of special-offers'; ok $? "add takes an opt-out"
run check ann@example.org special-offers; quiet 1; ok $? "and no such mail may be sent"
run check ann@EXAMPLE.org product-updates; quiet 0; ok $? "but other mail may"
run check ann+shop@example.org special-offers; quiet 1; ok $? "the address with a tag is hers too"
run check --explain ann+shop@example.org special-offers; [ "$code" = 1 ] && says '^no: .*base address.*special-offers'; ok $? "check says so"
run add bob@example.org --note 'by phone'; [ "$code" = 0 ] && says 'of everything'; ok $? "without a category it is everything"
run check bob@example.org product-updates; [ "$code" = 1 ]; ok $? "everything is each category"
run check bob@example.org service-notices; quiet 0; ok $? "but never essential mail"

run check -- -oq/tmp@example.org special-offers; quiet 0; ok $? "an address that looks like an option, behind --"

# ---- batch ----
printf '%s\n' 'ann@example.org' 'bob@example.org' '' '  Eve@example.org ' 'eve+x@example.org' >"$work/addresses"
run_in "$work/addresses" check --batch special-offers
[ "$code" = 0 ] && [ "$(cat "$work/out")" = "Eve@example.org
eve+x@example.org" ]; ok $? "a batch prints who may be mailed, as it was written"
run_in "$work/addresses" check --batch special-offers --not
[ "$code" = 0 ] && [ "$(cat "$work/out")" = "ann@example.org
bob@example.org" ]; ok $? "and with --not the others"
run_in "$work/addresses" check --batch service-notices; [ "$code" = 0 ] && [ "$(wc -l <"$work/out")" = 4 ]; ok $? "essential mail goes to all"
printf 'eve@example.org\nno address\nann@example.org\nx\0@example.org\ndora@example.org' >"$work/addresses"
run_in "$work/addresses" check --batch special-offers
[ "$code" = 64 ] && [ "$(cat "$work/out")" = "eve@example.org
dora@example.org" ] && grep -q 'line 2:' "$work/err" && grep -q 'line 4:' "$work/err"; ok $? "a malformed line is named and never mailed, the rest is answered"
run_in "$work/addresses" check --batch special-offers --not
[ "$(cat "$work/out")" = "ann@example.org" ]; ok $? "nor is it an answer to --not"
# more than one group of lines, in no order, the same ones again, and one that is longer than any address
awk 'BEGIN { for (i = 0; i < 40000; i++) printf "%s@example.org\n", i % 5000 == 4999 ? "ann" : i * 7919 % 30011
  while (n++ < 100000) printf "a"; print "@example.org"; print "ann@example.org"; print "dora@example.org" }' >"$work/addresses"
run_in "$work/addresses" check --batch special-offers
grep -v -e '^ann@' -e '^aaa' "$work/addresses" | cmp -s - "$work/out" && [ "$code" = 64 ] && [ "$(wc -l <"$work/err")" = 1 ] &&
  grep -q 'line 40001:' "$work/err"; ok $? "many are answered in their order, a line without end is named"
run_in "$work/addresses" check --batch special-offers --not; [ "$(grep -c '^ann@' "$work/out")" = 9 ]; ok $? "and so are the others"
run_in "$work/addresses" --store "sqlite:$work/none.db" check --batch special-offers; complains 75 'none\.db'; ok $? "without a store a batch prints nobody"

# ---- opt-in ----
run opt-in bob@example.org; complains 64 '--note'; ok $? "opt-in wants a reason too"
sleep 1.1 # of one second the opt-out holds
run opt-in bob@example.org product-updates --note 'changed his mind'; [ "$code" = 0 ]; ok $? "opt-in lifts what customer service set"
run check bob@example.org product-updates; quiet 0; ok $? "for that category"
run check bob@example.org special-offers; quiet 1; ok $? "and no other"
run history bob@example.org; says 'allowed product-updates, except what the person or a complaint had stopped, at '; ok $? "and history does not claim more"

# ---- show, history, list ----
run show ann@example.org
[ "$code" = 0 ] && says '^ann@example\.org$' && says '^special-offers +stopped +customer-service +20..-' \
  && says '^product-updates +allowed' && says '^service-notices +essential'; ok $? "show has a row for each category"
run show --json ann@example.org
[ "$(wc -l <"$work/out")" = 3 ] && says '^\{"category":"special-offers","status":"stopped","reason":"customer-service",'; ok $? "and as JSON"
run show --csv ann@example.org; says '^category,status,reason,since,channel,event'; ok $? "and as CSV"
run show nobody@example.org; [ "$code" = 0 ] && says 'nothing is recorded'; ok $? "show says that somebody is unknown"
run show; complains 64 'optout help show'; ok $? "show wants an address"
run history ann@example.org
[ "$code" = 0 ] && says '^20.*Z  opt-out of special-offers, by post: customer service$' && says 'note: Ticket 1: “keine Angebote”' && says 'by carol'; ok $? "history tells it in words"
says "^What holds now, for ann@example.org" && says "^special-offers  *stopped"; ok $? "and ends with what holds now"
run history --json ann@example.org
[ "$(wc -l <"$work/out")" = 1 ] && says '"action":"opt-out".*"scope":\["special-offers"\].*"evidence":\{"note":"Ticket 1'; ok $? "and as a record with its evidence"
run history --csv bob@example.org; [ "$(wc -l <"$work/out")" = 3 ]; ok $? "and as CSV"
run add "eve@example.org" --note "$(printf 'a\033[2Jb')" --by "$(printf 'c\033"d')"; run history eve@example.org
says 'a\\u\{001b\}\[2Jb'; ok $? "what a terminal would obey is written out"
run history --csv eve@example.org; says ',"c\\u\{001b\}""d",'; ok $? "in CSV too"
run history --json eve@example.org; says '"by":"c\\u001b\\"d"'; ok $? "and in JSON"
run list; [ "$code" = 0 ] && says '^ann@example\.org +special-offers ' && says '^bob@example\.org +everything '; ok $? "list has who is opted out"
run list --category product-updates --json; says '"address":"eve@example.org"' && ! says 'ann@'; ok $? "of one category"
run list --since 2999-01-01 --json; quiet 0; ok $? "since a day"
run list --reason person --json; quiet 0; ok $? "for a reason"
run list --reason customer-service --csv; says '^address,category,except,reason,since,channel,event' && says '^ann@example\.org,'; ok $? "as CSV"
code=0; "$optout" list >/dev/full 2>"$work/err" || code=$?; : >"$work/out"
complains 75 'list: standard output '; ok $? "a list that cannot be written is no success"
run list --since yesterday; complains 64 'yesterday'; ok $? "a date that is none"
run list --reason whim; complains 64 'whim: no such reason; there are complaint, person, '; ok $? "a reason that is none"

# ---- review ----
run review; [ "$code" = 0 ] && says 'Nothing waits'; ok $? "nothing waits for a person"
printf 'From: <quin@example.org>\nSubject: How do I unsubscribe?\nMessage-ID: <quin@example.org>\n\nHow do I get off this list?\033[2J\n' >"$work/question"
run replay "$work/question"; [ "$code" = 0 ] && says ' review question'; ok $? "a question is held"
run review --json; id=$(sed -n 's/^{"id":"\([0-9a-z]*\)".*/\1/p' "$work/out")
[ -n "$id" ] && says '"why":"question","address":"quin@example.org"'; ok $? "and waits for a person"
run review; says '^id +held at +why +summary$' && says "^$id  .*  question  quin@example\.org: "; ok $? "a line of the table has nothing twice"
run check quin@example.org product-updates; quiet 1; ok $? "marketing is silent meanwhile"
run review show "$id"; [ "$code" = 0 ] && says '^why: +question$' && says '^How do I get off this list\?\\u\{001b\}\[2J$'; ok $? "review shows the mail, nothing for the terminal to obey"
run review show --raw "$id"; cmp -s "$work/out" "$work/question"; ok $? "or as it came"
run review accept "$id" --by carol --note 'called her'; [ "$code" = 0 ] && says 'accepted'; ok $? "a person accepts the wish"
run check --explain quin@example.org product-updates; [ "$code" = 1 ] && says 'person'; ok $? "it stands"
run history quin@example.org; says 'accept of everything' && says 'by carol' && says 'note: called her' && says 'on behalf of: Metrix Example'; ok $? "with who and why, and in whose name"
run review; says 'Nothing waits'; ok $? "it no longer waits"
run review --all --csv; [ "$(wc -l <"$work/out")" = 2 ] && says "^$id,.*,accept,carol,"; ok $? "but is still listed with --all"
run review reject "$id"; complains 66 'decided already'; ok $? "a decision is made once"
sed 's/quin@/quad@/' "$work/question" >"$work/other"; run replay "$work/other"
run review --json; id=$(sed -n 's/^{"id":"\([0-9a-z]*\)".*/\1/p' "$work/out"); run review reject "$id"; [ "$code" = 0 ] && says 'rejected'; ok $? "a person rejects another"
run check quad@example.org product-updates; quiet 0; ok $? "and nothing is stopped"
printf 'From: <rita@example.org>\nMessage-ID: <rita@example.org>\n\nPlease send me a copy of my data.\n' >"$work/access"
run replay "$work/access"; run history rita@example.org; says '^20.*Z  access, by mail: an act of the person$'; ok $? "history tells a request, which is of no category"
run review show nothing-of-that-name; complains 66 'optout review list'; ok $? "an id that is none"
run review accept; complains 64 'one ID'; ok $? "accept wants an id"
run review dance; complains 64 'dance'; ok $? "an unknown verb"

# ---- verify, config ----
run verify; [ "$code" = 0 ] && says '[0-9]+ events, every one verifies'; ok $? "the ledger verifies"
if command -v sqlite3 >/dev/null; then
  cp -r "$work/lib" "$work/changed"
  table=$(sqlite3 "$work/changed/consent.db" .tables | tr -s ' ' '\n' | grep -m1 '^event')
  sqlite3 "$work/changed/consent.db" "UPDATE $table SET channel = 'mail' WHERE channel = 'post'" 2>"$work/err" >"$work/out"
  run --store "sqlite:$work/changed/consent.db" verify; complains 1 '^optout: verify: '; ok $? "a changed event does not verify"
else
  n=$((n + 1)); echo "ok $n - a changed event does not verify # SKIP sqlite3 is not installed"
fi
run config; [ "$code" = 0 ] && says 'no errors, 3 warnings$'; ok $? "config check finds no errors"
printf '[optout]\nuser = no-such-user\nstore = sqlite:%s/none.db\nsecret-file = %s\n' "$work" "$work/etc/secret" >"$work/none.conf"
run -c "$work/none.conf" config; [ "$code" = 0 ] && says 'user = no-such-user: there is no such user' && says 'mail is deferred: .*none\.db'; ok $? "and says whom and what the machine lacks"
run config dump; says "^store = sqlite:$work/lib/consent\.db"; ok $? "config dump shows the settings"
printf '[optout]\nunknown = 1\n' >"$work/broken.conf"
run -c "$work/broken.conf" config check; complains 75 'broken\.conf:2: '; ok $? "config check names file and line"
run -c "$work/broken.conf" check ann@example.org product-updates; complains 75 'broken\.conf:2: '; ok $? "check cannot tell with a broken configuration"

echo "1..$n"
exit $((failed > 0))
