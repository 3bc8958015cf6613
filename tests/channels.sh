#!/bin/sh
# Is a wish of mail alone, or of telephone and post too? The sentences are in tests/channels (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"

while read -r sign language sentence; do
  case $sign in +) want='["mail","phone","post"]';; -) want='["mail"]';; *) continue;; esac
  printf 'From: ann@example.org\nTo: news@shop.example\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$sentence" |
    "$optout" -c /dev/null classify --json >"$work/out" 2>"$work/err"
  grep -qF "\"intent\":\"opt-out\"" "$work/out" && grep -qF "\"channels\":$want" "$work/out"
  ok $? "$language, $want: $sentence"
done <"$top_srcdir/tests/channels"
echo "1..$n"
exit $((failed > 0))
