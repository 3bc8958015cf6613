#!/bin/sh
# What may stand where the store should be (TAP): one clear line that names the file, 75, and not an octet of it changed;
# check never says yes. tests/bad-input.sh has what needs a mount: a full disk, a read-only one.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP no sqlite3"; exit 0; }
umask 077
cat >"$work/optout.conf" <<END
[optout]
store = sqlite:$work/lib/consent.db
secret-file = $work/secret
[category news]
[mailbox unsubscribe@metrix.example]
role = unsubscribe
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG
store=$work/lib/consent.db
printf 'From: <eve@example.org>\nTo: unsubscribe@metrix.example\nSubject: unsubscribe\nMessage-ID: <m@example.org>\n\n' >"$work/mail.eml"
printf 'email\neve@example.org\n' >"$work/list.csv"

# Every command that opens the store, for looking and for writing.
commands='check ann@example.org news
show ann@example.org
history ann@example.org
list
export --format=csv
review list
cases list
partner list
stats
access ann@example.org
verify
keys list
backup BACKUP
add x@example.org --note x
opt-in x@example.org --proof x
import --note x LIST
erase ann@example.org --note x
keys rotate token --note x
restore --gap-closed --note x
replay MAIL
send
init'

# A good store, closed: all of it is in one file.
"$optout" init >/dev/null || exit 1
for who in ann bob carl; do "$optout" add $who@example.org --note x >/dev/null; done
"$optout" erase bob@example.org --note x >/dev/null
sqlite3 "$store" 'PRAGMA wal_checkpoint (TRUNCATE)' >/dev/null
cp "$store" "$work/good.db"; cp "$work/secret" "$work/good.secret"; page=$(sqlite3 "$store" 'PRAGMA page_size')

