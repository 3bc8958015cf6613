#!/bin/sh
# The documented set-up under a real Postfix on loopback (TAP): tests/postfix.sh [postfix.py | postfix-gate.py | postfix-dkim.py]. Started and
# stopped by this test; see namespace.sh.
set -eu
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
export top_srcdir top_builddir
. "$top_srcdir/tests/namespace.sh"

command -v python3 >/dev/null || skip_all "python3 is not installed"
[ -x /usr/sbin/postfix ] || skip_all "Postfix is not installed"
enter_namespace "$0" "$@"

# A signal must still stop the server; the namespace and its mounts go with this process.
trap 'postfix stop >/dev/null 2>&1 || true; umount -l /etc /dev "$work/dev" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
add_user optout 64901
add_user vmail 64902
add_user support 64903
# A /dev of our own, so that the test can be the syslog daemon.
mkdir "$work/dev"
mount -t tmpfs -o mode=755 tmpfs "$work/dev"
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/fd /dev/std* "$work/dev"
mount --bind "$work/dev" /dev
python3 -B "$top_srcdir/tests/${1:-postfix.py}"
