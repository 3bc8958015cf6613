# namespace.sh - sourced by the tests that need a mail system of their own: a mount namespace whose /etc is a private
# copy, so that `sendmail` and its set-gid postdrop use the test's Postfix, users can be added and the documented paths
# (/etc/optout, /etc/postfix) are real, and nothing outside changes.
#
# enter_namespace "$0" "$@": comes back inside the namespace, with $work an empty folder of mode 0755 and $optout the
# program installed there; else prints the SKIP line and exits.

skip_all () { echo "1..0 # SKIP $*"; exit 0; }

enter_namespace () {
  if [ "${OPTOUT_IN_NAMESPACE:-}" != yes ]; then
    [ -x "$top_builddir/optout" ] || { echo "Bail out! build first: ./bootstrap"; exit 1; }
    if [ "$(id -u)" = 0 ]; then as_root=
    elif sudo -n true 2>/dev/null; then as_root="sudo -n"
    else skip_all "needs root: a mount namespace and a mail server"
    fi
    $as_root unshare -m true 2>/dev/null || skip_all "no mount namespace to be had here"
    OPTOUT_IN_NAMESPACE=yes exec $as_root env OPTOUT_IN_NAMESPACE=yes top_srcdir="$top_srcdir" top_builddir="$top_builddir" \
      CI="${CI:-}" PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
      unshare -m --propagation private "$@"
  fi
  umask 022
  work=$(mktemp -d /tmp/optout-mail.XXXXXX)
  chmod 755 "$work"
  cp -a /etc "$work/etc"
  mount --bind "$work/etc" /etc
  install -m 755 -d "$work/bin"
  install -m 755 "$top_builddir/optout" "$top_builddir/optout-send" "$work/bin/"
  optout=$work/bin/optout
  export work optout
}

# A system user that exists only in here.
add_user () { # NAME UID
  grep -q "^$1:" /etc/group || echo "$1:x:$2:" >>/etc/group
  grep -q "^$1:" /etc/passwd || echo "$1:x:$2:$2::/nonexistent:/usr/sbin/nologin" >>/etc/passwd
}
