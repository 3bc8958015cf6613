#!/bin/sh
# optout export: what leaves the house, and what the ledger says of it (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"

mkdir "$work/etc" "$work/maps" "$work/mail"
cat >"$work/conf" <<END
[optout]
store = sqlite:$work/lib/consent.db
secret-file = $work/etc/secret
postmap = $work/postmap
[category product-updates]
[category special-offers]
[category service-notices]
essential = yes
END
export OPTOUT_CONFIG="$work/conf"
# Stands in for postmap until the real one is asked: argv[1] is hash:FILE or cdb:FILE.
cat >"$work/postmap" <<'END'
#!/bin/sh
case $1 in hash:*) cp -p "${1#hash:}" "${1#hash:}.db" ;; cdb:*) cp -p "${1#cdb:}" "${1#cdb:}.cdb" ;; esac
END
chmod +x "$work/postmap"
"$optout" init >/dev/null || { echo "Bail out! no store can be made here"; exit 1; }
jurgen=$(printf 'j\303\274rgen@b\303\274cher.example')
for address in ann@example.org "$jurgen" "\"x' OR '1'='1\"@example.org" '"a\\b"@example.org' 'a%b@example.org' '#ann@example.org' '"so\"me"@example.org'; do
  "$optout" add "$address" --note test >/dev/null
done
"$optout" add bob@example.org special-offers --note test >/dev/null
"$optout" add bob@example.org special-offers --note test --channel mail >/dev/null

