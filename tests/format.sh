#!/bin/sh
# clang-format owns the layout of our C (TAP).
set -u
top_srcdir=${top_srcdir:-.}
command -v clang-format >/dev/null || { echo "1..0 # SKIP clang-format is not installed"; exit 0; }
# what we write: in a clone what is tracked, in a tarball all that it holds
files=$(git -C "$top_srcdir" ls-files '*.c' 2>/dev/null) && [ -n "$files" ] ||
  files=$(cd "$top_srcdir" && find parser store filter tests -name '*.c' ! -name templates.c | sort) # which is made by the build

n=0 failed=0
for file in $files; do
  n=$((n + 1))
  if diff=$(clang-format --style=file "$top_srcdir/$file" | diff -u "$top_srcdir/$file" - | head -20) && [ -z "$diff" ]; then
    echo "ok $n - $file"
  else
    failed=$((failed + 1))
    echo "not ok $n - $file: run clang-format -i"
    echo "$diff" | sed 's/^/# /'
  fi
done
echo "1..$n"
exit $((failed > 0))
