#!/bin/sh
# Saved mail through `optout replay` (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"
samples=$(cd "$top_srcdir/sample-mail" && pwd)
# root hands a live mail to somebody without rights
user=; if [ "$(id -u)" = 0 ]; then user='user = nobody'; fi
sed -e "s|^store *=.*|store = sqlite:$work/lib/consent.db|" -e "s|^secret-file *=.*|secret-file = $work/etc/secret|" \
    -e "s|^user *=.*|$user|" "$samples/optout.conf" >"$work/optout.conf"
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG
inbox=$samples/inbox.mbox maildir=$samples/Maildir

skip () { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
replay () { code=0; "$optout" replay "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { [ "$code" = "$1" ] && grep -qE -- "^optout: replay: $2" "$work/err"; }
events () { "$optout" verify | sed 's/.*: \([0-9]*\) events.*/\1/'; }
# names, sizes, times and contents of all sources
picture () { (cd "$samples" && find inbox.mbox Maildir -printf '%p %s %m %T@ %C@\n' -type f -exec sha256sum {} +) | sort; }
before=$(picture)

# ---- without a store ----
replay --dry-run "$inbox" "$maildir"
[ "$code" = 0 ] && says '^15 mails, ' && says '^recorded: nothing \(--dry-run\)$' && says 'inbox\.mbox [0-9]+: record opt-out'
ok $? "--dry-run says what would be done with every mail of mbox and Maildir"
[ ! -s "$work/err" ] && [ ! -e "$work/lib" ]; ok $? "and writes nothing, no progress either where there is no terminal"
would=$(grep -c '(would be recorded)$' "$work/out")
replay "$inbox"; complains 75 '.*inbox\.mbox, mail [0-9]+: .*'; ok $? "without a store mail is not taken, and it is said which and why"
[ ! -e "$work/lib" ]; ok $? "and no store is made"

# ---- with one ----
"$optout" init >"$work/out" 2>"$work/err"; code=$?
[ "$code" = 0 ]; ok $? "init makes the store"
replay "$inbox" "$maildir"
[ "$code" = 0 ] && says '^15 mails, ' && says '\(new\)$' && says '^kinds: .*person' && says '^acts: .*record'; ok $? "replay takes them"
count=$(events) new=$(grep -c '(new)$' "$work/out")
[ "$new" = "$would" ] && [ "$new" -gt 0 ]; ok $? "as many as --dry-run said"
says "^recorded: [1-9][0-9]* new, 0 already known$"; ok $? "all of them are new"
"$optout" list >"$work/list"
replay "$maildir" "$inbox"
[ "$code" = 0 ] && says '^recorded: 0 new, [1-9][0-9]* already known$' && [ "$(events)" = "$count" ] && ! says '\(new\)$'
ok $? "replayed again, in another order, nothing is new"
"$optout" list | cmp -s - "$work/list"; ok $? "and the standing is the same"

mkdir "$work/mh"; touch "$work/mh/.mh_sequences"
i=0; for mail in "$maildir"/*/*; do i=$((i + 1)); cp "$mail" "$work/mh/$i"; done
replay "$work/mh" "$work/mh/1"; [ "$code" = 0 ] && says "^$((i + 1)) mails" && says '^recorded: 0 new, '; ok $? "nor when they stand in an MH folder and a file"
code=0; "$optout" replay - <"$inbox" >"$work/out" 2>"$work/err" || code=$?
[ "$code" = 0 ] && says '^10 mails' && says '^recorded: 0 new, ' && says '^- [0-9]+: record'; ok $? "nor on standard input"
code=0; sed 's/$/\r/' "$inbox" | "$optout" replay - >"$work/out" 2>"$work/err" || code=$?
[ "$code" = 0 ] && says '^10 mails' && says '^recorded: 0 new, '; ok $? "nor with other line ends, through a pipe"
: >"$work/empty"; replay "$work/empty"; [ "$code" = 0 ] && says '^1 mails'; ok $? "an empty file is one mail"
printf 'From: <live@example.org>\nTo: unsubscribe@metrix.example\nSubject: unsubscribe\nMessage-ID: <live@example.org>\n\n' >"$work/live"
code=0; "$optout" deliver -f live@example.org -- unsubscribe@metrix.example <"$work/live" >"$work/out" 2>"$work/err" || code=$?
replay --as unsubscribe@metrix.example "$work/live"; says '^recorded: 0 new, 1 already known$'; ok $? "what came in live is known"

# ---- what it says ----
replay --format=jsonl "$inbox" "$maildir"
[ "$code" = 0 ] && [ "$(wc -l <"$work/out")" = 15 ] && [ "$(grep -c '^{"source":".*,"event":[^,]*}$' "$work/out")" = 15 ] && grep -q '^15 mails' "$work/err"
ok $? "--format=jsonl is one object a mail, with its event, and the totals go beside"
if command -v python3 >/dev/null; then
  python3 -c 'import json, sys; [json.loads(line) for line in sys.stdin]' <"$work/out" 2>"$work/err"; ok $? "each of them is JSON"
else
  skip "each of them is JSON" "python3 is not installed"
fi
replay --since 2999-01-01 "$inbox"; [ "$code" = 0 ] && says '^0 mails'; ok $? "--since passes over what came in before"
printf 'From: <esc@example.org>\nTo: unsubscribe@metrix.example\nSubject: unsubscribe \033]0;title\007 me \302\2332J\n\nplease unsubscribe\033[2J me\n' >"$work/escape"
replay --as unsubscribe@metrix.example "$work/escape"
LC_ALL=C; ! grep -q "$(printf '[\033\007\233]')" "$work/out" && says '\(new\)$'; ok $? "nothing of a mail reaches the terminal as a command"
if command -v script >/dev/null; then
  SHELL=/bin/sh script -qec "'$optout' replay --dry-run '$inbox'" /dev/null >"$work/out" 2>"$work/err" </dev/null
  says '\[=* *\] +[0-9]+ %  10 mails  .*wishes' && says '10 mails, '; ok $? "a terminal gets a bar, the rate and the totals"
else
  skip "a terminal gets a bar, the rate and the totals" "script(1) is not installed"
fi

# ---- against an earlier run ----
replay --dry-run --format=jsonl "$inbox" "$maildir"; cp "$work/out" "$work/old.jsonl"
replay --compare "$work/old.jsonl" "$maildir" "$inbox"
[ "$code" = 0 ] && says '^15 mails in both, 0 with another verdict$' && ! says ' -> ' && says '^recorded: nothing \(--compare\)$'
ok $? "--compare finds the same verdicts, in whatever order"
sed -e '3s/"act":"[a-z]*"/"act":"review"/' -e '5d' -e '8s/"intent":"[^"]*"/"intent":"unclear"/;8s/"text":"[^"]*"/"text":"take \\"me\\""/' "$work/old.jsonl" >"$work/other.jsonl"
replay --compare "$work/other.jsonl" "$inbox"
[ "$code" = 1 ] && [ "$(grep -c ' -> ' "$work/out")" = 8 ]; ok $? "one line for each altered mail, and exit code 1"
says 'inbox\.mbox 3 <[^ ]*>: review opt-out of \* -> record opt-out of \*$'; ok $? "it says what the verdict was and is"
says 'inbox\.mbox 8 <[^ ]*>: review unclear .* -> review .*; came: ".*" \([a-z]*\..*\); went: "take "me"" \('; ok $? "and which words came and went"
says 'inbox\.mbox 5 <[^ ]*>: not there -> record ' && says '^not in .*other\.jsonl: 1$'; ok $? "a mail that is not in the file is said"
says 'Maildir/.*: .* -> not there' && says '^only in .*other\.jsonl: 5$'; ok $? "and so are those that are only there"
says '^was review +1 +1 +0$' && says '^was none +0 +0 +[0-9]+$'; ok $? "a table counts what became of what"
replay --compare "$work/other.jsonl" --format=jsonl "$inbox"
[ "$code" = 1 ] && [ "$(wc -l <"$work/out")" = 8 ] && [ "$(grep -c '^{"source":".*"was":.*,"now":.*,"came":\[.*\],"went":\[.*\]}$' "$work/out")" = 8 ] && grep -q '^9 mails in both' "$work/err"
ok $? "--format=jsonl is one object for each, and the table goes beside"
cp "$inbox" "$work/moved.mbox"
replay --compare "$work/old.jsonl" "$work/moved.mbox" "$maildir"; [ "$code" = 0 ]; ok $? "a mail is known by its Message-ID in a mailbox that was moved"
printf 'From: <a@example.org>\n\nunsubscribe me\n' >"$work/nameless"
replay --dry-run --format=jsonl "$work/nameless" "$work/nameless"; cp "$work/out" "$work/twice.jsonl"
replay --compare "$work/twice.jsonl" "$work/nameless" "$work/nameless"; [ "$code" = 0 ]; ok $? "one without is known by its place, and twice is twice"
replay --compare "$work/twice.jsonl" "$work/nameless"; [ "$code" = 1 ] && says '^only in .*: 1$'; ok $? "once is not twice"
for bad in 'no JSON' '{"act":"record"}' '{"source":"a","index":1,"act":"perhaps","intent":"none"}' '[1]' "$(printf '[%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)"; do
  { head -2 "$work/old.jsonl"; echo "$bad"; } >"$work/bad.jsonl"
  replay --compare "$work/bad.jsonl" "$inbox"
  complains 66 '.*bad\.jsonl:3: is not a verdict' && ! says mails; ok $? "a bad line is named with its number: $bad"
done
replay --compare "$work/none.jsonl" "$inbox"; complains 66 '.*none\.jsonl: cannot be read: '; ok $? "a file that is not there"
replay --compare "$work/old.jsonl" "$inbox" "$maildir" "$work/nowhere"; complains 66 '.*nowhere: ' && says '^15 mails in both, 0 with another'
ok $? "with --compare mail that cannot be read is 66: 1 would say that verdicts differ"

# ---- trouble ----
replay "$work/none.mbox" "$inbox" "$work/nor-this"
complains 1 ".*none\.mbox: " && grep -q 'nor-this: ' "$work/err" && says '^10 mails' && says '^could not be read: 2 '
ok $? "a source that cannot be read is named and counted, and the rest is taken"
replay; complains 64 'no SOURCE'; ok $? "no source"
replay --as nobody "$inbox"; complains 64 '--as nobody: not an e-mail address'; ok $? "a recipient that is none"
replay --since 32.13. "$inbox"; complains 64 '--since 32.13.: '; ok $? "a date that is none"
replay --mbox=babyl "$inbox"; complains 64 '--mbox babyl: '; ok $? "a dialect that is none"
replay --format=xml "$inbox"; complains 64 '--format xml: '; ok $? "a format that is none"

mkfifo "$work/fifo"
"$optout" replay "$work/fifo" >"$work/out" 2>"$work/err" &
pid=$!
{ cat "$inbox"; sleep 0.5; kill -INT "$pid"; } >"$work/fifo"
code=0; wait "$pid" || code=$?
complains 75 'interrupted\. Run it again' && says '^10 mails' && says '^recorded: 0 new, '; ok $? "an interruption ends with whole mails, the totals and 75"

# ---- replies, observe ----
printf 'From: <reply@example.org>\nTo: unsubscribe@metrix.example\nSubject: unsubscribe\nMessage-ID: <reply@example.org>\nReturn-Path: <reply@example.org>\nAuthentication-Results: mx.metrix.example; dmarc=pass header.from=example.org\n\n' >"$work/reply"
replay --as unsubscribe@metrix.example "$work/reply"; [ "$code" = 0 ] && ! says '^confirmations'; ok $? "replay confirms nothing by itself"
sed 's/reply@/second@/' "$work/reply" >"$work/second"
replay --reply --as unsubscribe@metrix.example "$work/second"; says '^confirmations: 1 queued'; ok $? "with --reply it queues a confirmation"
replay --reply --as unsubscribe@metrix.example "$work/second"; ! says '^confirmations'; ok $? "once"
sed 's/^\[optout\]/&\nmode = observe/' "$work/optout.conf" >"$work/observe.conf"
sed 's/reply@/third@/' "$work/reply" >"$work/third"; count=$(events)
OPTOUT_CONFIG=$work/observe.conf replay --as unsubscribe@metrix.example "$work/third"
[ "$code" = 0 ] && says '^recorded: nothing \(mode = observe\)$' && [ "$(events)" = "$count" ]; ok $? "mode = observe records nothing"

[ "$before" = "$(picture)" ]; ok $? "the sources are as they were"
echo "1..$n"
exit $((failed > 0))
