#!/bin/sh
# The lexicon compiler: a file that a person wrote wrongly is named with its line, and what is wrong with it.
set -u
lexc=${top_builddir:-.}/parser/lexc
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
number=0

report ()
{
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}

# refused LINE WORDS NAME: reads a lexicon from standard input and expects it to be refused at that line
refused ()
{
  cat > "$folder/xx"
  "$lexc" "$folder/xx" > "$folder/out" 2> "$folder/err"
  [ $? -eq 1 ] && grep -q "^$folder/xx:$1: .*$2" "$folder/err" && [ ! -s "$folder/out" ]
  report $? "$3"
}

taken ()
{
  cat > "$folder/xx"
  "$lexc" "$folder/xx" > "$folder/out" 2> "$folder/err" && [ ! -s "$folder/err" ] && grep -q lexicon_cells "$folder/out"
  report $? "$1"
}

taken 'every form that the README tells is taken' <<'X'
# a remark
language: xx
not: after
verb: last
particles: w b
also: ä=ae ö=oe
{me}: me | us | my (address|name)

[leave]
~unsubscribe; opt-out
[remove]
take ... off; (lösch|entfern)*; *liste
[wish]
leave {me} (alone|in peace|)
[sense send]
send
[word i]
i
[kept offers]
bargains
X
refused 3 'no heading' 'an unknown heading is named' <<'X'
language: xx

[leaves]
X
refused 3 '( without )' 'an open bracket is named' <<'X'
language: xx
[leave]
stop (sending|mailing
X
refused 3 ') or | without (' 'a stray bar is named' <<'X'
language: xx
[leave]
stop | go
X
refused 4 'not defined' 'an unknown set is named' <<'X'
language: xx
{me}: me
[leave]
remove {you}
X
refused 3 'empty' 'a gap with nothing behind it is named' <<'X'
language: xx
[leave]
take ...
X
refused 3 'empty phrase' 'a phrase that is empty is named' <<'X'
language: xx
[leave]
stop;; go
X
refused 3 'words, spaces' 'a sign that stands in no phrase is named' <<'X'
language: xx
[leave]
stop it!
X
refused 3 'six letters' 'a short word with ~ is named' <<'X'
language: xx
[leave]
~stop
X
refused 1 'comes first' 'words before a heading are named' <<'X'
stop it
language: xx
X
refused 3 'i, we and you' 'another word before those who speak is named' <<'X'
language: xx
[word i]
[word write]
X
refused 1 'no setting' 'an unknown setting is named' <<'X'
lingua: xx
X
refused 3 'missing' 'a file without its language is named' <<'X'
[leave]
stop
X
printf 'language: aa\n[sense send]\nsend\n' > "$folder/aa"
printf 'language: xx\n[sense send]\nwyslij\n[sense sned]\nwyslij\n' > "$folder/xx"
"$lexc" "$folder/aa" "$folder/xx" > "$folder/out" 2> "$folder/err"
[ $? -eq 1 ] && grep -q "^$folder/xx:4: .*first file" "$folder/err"
report $? 'a sense that the first file does not have is named'
printf 'language: xx\n[leave]\nst\377p\n' > "$folder/bytes"
refused 0 'UTF-8' 'a file that is no UTF-8 is named' < "$folder/bytes"
"$lexc" "$folder/none" > "$folder/out" 2> "$folder/err"
[ $? -eq 1 ] && grep -q "^$folder/none:0: " "$folder/err"
report $? 'a file that is absent is named'
"$lexc" > "$folder/out" 2> "$folder/err"
[ $? -eq 1 ] && grep -q usage "$folder/err"
report $? 'without files it says how it is used'
echo "1..$number"
