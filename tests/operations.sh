#!/bin/sh
# Copies of a live store, bringing one back, and keys (TAP), as an operator does it.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
trap 'kill $writer 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
writer=
store=$work/lib/consent.db
cat >"$work/optout.conf" <<END
[optout]
store = sqlite:$store
secret-file = $work/etc/secret
[category news]
[category invoices]
essential = yes
[mailbox unsubscribe@metrix.example]
role = unsubscribe
[mailbox support@metrix.example]
role = mixed
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { # CODE PATTERN: that code and one line
  [ "$code" = "$1" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"
}
sum () { cat "$@" | sha256sum; }
mail () { # ADDRESS DATE [TO SUBJECT]
  printf 'Received: from a by b; %s\nFrom: <%s>\nTo: %s\nSubject: %s\nMessage-ID: <%s>\nDate: %s\n\nhello\n' \
    "$2" "$1" "${3:-unsubscribe@metrix.example}" "${4:-unsubscribe}" "$1" "$2"
}
take () { # ADDRESS [TO SUBJECT]
  mail "$1" "$(date -R)" "${2:-unsubscribe@metrix.example}" "${3:-unsubscribe}" >"$work/mail.eml"
  "$optout" replay "$work/mail.eml" >"$work/out" 2>"$work/err"
  rm "$work/mail.eml"
}

run init
take ann@example.org; take bob@example.org
take carl@example.org support@metrix.example 'how do I get off this list?'
[ "$(ls "$store.held" | wc -l)" = 1 ]; ok $? "two wishes are recorded, and a question is held"

# ---- init again ----
run init; [ "$code" = 0 ] && says '^exists .*secret' && says '^exists sqlite:'; ok $? "init again keeps what is there"
mv "$work/etc/secret" "$work/etc/away"
run init; complains 75 'secret: is missing, and new keys would not fit' && [ ! -e "$work/etc/secret" ]; ok $? "it makes no new keys for a store that has others"
cp "$work/etc/away" "$work/etc/secret"; sed -i 's/^chain = ...../chain = 00000/' "$work/etc/secret"; chmod 600 "$work/etc/secret"
run init; complains 75 'seal of the ledger'; ok $? "and says when the keys are another store's"
mv "$work/etc/away" "$work/etc/secret"; rm "$store.lock"; run add x@example.org --note x; [ "$code" = 0 ]; ok $? "a lock file that is gone is made anew"

# ---- backup ----
run backup; complains 64 'one FILE'; ok $? "backup wants to know where to"
run backup "$work/none/a.db"; complains 75 'none/a\.db'; ok $? "a folder that is not there is named"
run backup "$work/copy.db" --by olga --note nightly
[ "$code" = 0 ] && says 'every one verifies.*keys are not in it.*etc/secret'; ok $? "backup copies, verifies, and says what is not in it"
[ "$(stat -c %a "$work/copy.db" "$work/copy.db.held" "$work/copy.db.held"/* | tr '\n' ' ')" = "600 700 600 " ]; ok $? "the copy and its held mail are ours alone"
[ "$(ls "$work" | tr '\n' ' ')" = "copy.db copy.db.held err etc lib optout.conf out " ]; ok $? "and nothing else is left behind"
cmp -s "$store.held"/* "$work/copy.db.held"/*; ok $? "the held mail is the same, octet for octet"
run --store "sqlite:$work/copy.db" verify; [ "$code" = 0 ]; ok $? "verify works on the copy"
run --store "sqlite:$work/copy.db" review list; [ "$code" = 0 ] && says 'carl@example.org'; ok $? "so does the review"
run --store "sqlite:$work/copy.db" check eve@example.org news; complains 75 'a copy made .*replay --since .*--gap-closed'; ok $? "a copy never says yes to marketing"
run --store "sqlite:$work/copy.db" check ann@example.org news; [ "$code" = 1 ]; ok $? "it may say no"
run --store "sqlite:$work/copy.db" check eve@example.org invoices; [ "$code" = 0 ]; ok $? "and essential mail needs no store"
before=$(sum "$work/copy.db")
run backup "$work/copy.db"; complains 75 'exists already; --force'; ok $? "a copy is not replaced by mistake"
[ "$before" = "$(sum "$work/copy.db")" ]; ok $? "and stays as it is"
ln -s "$work/copy.db" "$work/link.db"; run backup --force "$work/link.db"; complains 75 'not a file'; ok $? "nor is anything but a file, force or not"
rm "$work/link.db"
inode=$(stat -c %i "$store"); run backup --force "$store"; complains 75 'a store that is or was in use' && [ "$inode" = "$(stat -c %i "$store")" ]; ok $? "least of all the store itself"
run check eve@example.org news; [ "$code" = 0 ]; ok $? "which answers as before"
id=$("$optout" review list --json | sed 's/.*"id":"\([^"]*\)".*/\1/')
run review reject "$id" --by olga
run backup --force "$work/copy.db"
[ "$code" = 0 ] && [ -z "$(ls "$work/copy.db.held")" ]; ok $? "with --force it is; mail that is decided on goes from it"
run backup "$work/full.db"
sh -c "ulimit -f 8; trap '' XFSZ; exec '$optout' backup '$work/small.db'" >"$work/out" 2>"$work/err"; code=$?
[ "$code" = 75 ] && [ ! -e "$work/small.db" ] && [ ! -e "$work/small.db.new" ]; ok $? "on a full disk there is no half copy"
: >"$work/rest.db.new"; run backup "$work/rest.db"; [ "$code" = 0 ] && [ ! -e "$work/rest.db.new" ]; ok $? "what a crash left is written over"
flock "$work/rest.db" true; : >"$work/busy.db.new"
flock "$work/busy.db.new" "$optout" backup "$work/busy.db" >"$work/out" 2>"$work/err"; code=$?
complains 75 'another copy.*under way'; ok $? "two copies to one place do not meet"

# ---- under a writer that commits all the time ----
cat >"$work/add.sh" <<'END'
i=0
while [ ! -e "$2/stop" ]; do
  i=$((i + 1))
  "$1" add "w$i@example.org" --note load >/dev/null 2>>"$2/errors" && echo "$i" >"$2/acked.new" && mv "$2/acked.new" "$2/acked"
done
END
mkdir "$work/load"; sh "$work/add.sh" "$optout" "$work/load" & writer=$!
while [ ! -e "$work/load/acked" ]; do sleep 0.05; done
good=0
for i in 1 2 3 4 5; do
  acked=$(cat "$work/load/acked")
  run backup "$work/live$i.db" || break
  [ "$code" = 0 ] && "$optout" --store "sqlite:$work/live$i.db" show "w$acked@example.org" --json | grep -q '"status":"stopped"' && good=$((good + 1))
done
: >"$work/load/stop"; wait $writer; writer=
[ "$good" = 5 ]; ok $? "copied while another process writes: what was acknowledged before is in each copy"
[ ! -s "$work/load/errors" ]; ok $? "and the writer was never turned away"

# ---- restore ----
rm -f "$work"/live?.db "$work"/full.db "$work"/rest.db "$work"/busy.db*
run backup --force "$work/copy.db"
made=$(sqlite3 "$work/copy.db" "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', value, 'unixepoch') FROM mark WHERE name = '.copied'")
take dora@example.org; run add emil@example.org --note phone
take gina@example.org support@metrix.example 'how do I get off this list?'
count=$("$optout" verify | sed 's/.* \([0-9]*\) events.*/\1/')
run restore "$work/copy.db"; complains 64 '--note'; ok $? "restore wants a reason"
run restore "$work/copy.db" --note x; complains 1 'whole and has .* events that the copy has not; --force'; ok $? "a store that is whole and knows more is not given up by mistake"
before=$(sum "$store"); head -c 30000 /dev/urandom >"$work/junk.db"
run restore "$work/junk.db" --note x; complains 75 'junk\.db'; ok $? "what is no copy of ours is not brought back"
cp "$work/copy.db" "$work/bad.db"; sqlite3 "$work/bad.db" "UPDATE event SET recorded_at = 1 WHERE seq = 2"
run restore --force "$work/bad.db" --note x; complains 75 'row 2.*Nothing was changed'; ok $? "nor one that does not verify"
mkdir "$work/etc2"; sed "s|$work/etc/|$work/etc2/|; s|$work/lib|$work/lib2|" "$work/optout.conf" >"$work/other.conf"; "$optout" -c "$work/other.conf" init >/dev/null
run -c "$work/other.conf" restore --force "$work/copy.db" --note x; complains 75 'seal.*key'; ok $? "nor one of another store, with other keys"
[ "$before" = "$(sum "$store")" ]; ok $? "the store is as it was"

: >"$store.restored-wal" # what a restore that was killed leaves
run restore --force "$work/copy.db" --by olga --note 'disk failed'
aside=$(sed -n 's/^What was there is \([^ ]*\) now.*/\1/p' "$work/out")
[ "$code" = 0 ] && says "replay --since .* --closes-gap" && says "Mail taken since $made is not in it"; ok $? "restore names the gap and what to do"
[ -f "$aside" ] && says "It is whole and has $count events"; ok $? "what was there is moved aside, whole, and that is said"
"$optout" --store "sqlite:$aside" show dora@example.org --json | grep -q '"status":"stopped"'; ok $? "and can be read there"
[ "$(ls "$aside.held" | wc -l)" = 1 ] && [ -z "$(ls "$store.held" 2>/dev/null)" ]; ok $? "so can the mail that was held"
run verify; [ "$code" = 0 ]; ok $? "the store verifies"
[ "$(stat -c %a "$store")" = 600 ] && [ "$(sqlite3 "$store" 'PRAGMA journal_mode')" = wal ]; ok $? "it is ours alone, and has a write-ahead log again"
run check dora@example.org news; complains 75 "a copy made $made"; ok $? "check does not say yes to marketing"
run check eve@example.org news; complains 75 'closes-gap'; ok $? "not for anybody"
run check ann@example.org news; [ "$code" = 1 ]; ok $? "no is still no"
run check eve@example.org invoices; [ "$code" = 0 ]; ok $? "essential mail goes on"
run export --format=csv; complains 75 'a copy made' && [ ! -s "$work/out" ]; ok $? "nor is a list made that would lack those who are missing"
echo eve@example.org | "$optout" check --batch news >"$work/out" 2>"$work/err"; code=$?
complains 75 'a copy made' && [ ! -s "$work/out" ]; ok $? "nor does a batch"
take fred@example.org; run show fred@example.org --json; says '"news","status":"stopped"'; ok $? "mail is taken meanwhile"

# ---- the gap ----
mkdir "$work/box"; for who in dora gina; do mail $who@example.org "$(date -R -d '-1 minute')" >"$work/box/$who"; done
run replay --closes-gap "$work/box"; complains 64 'needs --since'; ok $? "a replay that closes the gap says since when"
run replay --closes-gap --since 2038-01-01 "$work/box"; complains 64 'later than the copy'; ok $? "and not since after the copy was made"
run replay --closes-gap --since 2026-11-01 --dry-run "$work/box"; complains 64 'recorded'; ok $? "and is no trial"
run replay --closes-gap --since 2026-11-01 "$work/box" "$work/none"
[ "$code" = 1 ] && grep -q 'gap stays open' "$work/err"; ok $? "when some mail cannot be read the gap stays"
run check eve@example.org news; [ "$code" = 75 ]; ok $? "and so does the answer"
run replay --closes-gap --since 2026-11-01 "$work/box"
[ "$code" = 0 ] && says 'the gap is closed'; ok $? "when all of it was taken the gap is closed"
run check eve@example.org news; [ "$code" = 0 ]; ok $? "and check says yes again"
run check dora@example.org news; [ "$code" = 1 ]; ok $? "but not for her whose wish had been missing"
run replay --closes-gap --since 2026-11-01 "$work/box"; complains 64 'no gap'; ok $? "there is nothing more to close"
run restore --force "$work/copy.db" --note again
run restore --gap-closed; complains 64 '--note'; ok $? "an operator who closes it says why"
run restore --gap-closed --by olga --note 'mail was off'; [ "$code" = 0 ]; ok $? "and may"
run check eve@example.org news; [ "$code" = 0 ]; ok $? "then check says yes"
run restore --gap-closed --note x; [ "$code" = 0 ] && says 'no gap'; ok $? "once"
run verify; [ "$code" = 0 ]; ok $? "all of it is in the ledger, which verifies"
sqlite3 "$store" "SELECT actor, details FROM event JOIN person USING (seq) WHERE action = 'restore' ORDER BY seq" >"$work/out"
says "again.*restored" && says "olga.*mail was off.*gap closed"; ok $? "with who and why"
rm "$store"; rm -f "$store-wal" "$store-shm"
run restore "$work/copy.db" --note 'lost'; [ "$code" = 0 ] && [ -f "$store" ]; ok $? "a store that is gone can be brought back too"

# ---- keys ----
secret=$work/etc/secret
run keys rotate suppression --note x; complains 64 'never changed.*erased'; ok $? "the suppression key is never changed"
run keys rotate chain; complains 64 '--note'; ok $? "who changes a key says why"
run keys rotate pigeon --note x; complains 64 'pigeon: no such key'; ok $? "and which"
run add token@example.org --note 'before'
"$optout" backup "$work/early.db" >"$work/out"
run keys rotate token --note yearly --by olga; [ "$code" = 0 ] && says 'token key 2'; ok $? "there is a new key for tokens"
mail again@example.org "$(date -R)" >"$work/mail.eml"; run replay "$work/mail.eml"; run keys rotate token --note yearly
run replay "$work/mail.eml"; says 'recorded: 0 new, 1 already known'; ok $? "a mail that came in before is known under any key"
chmod 600 "$secret"; owner=$(stat -c '%u:%g %a' "$secret"); before=$(wc -l <"$secret")
run keys rotate chain --note yearly --by olga; [ "$code" = 0 ] && says 'chain key 2 is in use.*retired behind row'; ok $? "and one for the chain"
[ "$owner" = "$(stat -c '%u:%g %a' "$secret")" ] && [ "$(ls "$work/etc")" = secret ]; ok $? "the secret file keeps owner and mode, and nothing stands beside it"
run verify; [ "$code" = 0 ]; ok $? "the ledger verifies over the change"
run add after@example.org --note 'later'; run verify; [ "$code" = 0 ]; ok $? "and goes on"
run keys list --csv; says '^chain,1,,retired behind row' && says '^chain,2,.*,in use' && says '^token,3,.*in use' && says '^suppression,1,.*for ever'; ok $? "keys lists them"
run keys rotate chain --note again; run verify; [ "$code" = 0 ]; run keys --csv; says '^chain,3,[^,]*,in use'; ok $? "a key may change again"
sqlite3 "$store" "SELECT actor, details, scope FROM event JOIN person USING (seq) WHERE action = 'keys'" >"$work/out"; says 'olga.*yearly.*chain\.2'; ok $? "the ledger says who and why"
sed '/retired/d; /^chain\.3/d' "$secret" >"$work/etc2/secret"; chmod 600 "$work/etc2/secret"
sed "s|$work/etc/|$work/etc2/|" "$work/optout.conf" >"$work/other.conf"
count=$(sqlite3 "$store" 'SELECT count(*) FROM event')
run -c "$work/other.conf" add fork@example.org --note x; complains 75 'seal.*started'; ok $? "a program with the old keys fails"
[ "$count" = "$(sqlite3 "$store" 'SELECT count(*) FROM event')" ]; ok $? "and writes nothing"

# Whoever has the old chain key cuts the ledger off in front of the change and seals it: as the copy from before is.
run --store "sqlite:$work/early.db" verify; complains 1 'key that is retired'; ok $? "an old key does not seal a ledger that was cut back"
run restore --force "$work/early.db" --note x; complains 75 'retired'; ok $? "so a copy from before is refused"
run restore --force --retired-key "$work/early.db" --note 'it is ours'; [ "$code" = 0 ]; ok $? "unless who brings it says that it is genuine"
run verify; [ "$code" = 0 ]; run keys --csv; says '^chain,3,[^,]*,in use'; ok $? "then the ledger goes on under the newest key"
run restore --gap-closed --note x; run add post@example.org --note x; run verify; [ "$code" = 0 ]; ok $? "and is written to as ever"

# Broken off between any two steps.
works () { # SENTENCE: reading, writing and verifying, and the same command ends what was begun
  run add "$2@example.org" --note x; one=$code; run verify; two=$code
  run keys rotate chain --note again; three=$code; run keys --csv; four=$(grep -c ',in use' "$work/out"); ! says 'not yet'; five=$?
  run verify; [ "$one$two$three$four$five$code" = "000200" ]; ok $? "$1"
}
cp "$secret" "$work/secret.before"
echo "chain.4 = $(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') since 2026-11-22T00:00:00Z" >>"$secret"
run keys --csv; says '^chain,4,.*not yet in use'; ok $? "a key that was made and not used is seen"
works "broken off before the ledger goes on under the new key, all works" half1
run keys --csv; says '^chain,4,[^,]*,in use'; ok $? "and the key that was made is used"
sed -i '/^chain\.3\.retired/d' "$secret"
run keys --csv; says '^chain,3,.*not yet retired'; ok $? "a key that was not retired is seen"
works "broken off before the old key is retired, all works" half2
run keys --csv; says '^chain,4,[^,]*,in use' && says '^chain,3,.*retired'; ok $? "and no other key is made"
for delay in 001 003 005 007 009 011 013 016 020 025 030; do
  timeout -s KILL "0.$delay" "$optout" keys rotate chain --note kill >/dev/null 2>&1
done
works "killed at any moment, all works" half3

echo "1..$n"
exit $((failed > 0))
