#!/bin/sh
# Every header compiles alone (TAP), with the -I of its own room and every warning an error.
set -u
top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
command -v pkg-config >/dev/null || { echo "1..0 # SKIP pkg-config is not installed"; exit 0; }

n=0 failed=0
alone () { # HEADER FLAG...
  header=$1; shift
  n=$((n + 1))
  # shellcheck disable=SC2046
  if log=$(printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
           ${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -x c "$@" $(pkg-config --cflags glib-2.0 gmime-3.0 sqlite3) - 2>&1); then
    echo "ok $n - $header compiles alone"
  else
    failed=$((failed + 1))
    echo "not ok $n - $header compiles alone"
    echo "$log" | sed 's/^/# /'
  fi
}

for path in "$top_srcdir"/parser/*.h; do alone "$(basename "$path")" -I"$top_srcdir/parser"; done
for path in "$top_srcdir"/store/*.h; do alone "$(basename "$path")" -I"$top_srcdir/store"; done
for path in "$top_srcdir"/filter/*.h; do
  alone "$(basename "$path")" -I"$top_builddir" -I"$top_srcdir/filter" -I"$top_srcdir/parser" -I"$top_srcdir/store"
done
echo "1..$n"
exit $((failed > 0))
