#!/bin/sh
# What is learned from examples: a line that a person wrote wrongly is named, and the same examples teach the same.
set -u
learn=${top_builddir:-.}/parser/learn
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
number=0

ok () # NAME, of the command before
{
  code=$?
  number=$((number + 1))
  if [ "$code" -eq 0 ]; then echo "ok $number - $1"; else echo "not ok $number - $1"; fi
}

refused () # LINE WORDS: what stands on standard input
{
  cat >"$folder/xx"
  "$learn" "$folder/xx" >"$folder/out" 2>"$folder/err"
  [ $? -eq 1 ] && grep -q "^$folder/xx:$1: .*$2" "$folder/err"
}

cat >"$folder/good" <<'X'
# a remark

opt-out: I want no more of your mail.
~opt-out of offers: [News] No offers please.\nThanks
none: I want more of your mail.
review: My son wants no more of your mail.
question: How do I get no more of your mail?
X
"$learn" "$folder/good" >"$folder/one" 2>"$folder/err" && [ ! -s "$folder/err" ] && grep -A1 '^static const char learned\[\]' "$folder/one" | grep -q '^"[^"]'; ok 'every form that the README tells is taken'
"$learn" "$folder/good" >"$folder/two" && cmp -s "$folder/one" "$folder/two"; ok 'the same examples teach the same'
sed 's/no more/nothing more/' "$folder/good" >"$folder/other"; "$learn" "$folder/other" >"$folder/two" && ! cmp -s "$folder/one" "$folder/two"; ok 'others teach something else'
grep digest "$folder/one" >"$folder/a"; grep digest "$folder/two" >"$folder/b"; ! cmp -s "$folder/a" "$folder/b"; ok 'and have another version'
printf 'none: Hello\nopt-aut: Stop it\n' | refused 2 '"opt-aut: Stop it" begins with no label'; ok 'an unknown label is named with its line'
printf 'none\n' | refused 1 'no label'; ok 'a label alone is refused'
printf 'none:Hello\n' | refused 1 '": " is missing'; ok 'so is one without a blank behind it'
printf 'none: Hall\344\n' | refused 0 'not UTF-8'; ok 'and text that is not UTF-8'
"$learn" "$folder/none" >"$folder/out" 2>"$folder/err"; [ $? -eq 1 ] && grep -q "^$folder/none:0: " "$folder/err"; ok 'a missing file is named'
"$learn" >"$folder/out" 2>"$folder/err"; [ $? -eq 1 ] && grep -q '^usage: learn FILE' "$folder/err"; ok 'no file is a usage error'
echo "1..$number"
