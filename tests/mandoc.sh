#!/bin/sh
# The manuals are mdoc without a warning (TAP).
set -u
top_srcdir=${top_srcdir:-.}
command -v mandoc >/dev/null || { echo "1..0 # SKIP mandoc is not installed"; exit 0; }

n=0 failed=0
for manual in "$top_srcdir"/doc/*.[1-9]; do
  n=$((n + 1))
  if log=$(mandoc -T lint -W warning "$manual" 2>&1); then
    echo "ok $n - $(basename "$manual")"
  else
    failed=$((failed + 1))
    echo "not ok $n - $(basename "$manual")"
    echo "$log" | sed 's/^/# /'
  fi
done
echo "1..$n"
exit $((failed > 0))
