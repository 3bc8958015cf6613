# house.sh - sourced, after tap.sh, by shell tests of a whole installation, as root (deliver then becomes nobody) and as an
# ordinary user. "house" makes it: Metrix Example, with what standard input adds to its settings (a group may come twice).
#   $work/conf        the settings, which $OPTOUT_CONFIG names; $work/lib has store, secret and what deliver writes
#   $work/sent/N.eml  what was sent as number N, from 0, and N.args the words of sendmail's command line
#   $work/broken      while it exists, sendmail fails for now
#   person COMMAND    optout as the user whom the store belongs to; run COMMAND: the same, its output in $work/out and err
if [ "$(id -u)" = 0 ]; then user='user = nobody' as='setpriv --reuid=nobody --regid=nogroup --clear-groups'; else user='' as=''; fi

house () {
  mkdir "$work/lib" "$work/sent"
  cat >"$work/sendmail" <<END
#!/bin/sh
[ ! -e "$work/broken" ] || exit 75
number=\$(ls "$work/sent" | grep -c 'eml\$')
echo "\$@" >"$work/sent/\$number.args"
cat >"$work/sent/\$number.eml"
END
  chmod 755 "$work/sendmail"
  { cat <<END; cat; } >"$work/conf"
[optout]
$user
organisation = Metrix Example
store = sqlite:$work/lib/consent.db
secret-file = $work/lib/secret
sendmail = $work/sendmail
[reply]
from = Metrix Example preferences <preferences@metrix.example>
[category product-updates]
title = Product updates
[mailbox unsubscribe@metrix.example]
role = unsubscribe
[mailbox preferences@metrix.example]
role = preferences
[mailbox support@metrix.example]
role = mixed
copy = yes
END
  [ -z "$user" ] || chown nobody "$work/lib" "$work/sent"
  OPTOUT_CONFIG=$work/conf
  export OPTOUT_CONFIG
}
person () { $as "$optout" "$@"; }
run () { code=0; person "$@" >"$work/out" 2>"$work/err" || code=$?; }
is () { [ "$code" = "$1" ]; }
says () { grep -qE -- "$1" "$work/out"; }
sent () { ls "$work/sent" | grep -c 'eml$'; }
last () { echo "$work/sent/$(($(sent) - 1)).eml"; } # what was sent last
sent_to () { grep -lx -e "-i -f ${2-<>} -- $1" "$work"/sent/*.args 2>/dev/null | sed 's/args$/eml/'; } # RECIPIENT [SENDER]: which mails
