#!/bin/sh
# clang-format owns the layout of our C (TAP).
set -u
top_srcdir=${top_srcdir:-.}
command -v clang-format >/dev/null || { echo "1..0 # SKIP clang-format is not installed"; exit 0; }
[ -d "$top_srcdir/.git" ] || { echo "1..0 # SKIP not a clone: a tarball is not formatted again"; exit 0; }

n=0 failed=0
for file in "$top_srcdir"/parser/*.c "$top_srcdir"/store/*.c "$top_srcdir"/filter/*.c "$top_srcdir"/tests/*.c; do
  [ -e "$file" ] || continue
  n=$((n + 1))
  if diff=$(clang-format --style=file "$file" | diff -u "$file" - | head -20) && [ -z "$diff" ]; then
    echo "ok $n - $(basename "$(dirname "$file")")/$(basename "$file")"
  else
    failed=$((failed + 1))
    echo "not ok $n - $(basename "$(dirname "$file")")/$(basename "$file"): run clang-format -i"
    echo "$diff" | sed 's/^/# /'
  fi
done
echo "1..$n"
exit $((failed > 0))
