#!/bin/sh
# People's rights as the staff sees to them (TAP): cases, erasure, access, retention. After an erasure every file of the
# store is searched for what is to be gone.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
run () { "$optout" -c "$work/conf" "$@" >"$work/out" 2>"$work/err"; code=$?; }
is () { [ "$code" = "$1" ]; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { is "$1" && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }

mkdir "$work/lib" "$work/sent"
cat >"$work/sendmail" <<END
#!/bin/sh
f=\$(mktemp "$work/sent/XXXXXX"); { echo "\$@"; cat; } >"\$f"
END
chmod 755 "$work/sendmail"
cat >"$work/conf" <<END
[optout]
store = sqlite:$work/lib/consent.db
secret-file = $work/secret
sendmail = $work/sendmail
[reply]
from = Metrix Example preferences <preferences@metrix.example>
[notify]
to = staff@metrix.example
[category product-updates]
[category special-offers]
[mailbox support@metrix.example]
role = mixed
copy = yes
END

mail () { # WRITER SUBJECT WORDS
  printf 'Return-Path: <%s>\nFrom: %s\nTo: support@metrix.example\nSubject: %s\nMessage-ID: <%s.%s>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n\n%s\n' \
    "$1" "$1" "$2" "$(printf %s "$3" | cksum | tr ' ' .)" "$1" "$3"
}
take () { # as mail; the confirmation stays in the queue
  mail "$@" >"$work/mail"
  run replay --reply --as support@metrix.example "$work/mail"
}
hex () { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
holds () { # TEXT...: is one of them anywhere in a file of the store?
  for text; do
    for form in "$text" "$(hex "$text")"; do
      grep -rlaiF -- "$form" "$work/lib" && return 0
    done
  done
  return 1
}
case_of () { "$optout" -c "$work/conf" cases --all --csv | tr -d '\r' | awk -F, -v who="$1" -v kind="$2" '$5 == who && $4 == kind { print $1 }'; }

run init; is 0; ok $? "there is a store"
run cases; is 0 && says 'No case is open'; ok $? "without cases that is said"

# ---- cases ----
take wilma.winter@example.org 'Frosty snowman' 'Please delete all my personal data, kindest greetings from the glacier.'
run cases; is 0 && says '^[0-9a-z]+ +open +2026-.* erasure +wilma\.winter@example\.org'; ok $? "a request to be erased is a case, with its day"
due=$(awk '/erasure/ { print $3 }' "$work/out")
[ "$due" = "2026-12-16T10:00:00Z" ]; ok $? "due a month, or 30 days, after it came"
erasure=$(case_of wilma.winter@example.org erasure)
run cases show "$erasure"; is 0 && says '^asks for: +erasure' && says 'subject: Frosty snowman'; ok $? "show has the words of who asked"
run cases show "$erasure" --json; is 0 && says '^\{"event":"'"$erasure"; ok $? "and as JSON"
run cases show nosuchcase; complains 66 'no such case'; ok $? "an unknown case is said to be none"
run cases close "$erasure"; complains 64 -- '--outcome'; ok $? "close wants an outcome"
run cases close "$erasure" --outcome done --proof x; complains 64 'erase --case'; ok $? "nobody closes an erasure that was not done"
run cases list extra; complains 64 'no ID'; ok $? "list takes no ID"
run cases dance; complains 64 'list, show or close'; ok $? "there are three verbs"

take clara@example.org 'Question' 'Please send me a copy of all the personal data you hold about me.'
access=$(case_of clara@example.org access)
[ -n "$access" ]; ok $? "a request for a copy is a case too"
run cases close "$access" --outcome done; complains 64 -- '--proof'; ok $? "what is done has a proof"
run cases close "$access" --outcome done --proof 'sent by post on Monday' --by carol; is 0 && says 'closed, done'; ok $? "it closes with it"
run cases; ! says "$access"; ok $? "and is no longer listed"
run cases --all --csv; says "^$access,closed,.*,done,carol,"; ok $? "but with --all"
run cases show "$access"; says '^outcome: +done' && says 'proof: sent by post on Monday' && says 'close'; ok $? "show tells how it ended"
run cases close "$access" --outcome refused --note 'again'; complains 66 'closed already'; ok $? "a case closes once"
run history clara@example.org; says 'close, by command'; ok $? "the ledger has it"
run verify; is 0; ok $? "and is whole"

# ---- erasing ----
take wilma.winter@example.org 'Second snowfall' 'Unsubscribe me from the product-updates please, says the penguin.'
run add bob@example.org --note 'husband of Wilma.Winter@example.org, by phone' --by carol; is 0
run add wilma.winter@example.org.example --note 'a longer address'; is 0
run erase; complains 64 'name one address'; ok $? "erase wants an address"
run erase wilma.winter@example.org; complains 64 -- '--note'; ok $? "and why"
run erase wilma.winter@example.org --note 'wilma.winter@example.org asked'; complains 64 'without an address'; ok $? "but not whom"
run erase nobody@example.org --note x; is 0 && says 'nothing is recorded'; ok $? "whom nobody knows cannot be erased"
run erase --case "$access" --note x; complains 66 'something else'; ok $? "a case for something else erases nobody"
run erase --dry-run wilma.winter@example.org; is 0 && says 'would be erased' && says ' 1 events of others' && says 'were not sent'; ok $? "a dry run says what would go"
holds wilma.winter@example.org >/dev/null; ok $? "and takes nothing away"

run erase --case "$erasure" --note 'letter of 3 March' --by carol
is 0 && says '^wilma\.winter@example\.org: erased' && says '1 requests to be erased, closed' && says 'stays stopped'; ok $? "erase says what has gone"
# a longer address that ends otherwise is somebody else, and stays
"$optout" -c "$work/conf" history wilma.winter@example.org.example | grep -q 'a longer address'; ok $? "the longer address of somebody else stays"
run erase wilma.winter@example.org.example --note 'ticket 8'; is 0
! holds wilma.winter 'Frosty snowman' snowman glacier 'Second snowfall' penguin 'husband of' >"$work/found"; ok $? "no octet of her is left in any file"
[ ! -s "$work/lib/consent.db-wal" ]; ok $? "and the log is empty"
run check wilma.winter@example.org product-updates; is 1; ok $? "her opt-out goes on working"
run check wilma.winter@example.org special-offers; is 1; ok $? "of everything, as the request to be erased implies"
run check --explain wilma.winter@example.org special-offers; says '@example\.org, which was erased, [a-z]' ; ok $? "and says why in one plain sentence"
run check wilma.winter+shop@example.org special-offers; is 1; ok $? "for her tags too"
run history wilma.winter@example.org
is 0 && says 'opt-out of everything, by mail: an act of the person' && says 'erased, by command' && says 'note: letter of 3 March' && says 'by carol'
ok $? "history still tells what happened"
says 'what we did: opened a case: to be erased' && says '  erasure, by mail' && says 'what we did: forgot the address, words'; ok $? "in plain words"
! says snowman; ok $? "without words"
run history --json wilma.winter@example.org
is 0 && says '"address":"hmac:[0-9a-f]{64}"' && ! says '"address":null'; ok $? "the record names its subject by the keyed hash"
run show wilma.winter@example.org; says 'was erased' && says 'stopped +person'; ok $? "and show what holds"
run history bob@example.org; says 'opt-out of everything' && ! says 'husband'; ok $? "what was said of her elsewhere is gone, the opt-out is not"
run verify; is 0; ok $? "the ledger is whole"
run cases --all --csv; says "^$erasure,closed,.*,erasure,hmac:[0-9a-f]{64},.*,done,carol,"; ok $? "her case is closed, under the hash"
run erase wilma.winter@example.org --note x; is 0 && says 'erased already'; ok $? "nobody is erased twice"
run erase --case "$erasure" --note x; complains 66 'erased already'; ok $? "nor a case"
take dora@example.org 'A copy' 'Please send me a copy of all the personal data you hold about me.'
run send; is 0 && ! grep -rqi wilma "$work/sent"; ok $? "the confirmation that waited is never sent"
cat "$work/sent"/* | grep -qE "^  2026-12-16  [a-z]+ +$(case_of dora@example.org access)  access"; ok $? "the daily notice has the case that is open"

# ---- after it ----
printf 'wilma.winter@example.org\n' >"$work/list"
printf 'email,status\nwilma.winter@example.org,subscribed\n' >"$work/list.csv"
run import "$work/list.csv" --note 'an old list'
run check wilma.winter@example.org product-updates; is 1; ok $? "no import lifts it"
take wilma.winter@example.org 'Hello walrus' 'Please unsubscribe me from everything at once.'
run history wilma.winter@example.org; says walrus && says 'opt-out of everything'; ok $? "a new mail of hers is recorded as anybody's"
run verify; is 0; ok $? "and the ledger whole"
run erase wilma.winter@example.org --note 'once more'; is 0 && says ': erased'; ok $? "she can be erased again"
! holds wilma.winter walrus >"$work/found"; ok $? "and is gone again"
run verify; is 0; ok $? "the ledger whole again"
run check wilma.winter@example.org special-offers; is 1; ok $? "and still nothing is sent to her"

# ---- who was never stopped ----
run add otto@example.org special-offers --note x; sleep 1.1; run opt-in otto@example.org special-offers --note 'wants them'
run erase otto@example.org --note 'ticket 9'; is 0 && says 'nothing was stopped'; ok $? "where nothing was stopped, that is said"
run check otto@example.org special-offers; is 0; ok $? "and nothing is"
run erase olga@example.org --note 'ticket 10' --opt-out; is 0 && says 'all marketing is stopped'; ok $? "--opt-out stops it first"
run check olga@example.org special-offers; is 1; ok $? "also for who is not known"
! holds olga@example.org >"$work/found"; ok $? "who is not known then either"
sed 's/^secret-file/dotless-domains = dots.example\n&/' "$work/conf" >"$work/dots"
"$optout" -c "$work/dots" erase o.l.ga@dots.example --note 'ticket 11' --opt-out >"$work/out"; "$optout" -c "$work/dots" check ol.ga@dots.example special-offers; code=$?; is 1; ok $? "by every spelling, where dots mean nothing"

# ---- access ----
take ella@example.org 'My file' 'Please send me a copy of all the personal data you hold about me.'
run add ella+shop@example.org special-offers --note 'the toucan'; run add ella@example.org special-offers --note "$(printf 'told\033[2J us')"
run access ella@example.org
is 0 && says 'What .* knows about ella@example\.org' && says 'sent: no' && says 'asked for: access' && says 'subject: My file' \
  && says 'told.u\{001b\}' && says 'address: ella\+shop@example\.org'
ok $? "access tells all there is, as a text for the person"
! says toucan; ok $? "the address with a tag is named, not shown"
run access ella@example.org --json
is 0 && [ "$(wc -l <"$work/out")" = 1 ] && says '^\{"address":"ella@example.org".*"cases":\[\{.*"events":\[\{"event":' ; ok $? "and as one JSON object"
if command -v python3 >/dev/null; then python3 -m json.tool <"$work/out" >/dev/null; ok $? "that can be read"; else ok 0 "that can be read # SKIP no python3"; fi
run access nobody@example.org; is 0 && says 'nothing is recorded'; ok $? "of whom nothing is known it says so"
run access; complains 64 'name one address'; ok $? "access wants an address"
ella=$(case_of ella@example.org access)
run access --case "$ella"; complains 64 -- '--output'; ok $? "a case is closed by a file"
run access --case "$ella" --output "$work/file" --by carol
is 0 && says 'closed, done' && [ "$(stat -c %a "$work/file")" = 600 ]; ok $? "it is for nobody else to read"
run cases show "$ella"; says "sha256 $(sha256sum <"$work/file" | cut -d' ' -f1)"; ok $? "and its sha256 is the proof"
run access --case "$ella" --output "$work/file"; complains 66 'closed already'; ok $? "a closed case is not closed again"
run access wilma.winter@example.org; is 0 && says 'erased, by command' && says 'sent: no' && ! says walrus; ok $? "of the erased it tells what is left"
run verify; is 0; ok $? "the ledger is whole"

# ---- a mail that waits ----
take hanna@example.org 'How' 'How do I get off this list?'
id=$("$optout" -c "$work/conf" review --csv | tr -d '\r' | awk -F, '$4 == "hanna@example.org" { print $1 }')
run erase hanna@example.org --note x; complains 66 "$id: a mail of this person waits"; ok $? "a mail that waits for a decision comes first"
run review reject "$id"; is 0
run erase hanna@example.org --note x; is 0; ok $? "once it is decided she can be erased"
! holds hanna >"$work/found"; ok $? "with the mail"
run verify; is 0; ok $? "and the ledger stays whole"

# ---- somebody who reads ----
run add rita@example.org --note 'the heron'; is 0
mkfifo "$work/hold"
if command -v python3 >/dev/null; then
  python3 - "$work/lib/consent.db" "$work/hold" <<'END' &
import sqlite3, sys
db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
db.execute("begin"); db.execute("select count(*) from person").fetchone()
open(sys.argv[2], "w").close()   # we look
open(sys.argv[2]).read()         # until we are told
END
  read -r _ <"$work/hold" || :
  run erase rita@example.org --note 'ticket 11'; complains 75 "erase --finish"; ok $? "while somebody reads an old state, the end is put off"
  run check rita@example.org special-offers; is 1; ok $? "the erasure itself is done"
  : >"$work/hold"; wait
  run erase --finish; is 0; ok $? "and --finish ends it"
  ! holds rita@example.org heron >"$work/found"; ok $? "then nothing is left"
else
  ok 0 "while somebody reads an old state # SKIP no python3"
fi

# ---- every channel ----
run add tom@example.org --note 'neither call nor write' --all-channels; is 0 && says 'a case is open'; ok $? "who wants no calls and letters either"
[ -n "$(case_of tom@example.org no-contact)" ]; ok $? "is a case for whoever calls"
run check tom@example.org special-offers; is 1; ok $? "and gets no mail"
run opt-in tom@example.org --note x --all-channels; complains 64 'all-channels'; ok $? "an opt-in knows no such thing"

# ---- sealed copies and retention ----
sed -i 's/^\[optout\]/&\nseal = yes/' "$work/conf"
take sue@example.org 'Seal it' 'Please unsubscribe me from everything, the albatross.'
event=$("$optout" -c "$work/conf" history sue@example.org --csv | tr -d '\r' | awk -F, '$3 == "opt-out" { print $NF }')
[ "$(stat -c %a "$work/lib/consent.db.sealed/$event.eml")" = 600 ]; ok $? "the mail that asked is sealed, for nobody else to read"
run history sue@example.org --mail "$event"; is 0 && cmp -s "$work/out" "$work/mail"; ok $? "history prints it as it came"
run replay --as support@metrix.example "$work/mail"; [ "$(ls "$work/lib/consent.db.sealed" | wc -l)" = 1 ]; ok $? "a copy of it is not sealed again"
run history bob@example.org --mail "$event"; complains 66 'no event of bob'; ok $? "not under another's name"
cp "$work/lib/consent.db.sealed/$event.eml" "$work/copy"; echo more >>"$work/lib/consent.db.sealed/$event.eml"
run history sue@example.org --mail "$event"; complains 1 'was altered' && [ ! -s "$work/out" ]; ok $? "what was altered is not printed"
cp "$work/copy" "$work/lib/consent.db.sealed/$event.eml"
run access sue@example.org; says "event: $event$" && says 'keep whole'; ok $? "access names it"

run tidy; is 0 && says 'evidence of 0 events, 0 sealed mails, 0 mails'; ok $? "by default nothing is tidied away"
mkdir -p "$work/lib/consent.db.held"
cp "$work/copy" "$work/lib/consent.db.held/leftover.eml"; cp "$work/copy" "$work/lib/consent.db.sealed/leftover.eml"
run tidy --dry-run; says 'would be removed: .* 2 mails left by a crash' && [ -e "$work/lib/consent.db.held/leftover.eml" ]; ok $? "a dry run says what a crash has left"
run tidy; is 0 && [ ! -e "$work/lib/consent.db.held/leftover.eml" ] && [ ! -e "$work/lib/consent.db.sealed/leftover.eml" ]; ok $? "tidy removes it"
run history sue@example.org --mail "$event"; is 0; ok $? "and nothing that is needed"
run erase sue@example.org --note 'ticket 12'; is 0 && [ ! -e "$work/lib/consent.db.sealed/$event.eml" ]; ok $? "erasure takes the sealed mail too"
run verify; is 0; ok $? "the ledger is whole"

echo "1..$n"
[ "$failed" = 0 ]
