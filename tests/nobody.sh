# nobody.sh - sourced, before tap.sh, by shell tests whose store, password and mail are one user's: "deliver" as root becomes
# somebody else, so all of such a test runs as nobody. It gets copies of what it reads, because the tree may be root's alone.
top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}

as_nobody () { # SCRIPT: comes back where we are not root, else runs it again as nobody and exits
  [ "$(id -u)" = 0 ] || return 0
  copy=$(mktemp -d "${TMPDIR:-/tmp}/optout-nobody.XXXXXX") || exit 1
  trap 'rm -rf "$copy"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -p "$copy/filter"
  cp -r "$top_srcdir/filter/templates" "$copy/filter/" &&
    mkdir "$copy/tests" && cp "$top_srcdir"/tests/*.sh "$top_srcdir"/tests/*.py "$copy/tests/" &&
    cp "$top_builddir/optout" "$top_builddir/optout-send" "$copy/" && chmod -R a+rX "$copy" || exit 1
  cd "$copy" || exit 1
  setpriv --reuid=nobody --regid=nogroup --clear-groups env top_srcdir="$copy" top_builddir="$copy" sh "tests/$(basename "$1")"
  exit $?
}