run () { code=0; "$optout" export "$@" >"$work/out" 2>"$work/err" || code=$?; }
complains () { [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }
clean () { [ "$(find "$work/maps" "$work/mail" -name '.*' -type f | wc -l)" = 0 ]; } # nothing half is left

# ---- listings ----
run; [ "$code" = 0 ] && [ ! -s "$work/err" ] && [ "$(wc -l <"$work/out")" = 9 ]; ok $? "a listing of all who are stopped"
[ "$(head -1 "$work/out" | tr -d '\r')" = "address,category,except,reason,since,channel,event,linked" ]; ok $? "with the columns of list"
! grep -q '@' "$work/out"; ok $? "and no address in it (R104)"
[ "$(grep -cE '^hmac:[0-9a-f]{64},' "$work/out")" = 8 ]; ok $? "but keyed hashes"
cp "$work/out" "$work/first"
run --format=jsonl; [ "$(grep -cE '^\{"address":"hmac:[0-9a-f]{64}","category":"(\*|special-offers)",.*"event":"[0-9a-f]{32}","linked":null\}$' "$work/out")" = 8 ]; ok $? "the same as JSON lines"
[ "$(sed 's/^{"address":"//; s/".*//' "$work/out")" = "$(sed 's/,.*//; 1d' "$work/first")" ]; ok $? "an address has the same hash each time"
run --plain; complains 64 -- '--note TEXT'; ok $? "addresses leave only with a reason"
run --plain --note 'for the auditor' --by carol; [ "$code" = 0 ] && grep -q '^ann@example\.org,\*,' "$work/out" && grep -q '^bob@example\.org,special-offers,' "$work/out"; ok $? "--plain shows them"
run --category product-updates --plain --note x; [ "$(wc -l <"$work/out")" = 8 ] && ! grep -q 'bob@' "$work/out"; ok $? "--category: who gets none of it"
run --category service-notices; complains 64 'essential'; ok $? "nobody is stopped of essential mail"
run --category no-such; complains 64 'no such category; there are '; ok $? "an unknown category"
run --format=xml; complains 64 'csv, jsonl, postfix-text'; ok $? "an unknown format"
run --action REJECT; complains 64 'action'; ok $? "an action is for tables"
run extra; complains 64 'options only'; ok $? "options only"

# ---- files ----
run --output "$work/mail/list.csv" --note x; [ "$code" = 0 ] && [ "$(cat "$work/out")" = "wrote $work/mail/list.csv: 8" ] && cmp -s "$work/mail/list.csv" "$work/first"; ok $? "--output writes a file"
[ "$(stat -c %a "$work/mail/list.csv")" = 600 ] && clean; ok $? "for its owner"
run --output "$work/none/list.csv"; complains 75 'none/list\.csv: there is no such folder; make it'; ok $? "no such folder"
run --output "$work/mail"; complains 75 'mail: Is a directory'; ok $? "a folder where a file is meant"
"$optout" export >/dev/full 2>"$work/err"; [ $? = 75 ] && [ "$(wc -l <"$work/err")" = 1 ]; ok $? "a full disk behind standard output"

# ---- tables ----
run --format=postfix-text; complains 64 'output DIR'; ok $? "tables want a folder"
run --format=postfix-text --output "$work/maps" --action "$(printf 'a\nb')"; complains 64 'ASCII'; ok $? "an action is one line"
run --format=postfix-text --output "$work/maps"
[ "$code" = 0 ] && [ "$(cat "$work/out")" = "wrote $work/maps/optout-product-updates: 6
wrote $work/maps/optout-special-offers: 7" ]; ok $? "a table for each category that is not essential"
grep -q "#ann@example\.org: Postfix would take it for a comment" "$work/err" && grep -q "lacks 0 erased and 1 other" "$work/err"; ok $? "who cannot be a key is named"
[ "$(stat -c '%a %g' "$work/maps/optout-special-offers")" = "640 $(stat -c %g "$work/maps")" ] && clean; ok $? "for the owner and the folder's group"
cat >"$work/want" <<END
"a\\\\b"@example.org REJECT
"so\\"me"@example.org REJECT
"x' or '1'='1"@example.org REJECT
a%b@example.org REJECT
ann@example.org REJECT
bob@example.org REJECT
$(printf 'j\303\274rgen@b\303\274cher.example') REJECT
$(printf 'j\303\274rgen@xn--bcher-kva.example') REJECT
END
sed 's/ REJECT 5\.7\.1 No mail of category special-offers goes to this recipient$/ REJECT/' "$work/maps/optout-special-offers" | LC_ALL=C sort >"$work/got"
cmp -s "$work/want" "$work/got"; ok $? "each once, in the form that Postfix looks for, a domain both ways"
run --format=postfix-text --output "$work/maps" --category special-offers --action 'HOLD opted out'; [ "$(cat "$work/out")" = "wrote $work/maps/optout-special-offers: 7" ] && grep -q '^ann@example\.org HOLD opted out$' "$work/maps/optout-special-offers"; ok $? "an action of one's own, one category"
run --format=postfix-cdb --output "$work/maps"; [ "$code" = 0 ] && [ -s "$work/maps/optout-special-offers.cdb" ] && [ "$(stat -c %a "$work/maps/optout-special-offers.cdb")" = 640 ] && clean; ok $? "cdb by postmap"
run --format=postfix-hash --output "$work/maps"; [ "$code" = 0 ] && [ -s "$work/maps/optout-product-updates.db" ] && [ "$(stat -c %a "$work/maps/optout-product-updates.db")" = 640 ] && clean; ok $? "hash by postmap; the text is not kept"

printf '[category catalogue]\ndefault = out\n' | cat "$work/conf" - >"$work/out-conf"
run -c "$work/out-conf" --format=postfix-text --output "$work/maps"
[ "$code" = 0 ] && grep -q "catalogue: out for all" "$work/err" && [ ! -e "$work/maps/optout-catalogue" ] && [ -e "$work/maps/optout-special-offers" ]; ok $? "no table of what is out unless in"
run -c "$work/out-conf" --format=postfix-text --output "$work/maps" --category catalogue; [ "$code" = 64 ]; ok $? "and a usage error when it is asked for"

# ---- what goes wrong changes nothing ----
for file in "$work"/maps/*; do echo old >"$file"; done
unchanged () { [ "$(cat "$work"/maps/* | sort -u)" = old ] && clean; }
mv "$work/postmap" "$work/postmap.kept"
printf '#!/bin/sh\ncase $1 in hash:*) cp -p "${1#*:}" "${1#*:}.db" ;; *) cp -p "${1#*:}" "${1#*:}.cdb.tmp" ;; esac\nexit 1\n' >"$work/postmap"
chmod +x "$work/postmap"
run --format=postfix-hash --output "$work/maps"; [ "$code" = 75 ] && grep -q "postmap: exit code 1" "$work/err" && unchanged; ok $? "postmap fails: the old table stays"
run --format=postfix-cdb --output "$work/maps"; [ "$code" = 75 ] && unchanged; ok $? "of cdb too"
printf '#!/bin/sh\nkill -INT $PPID\ncp -p "${1#*:}" "${1#*:}.db"\n' >"$work/postmap"
run --format=postfix-hash --output "$work/maps"; [ "$code" = 75 ] && grep -q "interrupted: nothing was written" "$work/err" && unchanged; ok $? "an interruption leaves nothing behind"
rm "$work/postmap"
run --format=postfix-hash --output "$work/maps"; [ "$code" = 75 ] && grep -q "postmap: No such file" "$work/err" && unchanged; ok $? "no postmap: a reason"
mv "$work/postmap.kept" "$work/postmap"
events () { "$optout" verify | sed 's/.*: \([0-9]*\) events.*/\1/'; }
before=$(events) call=0
rm -f "$work/mail/list.csv"
while [ ! -e "$work/mail/list.csv" ] && [ "$call" -lt 60 ]; do
  call=$((call + 1))
  run --store "fault:$call+:sqlite:$work/lib/consent.db" --output "$work/mail/list.csv"
  [ "$code" = 75 ] && clean || break
done
[ "$code" = 0 ] && [ -e "$work/mail/list.csv" ] && [ "$call" -gt 3 ] && [ "$(events)" = $((before + 1)) ] && clean
ok $? "whichever call of the store fails first: nothing is written that is not recorded ($call calls)"

"$optout" backup "$work/backup" --note x >/dev/null 2>&1 && "$optout" restore "$work/backup" --force --note x >/dev/null 2>&1
run --format=postfix-text --output "$work/maps"; [ "$code" = 75 ] && grep -q -- '--gap-closed' "$work/err" && unchanged; ok $? "a store with a gap gives no table"
run; complains 75 '--gap-closed'; ok $? "nor a listing"
"$optout" restore --gap-closed --note x >/dev/null 2>&1; run; [ "$code" = 0 ]; ok $? "until the gap is closed"

# ---- linked ----
"$optout" link bob@example.org bob@other.example --proof x >/dev/null
run; [ "$(grep -cE '^hmac:[0-9a-f]{64},special-offers,.*,hmac:[0-9a-f]{64}.?$' "$work/out")" = 1 ] && ! grep -q '@' "$work/out"; ok $? "a linked address is a hash on both sides"
run --format=postfix-text --output "$work/maps"; grep -q '^bob@other\.example REJECT' "$work/maps/optout-special-offers"; ok $? "and stands in the table"
"$optout" unlink bob@example.org bob@other.example --note x >/dev/null

# ---- erased ----
run; hash=$(sed -n 's/^\(hmac:[0-9a-f]*\),special-offers,.*/\1/p' "$work/out")
"$optout" erase bob@example.org --note x >/dev/null 2>&1
run; [ -n "$hash" ] && grep -q "^$hash,special-offers," "$work/out"; ok $? "who is erased keeps the hash"
run --plain --note x; grep -q "^$hash,special-offers," "$work/out" && ! grep -q 'bob@' "$work/out"; ok $? "and is one with --plain too"
run --format=postfix-text --output "$work/maps"; grep -q "special-offers lacks 1 erased and 1 other" "$work/err" && ! grep -qE 'bob@|hmac:' "$work/maps/optout-special-offers"; ok $? "a table says how many it lacks"

# ---- the ledger ----
"$optout" verify >"$work/out" 2>"$work/err"; ok $? "the ledger verifies"
if command -v sqlite3 >/dev/null; then
  run --plain --note 'for the auditor' --by carol --output "$work/mail/last.csv"
  sqlite3 "$work/lib/consent.db" "SELECT action, reason, actor, person.address IS NULL, person.details FROM event JOIN person USING (seq) ORDER BY seq DESC LIMIT 1" >"$work/out"
  grep -qE "^hand-on\|house\|carol\|1\|" "$work/out"; ok $? "an export is an event of the house"
  all=0
  for word in "'format': 'csv'" "'count': '8'" "'addresses': 'plain'" "'note': 'for the auditor'" "'file': '$work/mail/last.csv'" \
    "'sha256': '$(sha256sum <"$work/mail/last.csv" | cut -d' ' -f1)'"; do grep -qF "$word" "$work/out" || all=1; done
  ok $all "that says what it was"
  run --format=postfix-hash --category special-offers --output "$work/maps"
  sqlite3 "$work/lib/consent.db" "SELECT person.details FROM event JOIN person USING (seq) ORDER BY seq DESC LIMIT 1" >"$work/out"
  grep -qF "$(sha256sum <"$work/maps/optout-special-offers.db" | cut -d' ' -f1)" "$work/out" && grep -qF "'category': 'special-offers'" "$work/out"; ok $? "so is a table"
else
  n=$((n + 1)); echo "ok $n - what the ledger says of an export # SKIP sqlite3 is not installed"
fi

# ---- the real postmap, a Postfix of its own ----
postmap=$(PATH=$PATH:/usr/sbin command -v postmap || true)
if [ -z "$postmap" ]; then
  n=$((n + 1)); echo "ok $n - what postmap finds in a table # SKIP Postfix is not installed"
else
  mkdir "$work/postfix"
  printf 'compatibility_level = 3.6\nqueue_directory = %s\n' "$work/mail" >"$work/postfix/main.cf"
  [ ! -e /etc/postfix/dynamicmaps.cf ] || cp -r /etc/postfix/dynamicmaps.cf* "$work/postfix/"
  export MAIL_CONFIG="$work/postfix"
  cp "$work/conf" "$work/real"; sed -i "s|^postmap = .*|postmap = $postmap|" "$work/real"
  finds () { # KEY YES|NO: in all tables
    for table in $tables; do
      "$postmap" -q "$1" "$table" >"$work/out" 2>"$work/err"; code=$?
      [ ! -s "$work/err" ] || return 1
      if [ "$2" = YES ]; then grep -q '^REJECT 5\.7\.1 ' "$work/out" || return 1; else [ "$code" = 1 ] && [ ! -s "$work/out" ] || return 1; fi
    done
  }
  tables="texthash:$work/maps/optout-special-offers hash:$work/maps/optout-special-offers" formats="text hash"
  if "$postmap" -c "$work/postfix" -q x cdb:/nonexistent 2>&1 | grep -q unsupported; then
    n=$((n + 1)); echo "ok $n - cdb by the real postmap # SKIP postfix-cdb is not installed"
  else
    tables="$tables cdb:$work/maps/optout-special-offers" formats="$formats cdb"
  fi
  for format in $formats; do run -c "$work/real" --format="postfix-$format" --output "$work/maps" || break; [ "$code" = 0 ] || break; done
  [ "$code" = 0 ] && clean; ok $? "postmap makes tables: $formats"
  for key in ann@example.org ANN@Example.ORG "$(printf 'J\303\234RGEN@b\303\274cher.example')" "$(printf 'j\303\274rgen@xn--bcher-kva.example')" \
    "\"x' OR '1'='1\"@example.org" '"a\\b"@example.org' 'a%b@example.org' '"so\"me"@example.org'; do
    finds "$key" YES; ok $? "found: $key"
  done
  for key in eve@example.org bob@example.org "x' OR '1'='1" 'x\' '%' '%s@example.org' '*' '@example.org' ann "$(printf '%01000d' 0)@example.org"; do
    finds "$key" NO; ok $? "not found, and no complaint: $(printf %.60s "$key")"
  done
fi

echo "1..$n"
exit $((failed > 0))
