#!/bin/sh
# Partners: what they are told, and a partner that goes by it (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"
top_srcdir=$(cd "$top_srcdir" && pwd)
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is not installed"; exit 0; }
cat >"$work/optout.conf" <<END
[optout]
store = sqlite:$work/consent.db
secret-file = $work/secret
[category news]
[category offers]
[mailbox support@example.net]
copy = yes
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
complains () { # CODE PATTERN
  [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"
}
says () { grep -qE -- "$1" "$work/out"; }
partner () { code=0; python3 "$top_srcdir/tests/partner.py" "$work/state" "$work/keys" "$@" >"$work/out" 2>"$work/err" || code=$?; }
is () { # LINE...: that is what the last command wrote
  printf '%s\n' "$@" | cmp -s - "$work/out"
}
later () { sleep 1.1; } # of the same second the opt-out holds

"$optout" init >/dev/null

# ---- who they are ----
run partner; [ "$code" = 0 ] && says '^There are no partners\.$'; ok $? "at first there is no partner"
run partner overdue; [ "$code" = 0 ] && says '^There are no partners\.$'; ok $? "so nobody is overdue"
run partner add 'Acme Mail'; complains 64 'a-z, 0-9 and -'; ok $? "a name that is none is refused"
run partner add acme --seed nonsense; complains 64 'nonsense: not an e-mail address'; ok $? "so is a seed that is no address"
run partner hand acme; complains 64 'acme: no such partner'; ok $? "nothing is handed to who is no partner"
run partner add acme --seed 'Seed@Example.NET' --by carol --note 'contract 7'
[ "$code" = 0 ] && says '^acme: added'; ok $? "a partner is added"
run partner add acme; complains 64 'is a partner already'; ok $? "once"
run partner add bolt --seed seed@example.net; complains 64 'nobody else has'; ok $? "two do not share a seed"
run partner nonsense; complains 64 "optout help partner"; ok $? "what is no verb is refused"
run partner ack acme; complains 64 'takes a NAME and a NUMBER'; ok $? "so is half a command"

run partner key acme --by carol
[ "$code" = 0 ] && grep -qxE '[0-9a-f]{64}' "$work/out" && grep -q 'nobody reads along' "$work/err"; ok $? "its key is printed, with a warning"
cp "$work/out" "$work/keys"
run --store "$(grep -o 'sqlite:.*' "$work/optout.conf")" partner key acme; cmp -s "$work/out" "$work/keys"; ok $? "and is the same every time"

# ---- the first list ----
"$optout" add ann@example.org --note x >/dev/null
"$optout" add bob@example.org news --note x >/dev/null
"$optout" add 'Eve@Bücher.example' --note x >/dev/null
run partner add x --seed ann@example.org; complains 64 'nobody else has'; ok $? "whoever is in the store is no seed"
run partner hand acme --format xml; complains 64 'csv or jsonl'; ok $? "a list is CSV or JSON Lines"
run partner hand acme --output "$work/none/list"; complains 75 'none/list'; ok $? "no folder, no list"
run partner --json; says '"handed":null'; ok $? "and none that was handed on"
run partner hand acme --output "$work/list1.csv" --by carol --note 'by sftp'
[ "$code" = 0 ] && grep -q '^acme: number 1 (full), 4 entries' "$work/err"; ok $? "the first list has everybody"
[ "$(stat -c %a "$work/list1.csv")" = 640 ] && ! grep -q @ "$work/list1.csv"; ok $? "is for the group to read, and holds no address"
grep -q "sha256 $(sha256sum <"$work/list1.csv" | cut -d' ' -f1)" "$work/err"; ok $? "its sum is said"
partner take "$work/list1.csv"; ok $code "the partner takes it"
partner ask ann@example.org bob@example.org eve@xn--bcher-kva.example zoe@example.org seed@example.net
is 'ann@example.org: *' 'bob@example.org: news' 'eve@xn--bcher-kva.example: *' 'zoe@example.org: nothing' 'seed@example.net: *'
ok $? "and finds its own addresses, each with what it must not get, and its seed"

head -n 3 "$work/list1.csv" >"$work/cut"; partner take "$work/cut"; [ "$code" = 1 ]; ok $? "a list that was cut off is not taken"
sed '4d' "$work/list1.csv" >"$work/cut"; partner take "$work/cut"; [ "$code" = 1 ] && is 'is not whole'; ok $? "nor is one with a line lost"

# ---- what is confirmed ----
run partner ack acme 2; complains 64 'never handed number 2'; ok $? "what was not handed on is not confirmed"
run partner ack acme one; complains 64 'one: not the number'; ok $? "nor what is no number"
run partner ack acme 1 --at 2999-01-01; complains 64 'not a past date'; ok $? "nor in the future"
"$optout" add gus@example.org --note x >/dev/null
run partner hand acme --output "$work/lost.csv"; grep -q 'number 2 (full)' "$work/err"; ok $? "without a confirmation the next list has everybody again"
run partner ack acme 1 --by carol --note 'mail of Monday'; [ "$code" = 0 ] && says 'has confirmed number 1'; ok $? "the first is confirmed"
later
"$optout" opt-in ann@example.org --proof 'form 12' >/dev/null
"$optout" add bob@example.org offers --note x >/dev/null
"$optout" opt-in hal@example.org --proof 'form 13' >/dev/null
run partner hand acme --format jsonl --output "$work/list3.jsonl"
grep -q 'number 3 (delta), 3 entries' "$work/err"; ok $? "then a list has what has changed behind what was confirmed"
partner take "$work/list3.jsonl"; ok $code "the partner, whom the second never reached, takes it"
partner ask ann@example.org bob@example.org gus@example.org hal@example.org eve@xn--bcher-kva.example
is 'ann@example.org: nothing' 'bob@example.org: news offers' 'gus@example.org: *' 'hal@example.org: nothing' 'eve@xn--bcher-kva.example: *'
ok $? "and knows what holds now, what the lost one said too"
run partner --csv; [ "$(sed -n 2p "$work/out" | cut -d, -f1,2,4,6)" = acme,3,1,4 ]; ok $? "the listing says how far it is behind"
"$optout" partner ack acme 3 >/dev/null
run partner --csv; [ "$(sed -n 2p "$work/out" | cut -d, -f1,2,4,6)" = acme,3,3,0 ]; ok $? "and that it is not, with the third confirmed"
"$optout" add ina@example.org --note x >/dev/null
"$optout" partner hand acme --output "$work/list4.csv" 2>/dev/null
"$optout" partner ack acme 4 >/dev/null
"$optout" add jim@example.org --note x >/dev/null
"$optout" partner hand acme --output "$work/list5.csv" 2>/dev/null
partner take "$work/list5.csv"; [ "$code" = 1 ] && is 'leaves a gap'; ok $? "a partner that missed a list it confirmed finds out"
run partner hand acme --full --output "$work/list6.csv"; partner take "$work/list6.csv"
partner ask ina@example.org jim@example.org ann@example.org
is 'ina@example.org: *' 'jim@example.org: *' 'ann@example.org: nothing'; ok $? "and everybody again, where it is asked for, mends it"
"$optout" partner ack acme 6 >/dev/null

# ---- standard output ----
"$optout" add kim@example.org --note x >/dev/null
run partner hand acme --format jsonl; [ "$code" = 0 ] && [ "$(wc -l <"$work/out")" = 3 ] && grep -q '^acme: number 7' "$work/err"; ok $? "without a file the list goes to standard output"
cp "$work/out" "$work/list7.jsonl"; partner take "$work/list7.jsonl"; ok $code "and is the same there"
"$optout" partner hand acme >/dev/full 2>"$work/err"; code=$?; [ "$code" = 75 ] && grep -q 'not whole' "$work/err" && ! grep -q 'ack acme' "$work/err"; ok $? "a list that cannot be written is said to be none"
"$optout" partner ack acme 7 >/dev/null

# ---- the same by export ----
run export --partner acme --category news; complains 64 '--partner goes with'; ok $? "what export else can do does not go with a partner"
run export --full; complains 64 '--full goes with --partner'; ok $? "nor everybody with none"
run export --partner acme --format jsonl --output "$work/list9.jsonl" --by dora
[ "$code" = 0 ] && grep -q '^acme: number 9 (delta), 0 entries' "$work/err" && partner take "$work/list9.jsonl" && [ "$code" = 0 ]; ok $? "export hands on the same list"

# ---- do not pass my address on ----
cat >"$work/mail" <<'END'
From: Lea <lea@example.org>
To: support@example.net
Subject: My data
Message-ID: <no-sharing@example.org>
Date: Sun, 22 Nov 2026 10:00:00 +0000

Please do not pass my address on to third parties.
END
"$optout" replay --as support@example.net "$work/mail" >/dev/null 2>&1
run history --json lea@example.org; says '"action":"no-sharing"'; ok $? "somebody wants not to be passed on"
"$optout" partner hand acme --output "$work/list10.csv" 2>/dev/null
partner take "$work/list10.csv"; partner ask lea@example.org; is 'lea@example.org: * no-sharing'; ok $? "the partner hears of it, with the mark"
"$optout" partner hand acme --full --output "$work/list11.csv" 2>/dev/null
partner take "$work/list11.csv"; partner ask lea@example.org; is 'lea@example.org: * no-sharing'; ok $? "in a list of everybody too"
"$optout" partner ack acme 11 >/dev/null

# ---- a new key ----
run partner rekey acme --note 'the old one leaked'; [ "$code" = 0 ] && says 'key 2'; ok $? "a partner gets a new key"
"$optout" partner key acme >"$work/key2" 2>/dev/null
! cmp -s "$work/key2" "$work/keys"; ok $? "which is another"
cp "$work/keys" "$work/key1"
run partner hand acme --output "$work/list12.csv"; grep -q 'number 12 (full)' "$work/err"; ok $? "the next list has everybody"
partner take "$work/list12.csv"; partner ask gus@example.org; is 'gus@example.org: nothing'; ok $? "the old key finds nobody in it"
cp "$work/key2" "$work/keys"; partner ask gus@example.org; is 'gus@example.org: *'; ok $? "the new one does"

# ---- the page for partners ----
example () { awk -v from="$1" '/^\.Bd/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside && index ($0, from) == 1 { on = 1 } !inside { on = 0 } on' \
  "$top_srcdir/doc/optout-partner.5" | sed 's/\\e/\\/g'; }
example 'import hashlib' >"$work/example.py"
"$optout" partner hand acme --full --format jsonl --output "$work/list.jsonl" 2>/dev/null
code=0; printf '%s\n' 'Gus@EXAMPLE.org.' '<gus+shop@example.org>' '"gus"@example.org' 'eve@xn--bcher-kva.example' 'zoe@example.org' ann@example.org |
  python3 "$work/example.py" "$work/key2" "$work/list.jsonl" >"$work/out" 2>"$work/err" || code=$?
is 'Gus@EXAMPLE.org.' '<gus+shop@example.org>' '"gus"@example.org' 'eve@xn--bcher-kva.example'; ok $? "its program finds an address in whatever way it is written"
if python3 -c 'import idna' 2>/dev/null; then
  printf 'Eve@BÜCHER.example\n' | python3 "$work/example.py" "$work/key2" "$work/list.jsonl" >"$work/out" 2>"$work/err"
  is 'Eve@BÜCHER.example'; ok $? "also one whose domain is not ASCII"
else
  ok 0 "also one whose domain is not ASCII # SKIP no module idna"
fi
head -n 4 "$work/list.jsonl" >"$work/cut"; echo gus@example.org | python3 "$work/example.py" "$work/key2" "$work/cut" >"$work/out" 2>"$work/err"
[ $? = 1 ] && [ ! -s "$work/out" ]; ok $? "and takes no list that was cut off"
if command -v openssl >/dev/null; then
  KEY=$(cat "$work/key2"); export KEY
  example 'printf %s' >"$work/example.sh"; sh "$work/example.sh" >"$work/out" 2>"$work/err"
  KEY=$KEY python3 -c 'import hashlib, hmac, os
print (hmac.new (bytes.fromhex (os.environ["KEY"]), b"ann@example.org", hashlib.sha256).hexdigest ())' >"$work/hash"
  [ -s "$work/hash" ] && grep -qF "$(cat "$work/hash")" "$work/out"; ok $? "its line of openssl makes the same hash"
else
  ok 0 "its line of openssl makes the same hash # SKIP no openssl"
fi

# ---- seeds ----
run partner leak 'SEED@example.net'; [ "$code" = 0 ] && says 'the seed of acme'; ok $? "a seed says whose it is"
run partner leak ann@example.org; [ "$code" = 1 ] && says "nobody's seed"; ok $? "another address is nobody's"

# ---- who is overdue ----
run partner overdue; [ "$code" = 0 ] && says '10 business days'; ok $? "nobody is overdue who has time left"
run partner overdue --days 400; complains 64 '1 to 366'; ok $? "a term has its bounds"
cat >"$work/mail" <<'END'
From: Old <old@example.org>
To: unsubscribe@example.net
Subject: unsubscribe
Message-ID: <old@example.org>
Date: Mon, 5 Jan 2026 10:00:00 +0000

unsubscribe
END
"$optout" replay --as unsubscribe@example.net "$work/mail" >/dev/null 2>&1
run partner overdue; [ "$code" = 0 ]; ok $? "nor for what came in before it was a partner"
python3 - "$work/consent.db" <<'END'
import sqlite3, sys
db = sqlite3.connect (sys.argv[1])
db.execute ("UPDATE partner SET added_at = added_at - 400 * 86400")
db.commit ()
END
run partner overdue; [ "$code" = 1 ] && says '^acme +not confirmed'; ok $? "whoever has not confirmed a list in time is overdue"
run partner overdue --json; [ "$code" = 1 ] && says '"name":"acme".*"since":"2026-01-05T10:00:00Z","due":"2026-01-19T10:00:00Z"'; ok $? "from when the wish reached us, over the weekends"
"$optout" partner hand acme --full --output "$work/last.csv" 2>"$work/err"
"$optout" partner ack acme "$(sed -n 's/^acme: number \([0-9]*\) .*/\1/p' "$work/err")" >/dev/null
run partner overdue; [ "$code" = 0 ]; ok $? "a confirmation ends that"

# ---- a store that fails ----
[ "$("$optout" partner --csv | tail -n 1 | cut -d, -f6)" = 0 ]; ok $? "nothing is left to tell"
"$optout" add max@example.org --note x >/dev/null
wrong= call=0 code=75
while [ "$code" != 0 ] && [ $call -lt 500 ]; do
  call=$((call + 1))
  rm -f "$work/fault.csv"
  run --store "fault:$call:sqlite:$work/consent.db" partner hand acme --output "$work/fault.csv"
  case $code in 0) [ -s "$work/fault.csv" ] ;; 75) [ ! -e "$work/fault.csv" ] ;; *) false ;; esac || wrong="$wrong $call"