fresh () { rm -rf "$work/lib"; mkdir "$work/lib"; [ $# = 0 ] || cp "$1" "$store"; }
state () { (cd "$work/lib" && find . -type f ! -name '*.lock' ! -name '*-shm' ! -empty -exec stat -c '%n %F %s %a' {} + | sort; [ ! -f "$store" ] || [ ! -r "$store" ] || sha256sum "$store") 2>/dev/null; }
run () { code=0; timeout 20 "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
# A line on standard error, or at the door on standard output.
all_refuse () { # NAME PATTERN [COMMANDS]: every command ends with 75 and one line; nothing is changed
  before=$(state) wrong=
  echo "${3:-$commands}" >"$work/commands"
  while read -r words; do
    words=$(echo "$words" | sed "s|BACKUP|$work/copy.db|; s|LIST|$work/list.csv|; s|MAIL|$work/mail.eml|")
    run $prefix "$optout" $words
    if [ "$code" != 75 ] && [ "$code$words" != 1verify ]; then wrong="$wrong; $words: $code"; fi
    grep -q '^optout: .*'"$2" "$work/err" && [ "$(grep -c . "$work/err")" = 1 ] || wrong="$wrong; $words: $(cat "$work/err")"
  done <"$work/commands"
  [ -z "$wrong" ] && [ "$before" = "$(state)" ]; ok $? "$1: 75, one line, and left untouched"
  [ -z "$wrong" ] || echo "# $wrong" | fold -w 200 | sed 's/^/# /'
  [ "$before" = "$(state)" ] || { echo "$before"; state; } | sed 's/^/# /'
}
prefix=
no_init=$(echo "$commands" | grep -v '^init$')

fresh; all_refuse "no store" "consent\.db: there is no store; is its disk mounted" "$no_init"
fresh; : >"$store"; all_refuse "an empty file" "consent\.db: .*not a store of ours"
fresh; cp "$work/optout.conf" "$store"; all_refuse "a text file" "consent\.db: .*not a database"
fresh; head -c 65536 /dev/urandom >"$store"; all_refuse "random octets" "consent\.db: .*not a database"
fresh; sqlite3 "$store" 'CREATE TABLE event (id TEXT); CREATE TABLE mark (name TEXT, value TEXT)'; all_refuse "another program's database" "consent\.db: .*not a store of ours"
fresh "$work/good.db"; sqlite3 "$store" 'PRAGMA user_version = 77; PRAGMA wal_checkpoint (TRUNCATE)' >/dev/null; all_refuse "a newer store" "consent\.db: is of a newer program"
fresh "$work/good.db"; sqlite3 "$store" 'DROP TABLE standing; DROP TABLE event; PRAGMA wal_checkpoint (TRUNCATE)' >/dev/null
all_refuse "tables that are gone" "consent\.db: no such table.*'optout restore' brings a backup back" "check ann@example.org news
show ann@example.org
history ann@example.org
verify
add x@example.org --note x"
fresh; mkdir "$store"; all_refuse "a folder" "consent\.db: not a file"
fresh; mkfifo "$store"; all_refuse "a pipe" "consent\.db: not a file"
fresh; cp "$work/good.db" "$work/lib/other.db"; ln -s other.db "$store"; all_refuse "a link" "consent\.db: a symbolic link"
fresh; cp "$work/good.db" "$work/lib/other.db"; ln "$work/lib/other.db" "$store"; all_refuse "a second name" "consent\.db: has a second name"
fresh "$work/good.db"; dd if=/dev/zero of="$store" bs=100 count=1 conv=notrunc 2>/dev/null; all_refuse "a header of zeros" "consent\.db: .*not a database"
fresh "$work/good.db"; dd if=/dev/urandom of="$store" bs=$((page - 100)) seek=1 count=1 conv=notrunc iflag=fullblock oflag=seek_bytes 2>/dev/null
all_refuse "a first page that was overwritten" "consent\.db: .*\(malformed\|not a database\|not a store\)"
fresh "$work/good.db"; truncate -s "$page" "$store"; all_refuse "a store of which one page is left" "consent\.db: .*\(malformed\|not a database\)"
rm -rf "$work/lib"; all_refuse "no folder" "lib/consent\.db: the folder .*lib" "$no_init"

# ---- half a store: what needs the lost part fails, and nothing that looks changes it ----
never_yes () { # NAME: check, verify and backup do not call it good
  before=$(state) said=
  for who in ann bob nobody; do
    run "$optout" check $who@example.org news
    # bob and ann are stopped, nobody knows nobody: yes to him alone, and only where nothing is lost that check reads
    case $who$code in nobody0 | *1 | *75) ;; *) said="$said $who: $code" ;; esac
  done
  run "$optout" verify; [ "$code" != 0 ] || said="$said verify: 0"
  run "$optout" backup "$work/copy.db"; [ "$code" = 75 ] && [ ! -e "$work/copy.db" ] || said="$said backup: $code"
  [ -z "$said" ] && [ "$before" = "$(state)" ]; ok $? "$1: check says yes to nobody who is stopped, verify and backup say no, and it is left untouched"
  [ -z "$said" ] || echo "# $said"
  rm -rf "$work"/copy.db*
}
for table in event person standing mark sqlite_schema; do
  root=$(sqlite3 "$work/good.db" "SELECT coalesce ((SELECT rootpage FROM sqlite_schema WHERE name = '$table'), 1)")
  fresh "$work/good.db"
  if [ "$root" -gt 1 ]; then
    head -c "$page" /dev/urandom | dd of="$store" bs="$page" seek=$((root - 1)) conv=notrunc 2>/dev/null
    never_yes "the page of $table overwritten"
  fi
done
size=$(stat -c %s "$work/good.db"); fresh "$work/good.db"; truncate -s $((size / 2 / page * page)) "$store"; never_yes "half of it cut off"
fresh "$work/good.db"; truncate -s $((size - page)) "$store"; never_yes "the last page cut off"

# ---- not this store's log, not this store's keys ----
fresh "$work/good.db"; rm -f "$work/secret"; "$optout" -c "$work/optout.conf" --store "sqlite:$work/elsewhere.db" init >/dev/null
sqlite3 "$work/elsewhere.db" 'PRAGMA wal_checkpoint (TRUNCATE)' >/dev/null
for command in "check nobody@example.org news" "add x@example.org --note x" "verify" "backup $work/copy.db" "init"; do
  run "$optout" $command; [ "$code" = 75 ] || [ "$code$command" = 1verify ] && grep -q 'seal of the ledger' "$work/err"
  ok $? "other keys than the store's, $command: refused, since by them nobody knows who was erased"
done
for i in 1 2 3 4 5 6; do "$optout" --store "sqlite:$work/elsewhere.db" add w$i@example.org --note x >/dev/null; done
cp "$work/good.secret" "$work/secret"; chmod 600 "$work/secret"
cp "$work/elsewhere.db-wal" "$store-wal"
for command in "check nobody@example.org news" "verify" "backup $work/copy.db"; do
  run "$optout" $command; [ "$code" != 0 ]; ok $? "the log of another store beside it, $command: never yes"
done

# ---- permissions ----
if [ "$(id -u)" = 0 ]; then prefix="setpriv --reuid=65534 --regid=65534 --clear-groups"; chmod 755 "$work"; fi
if [ -n "$prefix" ] && ! $prefix true 2>/dev/null; then prefix=; fi
if [ "$(id -u)" != 0 ] || [ -n "$prefix" ]; then
  [ -z "$prefix" ] || chown 65534 "$work/secret" "$work/optout.conf" "$work/mail.eml" "$work/list.csv"
  fresh "$work/good.db"; chmod 0 "$store"; chmod 755 "$work/lib"
  all_refuse "no permission" "consent\.db: .*\(ermission denied\|unable to open\)" "$no_init"
  chmod 444 "$store"
  all_refuse "a file that may only be read, for writing" "consent\.db: .*ermission denied" "$(echo "$no_init" | sed -n '/^add/,$p')"
  if [ -n "$prefix" ]; then
    fresh "$work/good.db"; chmod 600 "$work/secret"; chown 0 "$work/secret"
    run $prefix "$optout" list; [ "$code" = 75 ] && grep -q 'secret: may not be read by you; be root or who owns it' "$work/err"
    ok $? "keys of somebody else: said, with who may read them"
    chown 65534 "$work/secret"
    rm -rf "$work/lib"; mkdir -m 755 "$work/lib"; chown 0 "$work/lib"
    run $prefix "$optout" init; [ "$code" = 75 ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -q "lib: nobody may not write there: run init as root" "$work/err"
    ok $? "init where the folder is root's: said, with what to do next"
    sed 's/^\[optout\]/&\nuser = nobody/' "$work/optout.conf" >"$work/as-root.conf"
    run "$optout" -c "$work/as-root.conf" init; [ "$code" = 75 ] && grep -q "lib: nobody may not write there: 'chown nobody: .*lib', then init again" "$work/err"
    ok $? "also by root, for the user of the settings"
    sed "s|$work/lib|$work/no/such|; s|^secret-file.*|secret-file = $work/no/secret|" "$work/optout.conf" >"$work/nowhere.conf"; chmod 644 "$work/nowhere.conf"
    run $prefix "$optout" -c "$work/nowhere.conf" init; [ "$code" = 75 ] && grep -q "^optout: init: $work: nobody may not write there: run init as root" "$work/err"
    ok $? "and where not even the folder can be made"
    chown 65534 "$work/lib"; run $prefix "$optout" init; [ "$code" = 0 ]; ok $? "and once that is done, it makes the store"
  fi
fi
echo "1..$n"
exit $((failed > 0))
