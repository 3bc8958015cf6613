# tap.sh - sourced by shell tests that run ./optout: $optout, an empty folder $work of mode 0755, and ok().
top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
optout=$(cd "$top_builddir" && pwd)/optout
work=$(mktemp -d "${TMPDIR:-/tmp}/optout-test.XXXXXX") || exit 1
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$work"
unset OPTOUT_CONFIG OPTOUT_STORE

n=0 failed=0 code=-
ok () { # STATUS SENTENCE; on failure with what the last command wrote to $work/out and $work/err
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; return; fi
  failed=$((failed + 1))
  echo "not ok $n - $2"
  for file in out err; do [ ! -f "$work/$file" ] || sed "s/^/# $file: /" "$work/$file"; done
  echo "# exit code $code"
}