done
[ $call -gt 5 ] && [ $call -lt 500 ] && [ -z "$wrong" ] && [ -z "$(ls -A "$work" | grep '^\.fault')" ]; ok $? "whichever call of the store fails, there is a whole list, or none and 75"
partner take "$work/last.csv"; partner take "$work/fault.csv"; partner ask max@example.org; is 'max@example.org: *'; ok $? "and in the end the partner hears of it"

# ---- a copy that was brought back ----
"$optout" backup "$work/copy.db" >/dev/null && mv "$work/consent.db" "$work/away.db" && rm -f "$work"/consent.db-*
"$optout" restore --note 'disk lost' "$work/copy.db" >/dev/null 2>&1
run partner hand acme; complains 75 'gap'; ok $? "a store that may lack somebody hands nothing on"
rm -f "$work"/consent.db*; mv "$work/away.db" "$work/consent.db"

# ---- the end ----
run partner retire acme --note 'contract ended'; [ "$code" = 0 ] && says 'retired'; ok $? "a partner is retired"
run partner hand acme; complains 64 'is retired'; ok $? "and gets nothing any more"
run partner add acme; [ "$code" = 0 ] && "$optout" partner key acme 2>/dev/null >"$work/key3" && ! cmp -s "$work/key3" "$work/key2"; ok $? "it comes back with a new key"
run verify; [ "$code" = 0 ]; ok $? "the ledger is whole"
python3 - "$work/consent.db" >"$work/out" <<'END'
import sqlite3, sys
for row in sqlite3.connect (sys.argv[1]).execute ("SELECT action, details, actor FROM event JOIN person USING (seq) WHERE reason = 'house' ORDER BY seq"):
    print (*row)
