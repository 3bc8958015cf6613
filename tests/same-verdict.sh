#!/bin/sh
# The same mails through all four doors: the same verdict from the same words (TAP). And every reason code has words for people.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
samples=$(cd "$top_srcdir/sample-mail" && pwd)
user=; [ "$(id -u)" != 0 ] || { user='user = nobody'; chmod 777 "$work"; }
sed -e "s|^store *=.*|store = sqlite:$work/lib/consent.db|" -e "s|^secret-file *=.*|secret-file = $work/etc/secret|" \
    -e "s|^user *=.*|$user|" "$samples/optout.conf" >"$work/optout.conf"
printf '\n[log]\nverdicts = %s/log/verdicts.jsonl\n' "$work" >>"$work/optout.conf"
mkdir -m 777 "$work/log"
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG
"$optout" init >"$work/out" 2>"$work/err"; ok $? "init makes a store"

# what must not depend on the door: what it is, what it asks for, of what, by which words, and what is done
verdict () {
  sed 's/.*\("kind":.*"except":\[[^]]*\]\).*\("act":"[^"]*","act_reason":"[^"]*"\).*\("evidence":\[.*\]\),"\(ignored\|defects\)".*/\1 \2 \3/'
}
logged () { tail -n 1 "$work/log/verdicts.jsonl" | verdict; }
to=support@metrix.example
i=0
for mail in "$samples"/00[2-9]*.eml "$samples"/015*.eml; do
  i=$((i + 1)); [ "$i" -le 30 ] || break
  "$optout" classify --json --as $to "$mail" 2>"$work/err" | verdict >"$work/out"
  "$optout" replay --dry-run --format=jsonl --as $to "$mail" 2>>"$work/err" | verdict >>"$work/out"
  "$optout" filter -- $to <"$mail" >/dev/null 2>>"$work/err"; logged >>"$work/out"
  "$optout" deliver -- $to <"$mail" >/dev/null 2>>"$work/err"; logged >>"$work/out"
  [ "$(wc -l <"$work/out")" = 4 ] && [ "$(sort -u "$work/out" | wc -l)" = 1 ] && grep -q '^"kind":' "$work/out"
  ok $? "$(basename "$mail" .eml): one verdict at four doors"
done
[ "$i" -ge 30 ]; ok $? "30 mails"

missing=$(sed -n 's/^  { "\([a-z-]*\)", .*/\1/p' "$top_srcdir/filter/policy.c" "$top_srcdir/filter/policy-reply.c" | sort -u |
  while read -r code; do grep -q "{ \"$code\", \"" "$top_srcdir/filter/report-words.c" || echo "$code"; done)
echo "$missing" >"$work/out"
[ -z "$missing" ]; ok $? "every reason of a verdict has words"
missing=$(sed -n 's/.*\(return\|why =\|\.why =\) "\([a-z-]*\)".*/\2/p' "$top_srcdir/parser/place.c" "$top_srcdir/parser/rules.c" | sort -u |
  while read -r code; do grep -q "{ \"$code\", \"" "$top_srcdir/filter/report-words.c" || echo "$code"; done)
echo "$missing" >"$work/out"
[ -z "$missing" ]; ok $? "every reason to pass words over has words"
echo "1..$n"
exit $((failed > 0))
