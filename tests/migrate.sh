#!/bin/sh
# Stores that an older program left, and one that a newer program left (TAP). tests/test-migrate.c stops on the way.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
from=$top_srcdir/tests/migrate
store=$work/consent.db
cp "$from/secret" "$work/secret"; chmod 600 "$work/secret"
cat >"$work/optout.conf" <<END
[optout]
store = sqlite:$store
secret-file = $work/secret
[category news]
[category offers]
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }
ask () { sqlite3 "$store" "$1"; }
sum () { sha256sum <"$store"; }
check () { run check "$1@example.org" "$2"; printf %s "$code"; }

command -v sqlite3 >/dev/null || { echo "1..0 # SKIP no sqlite3"; exit 0; }
umask 077
sqlite3 "$store" <"$from/schema-1.sql" >/dev/null
held=$(ask "SELECT id FROM held WHERE decided_at = 0")
mkdir "$store.held"; cp "$from/held.eml" "$store.held/$held.eml"
ask "PRAGMA wal_checkpoint (TRUNCATE)" >/dev/null

before=$(sum)
for command in "show ann@example.org" "check ann@example.org news" "history ann@example.org" "list" "verify" "review list" "backup $work/copy.db"; do
  run $command; complains 75 'consent\.db: is of an older program; a command that writes brings it up to date'
  ok $? "schema 1, $command: says that a command which writes brings it up to date"
done
[ "$before" = "$(sum)" ]; ok $? "looking changes nothing"

# What was there before; the answers of check are what the program of then said.
ask "SELECT * FROM event ORDER BY seq" >"$work/events"; ask "SELECT * FROM standing" >"$work/standing"
ask "SELECT seq, address, details FROM person ORDER BY seq" >"$work/people"
run add new@example.org --note 'the first to write'; [ "$code" = 0 ] && [ "$(ask 'PRAGMA user_version')" = 2 ]; ok $? "a command that writes brings it up to date"
run verify; [ "$code" = 0 ] && says ' 17 events'; ok $? "the ledger verifies, old rows and new"
ask "SELECT * FROM event WHERE seq <= 16 ORDER BY seq" | cmp -s - "$work/events"; ok $? "no event has changed"
ask "SELECT seq, address, details FROM person WHERE seq <= 16 ORDER BY seq" | cmp -s - "$work/people"; ok $? "nor what it says of whom"
ask "SELECT * FROM standing WHERE who <> 'new@example.org'" | cmp -s - "$work/standing"; ok $? "nor what holds"
answers=$(check ann news)$(check ann offers)$(check bob news)$(check bob offers)$(check carla news)$(check hans news)$(check ida news)$(check kurt offers)
[ "$answers" = 01010111 ] || { echo "# $answers"; false; }; ok $? "check answers as before"
run history ann@example.org --json; says '"reason":"person"' && says 'signed form of 21 November'; ok $? "history tells what was said"
[ "$(ask "SELECT kind FROM request WHERE closed_at = 0 ORDER BY kind" | tr '\n' ' ')" = "access correction erasure no-sharing " ]; ok $? "what asks for somebody to act has become a case"
run cases list --json; [ "$code" = 0 ] && [ "$(grep -c . "$work/out")" = 4 ]; ok $? "and is listed"
run review show --raw "$held"; cmp -s "$work/out" "$from/held.eml"; ok $? "the held mail can be read"
[ "$(ask "SELECT count(*) FROM reply WHERE state = 'waiting'")" = 10 ]; ok $? "confirmations still wait"
run review accept "$held" --by lena; [ "$code" = 0 ]; run erase ann@example.org --note 'asked for it' --by lena; [ "$code" = 0 ]; ok $? "a decision is taken, and a person of then erased"
[ "$(check ann offers)" = 1 ]; ok $? "and stays opted out"
run backup "$work/copy.db"; [ "$code" = 0 ]; run verify; [ "$code" = 0 ]; ok $? "it is copied, and verifies"

# ---- newer ----
ask "PRAGMA user_version = 99; PRAGMA wal_checkpoint (TRUNCATE)" >/dev/null; before=$(sum)
for command in "show ann@example.org" "add x@example.org --note x" "verify" "backup $work/other.db" "keys rotate token --note x" "restore --gap-closed --note x"; do
  run $command; complains 75 'consent\.db: is of a newer program'; ok $? "a newer store, $command: says that it is newer"
done
run init; [ "$code" = 75 ] && grep -q newer "$work/err"; ok $? "init too"
[ "$before" = "$(sum)" ]; ok $? "and it is left untouched"
echo "1..$n"
exit $((failed > 0))