END
says "^partner .*'what': 'added'.* carol$" && says "^partner .*'what': 'key shown'" \
  && says "^hand-on .*'entries': '4'.*'number': '1'.*'sha256': '[0-9a-f]{64}'.* carol$" && says "^acknowledge .*'number': '1'.* carol$"
ok $? "and has what was handed to whom, and who did it"

# ---- who tampers with it ----
# tampered NAME WANTED SQL: verify of a copy that was changed so says what is WANTED
tampered () {
  cp "$work/consent.db" "$work/tampered.db"
  python3 -c 'import sqlite3, sys; db = sqlite3.connect (sys.argv[1]); db.execute (sys.argv[2]); db.commit ()' "$work/tampered.db" "$3"
  run verify --store "sqlite:$work/tampered.db"; complains 1 "$2"; ok $? "verify finds $1"
}
python3 -c 'import sqlite3, sys; sqlite3.connect (sys.argv[1]).execute ("PRAGMA wal_checkpoint(TRUNCATE)")' "$work/consent.db"
cp "$work/consent.db" "$work/tampered.db"
run verify --store "sqlite:$work/tampered.db"; [ "$code" = 0 ]; ok $? "a copy is whole as long as nobody touches it"
tampered 'a list that is said to be handed on earlier' 'file 1 of partner acme is not what its event' "UPDATE handover SET made_at = made_at - 60 WHERE partner = 'acme' AND number = 1"
tampered 'one that held less' 'file 1 of partner acme is not what its event' "UPDATE handover SET upto_seq = upto_seq + 1 WHERE partner = 'acme' AND number = 1"
tampered 'one that is gone' 'is missing from the list of it' "DELETE FROM handover WHERE partner = 'acme' AND number = 2"
tampered 'one that never was' 'rests on no event' "INSERT INTO handover SELECT partner, 99, kind, since_seq, upto_seq, entries, sha256, made_at, 0, actor, 'none' FROM handover WHERE number = 1"
tampered 'a copy of one' 'rest on one event' "INSERT INTO handover SELECT partner, 99, kind, since_seq, upto_seq, entries, sha256, made_at, 0, actor, event FROM handover WHERE number = 1"
tampered 'one confirmed earlier than it was' 'file 3 of partner acme is not confirmed as event' "UPDATE handover SET acked_at = acked_at - 60 WHERE partner = 'acme' AND number = 3"
tampered 'one that is no longer confirmed' 'file 1 of partner acme is not confirmed as event' "UPDATE handover SET acked_at = 0 WHERE partner = 'acme' AND number = 1"
echo "1..$n"
exit $((failed > 0))
