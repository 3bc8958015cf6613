#!/bin/sh
# The documented recipes of packaging/procmail under a real procmail (TAP; R21).
set -u
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
export top_srcdir top_builddir
. "$top_srcdir/tests/namespace.sh"
command -v procmail >/dev/null || skip_all "procmail is not installed"

# An ordinary user's set-up: everything in one folder, procmail run by that user. Root becomes one.
work=$(mktemp -d /tmp/optout-procmail.XXXXXX); chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home" "$work/lib"
install -m 755 "$top_builddir/optout" "$work/bin/optout"
if [ "$(id -u)" = 0 ]; then
  chown -R nobody "$work/home" "$work/lib"
  as_user () { setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$work/home" "$@"; }
else
  as_user () { env HOME="$work/home" "$@"; }
fi

cat >"$work/optout.conf" <<EOF
[optout]
store = sqlite:$work/lib/consent.db
secret-file = $work/lib/secret
[category product-updates]
title = Product updates
[mailbox support@metrix.example]
role = mixed
copy = yes
[mailbox unsubscribe@metrix.example]
role = unsubscribe
EOF
chmod 644 "$work/optout.conf"
export OPTOUT_CONFIG="$work/optout.conf"

n=0
ok () { n=$((n + 1)); if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi; }
rc () { # RECIPE: the documented file with this test's paths, an inbox in front of nothing
  { echo "MAILDIR=$work/home"; echo "OPTOUT_CONFIG=$work/optout.conf"; echo "DEFAULT=$work/home/inbox"; echo "LOGFILE=$work/home/log"
    sed "s|/usr/local/bin/optout|$work/bin/optout|" "$top_srcdir/packaging/procmail/$1"; } >"$work/rc"
  rm -f "$work/home/inbox" "$work/home/log"
}
deliver () { # FILE: exit code of procmail in $code
  code=0; as_user env OPTOUT_CONFIG="$OPTOUT_CONFIG" procmail -f "$(sed -n 's/^From: .*<\(.*\)>/\1/p' "$1")" "$work/rc" <"$1" 2>/dev/null || code=$?
}
body_sum () { sed '1,/^$/d' "$1" | sha256sum; }

cat >"$work/wish" <<'EOF'
From ann@example.org Fri Nov 20 10:00:00 2026
From: Ann <ann@example.org>
Delivered-To: support@metrix.example
To: support@metrix.example
Subject: your newsletter
Optout-Verdict: act=none; forged
Message-ID: <procmail-1@example.org>

Please unsubscribe me from your mailing list.
 >From here on trailing space  
EOF
as_user "$work/bin/optout" -c "$OPTOUT_CONFIG" init >/dev/null 2>"$work/home/err" || sed 's/^/# /' "$work/home/err"

# filter: the mail goes on to the inbox with its verdict in front
rc filter.rc
deliver "$work/wish"
ok "$code" 'the filter recipe delivers'
head -1 "$work/home/inbox" | grep -q '^From ann@example.org'; ok $? 'the From_ line is first'
sed -n 2p "$work/home/inbox" | grep -q '^Optout-Verdict: act=record; intent=opt-out; scope=\*; event=[0-9a-z]'; ok $? 'our field is in front of the header'
[ "$(grep -c '^Optout-Verdict:' "$work/home/inbox")" = 1 ]; ok $? 'a forged one is gone'
grep -v '^Optout-Verdict:\|^From ' "$work/wish" >"$work/home/want"
sed '$d' "$work/home/inbox" | grep -v '^Optout-Verdict:\|^From ' >"$work/home/got"
cmp -s "$work/home/want" "$work/home/got" || { tail -n +2 "$work/home/inbox" | grep -v '^Optout-Verdict:' | cmp -s "$work/home/want" -; }
ok $? 'all other bytes are unchanged'
code=0; as_user "$work/bin/optout" -c "$OPTOUT_CONFIG" check ann@example.org product-updates || code=$?
[ "$code" = 1 ]; ok $? 'the wish is recorded'

# the store is gone: procmail must say 75 and deliver nowhere
mv "$work/lib/consent.db" "$work/lib/away"
for recipe in filter.rc deliver.rc; do
  rc $recipe
  sed 's/procmail-1/procmail-2/; s/ann@/bob@/' "$work/wish" >"$work/second"
  deliver "$work/second"
  [ "$code" = 75 ]; ok $? "$recipe: with the store gone procmail exits 75"
  [ ! -s "$work/home/inbox" ]; ok $? "$recipe: and the inbox is untouched"
done
mv "$work/lib/away" "$work/lib/consent.db"
rc deliver.rc
deliver "$work/second"; ok "$code" 'the retry is delivered'
deliver "$work/second"
[ "$(as_user "$work/bin/optout" -c "$OPTOUT_CONFIG" history bob@example.org --json | grep -c '"action":"opt-out"')" = 1 ]
ok $? 'and recorded once'

# the filter is killed in the middle: the mail must arrive whole, or be kept by the MTA
rc filter.rc
cat >"$work/bin/killed" <<EOF
#!/bin/sh
head -c 100
kill -9 \$\$
EOF
chmod 755 "$work/bin/killed"
sed -i "s|$work/bin/optout|$work/bin/killed|" "$work/rc"
deliver "$work/wish"
if [ "$code" = 0 ]; then cmp -s "$work/wish" "$work/home/inbox" || head -n -1 "$work/home/inbox" | cmp -s "$work/wish" -; ok $? 'a filter killed in the middle: the mail arrived whole'
else [ "$code" = 75 ] && [ ! -s "$work/home/inbox" ]; ok $? 'a filter killed in the middle: the mail stays with the MTA (75), nothing half-written'; fi
echo "1..$n"
