#!/bin/sh
# Lists of opt-outs that were kept elsewhere (TAP): every provider's layout, bad files, interruptions, and nobody is revived.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
cd "$work" || exit 1
cat >optout.conf <<END
[optout]
store = sqlite:$work/lib/consent.db
secret-file = $work/etc/secret
[category offers]
title = Offers
[category news]
title = News
[category service]
essential = true
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >out 2>err </dev/null || code=$?; }
import () { run import --note 'a test' "$@"; }
file () { printf "$2" >"$1"; } # NAME FORMAT
fresh () { rm -rf lib etc; run init; }
is () { [ "$1" = "$2" ]; }
ends () { [ "$code" = "$1" ]; } # exit code
says () { grep -qE -- "$1" out; }
warns () { grep -qE -- "$1" err; }
counts () { says ": $1 (would be )?taken, $2 known already, $3 refused, $4 left out"; }
stopped () { "$optout" check "$1" offers >/dev/null 2>&1; [ $? = 1 ]; }
free () { "$optout" check "$1" offers >/dev/null 2>&1; }
reason () { "$optout" list --csv | grep -q "^$1,[^,]*,[^,]*,$2,${3-}"; } # ADDRESS REASON SINCE
refuses () { # PATTERN SENTENCE: the file as a whole, and nothing is recorded
  ends 66 && [ "$(wc -l <err)" = 1 ] && warns "$1" && [ ! -s out ]; ok $? "$2"
}

# ---- every provider ----
fresh
file ses.csv 'EmailAddress,Reason,LastUpdateTime\nses1@example.org,BOUNCE,2020-04-10T21:03:05Z\nses2@example.org,COMPLAINT,2020-04-10T21:03:05Z\n'
import ses.csv; ends 0 && counts 2 0 0 0 && says 'ses.csv \(SES\)' && reason ses1@example.org bounce 2020-04-10T21:03:05Z && reason ses2@example.org complaint 2020
ok $? "SES: bounces and complaints"
file sg1.csv 'status,reason,email,created\n5.1.1,550 unknown,sg1@example.org,1443651141\n4.2.2,full,sg2@example.org,1443651141\n5.7.1,policy,sg3@example.org,1443651141\n'
import sg1.csv; ends 1 && counts 1 0 2 0 && warns 'line 3: .*soft bounce' && warns 'line 4: ' && reason sg1@example.org bounce && free sg2@example.org && free sg3@example.org
ok $? "SendGrid: hard bounces; soft ones and blocks are refused"
file sg2.csv 'ip,email,created\n192.0.2.1,sg4@example.org,1443651141\n'; import sg2.csv; reason sg4@example.org complaint; ok $? "SendGrid: spam reports"
file sg3.csv '"email","created"\n"sg5@example.org","1443651141"\n'; import sg3.csv; reason sg5@example.org person 2015-09-30T22:12:21Z; ok $? "SendGrid: unsubscribes"
file mg1.csv 'address,code,error,created_at\r\nmg1@example.org,550,"no such\r\nmailbox","Fri, 21 Oct 2011 11:02:55 GMT"\r\nmg2@example.org,421,later,\r\n'
import mg1.csv; counts 1 0 1 0 && warns 'line 4: ' && reason mg1@example.org bounce 2011-10-21T11:02:55Z; ok $? "Mailgun: bounces, a line end within an error"
file mg2.csv 'address,tags,created_at\nmg3@example.org,*,2015-10-01T00:12:21Z\n'; import mg2.csv; reason mg3@example.org person; ok $? "Mailgun: unsubscribes"
file mg3.csv 'address,created_at\nmg4@example.org,2015-10-01T00:12:21Z\n'; import mg3.csv; reason mg4@example.org complaint; ok $? "Mailgun: complaints"
file mc1.csv '\357\273\277"Email Address","First Name",Address,OPTIN_TIME,UNSUB_TIME,UNSUB_REASON\nmc1@example.org,Ann,"1 Main St, Springfield","2018-02-12 17:59:31","2019-02-12 17:59:31",NORMAL\n'
import mc1.csv; counts 1 0 0 0 && reason mc1@example.org person 2019-02-12T17:59:31Z; ok $? "Mailchimp: unsubscribed, with a byte order mark and a postal address"
file mc2.csv 'Email Address,OPTIN_TIME,CLEAN_TIME\nmc2@example.org,2018-02-12 17:59:31,2019-02-12 17:59:31\n'; import mc2.csv; reason mc2@example.org bounce 2019; ok $? "Mailchimp: cleaned"
file mc3.csv 'Email Address,OPTIN_TIME\nmc3@example.org,2018-02-12 17:59:31\n'; import mc3.csv; ends 0 && counts 0 0 0 1 && free mc3@example.org; ok $? "Mailchimp: who is subscribed is left out"
file pm.csv 'EmailAddress;SuppressionReason;Origin;CreatedAt\npm1@example.org;HardBounce;Recipient;2019-12-10T08:58:33-05:00\npm2@example.org;SpamComplaint;Recipient;2019-12-10\npm3@example.org;ManualSuppression;Recipient;2019-12-10\npm4@example.org;ManualSuppression;Customer;2019-12-10\n'
import pm.csv; counts 4 0 0 0 && reason pm1@example.org bounce 2019-12-10T13:58:33Z && reason pm2@example.org complaint && reason pm3@example.org person && reason pm4@example.org customer-service
ok $? "Postmark, with semicolons"
file mt.csv 'email,doNotContact,date_added\nmt1@example.org,1,2020-01-01 00:00:00\nmt2@example.org,0,2020-01-01 00:00:00\n'; import mt.csv; counts 1 0 0 1 && reason mt1@example.org person; ok $? "Mautic: the flag"
file mt.jsonl '{"email":"mt3@example.org","doNotContact":[{"channel":"email","reason":2,"dateAdded":"2020-01-01T00:00:00+00:00"}]}\n{"email":"mt4@example.org","doNotContact":[{"channel":"sms","reason":1}]}\n'
import mt.jsonl; counts 1 0 0 1 && reason mt3@example.org bounce 2020-01-01 && free mt4@example.org; ok $? "Mautic: objects; another channel stops no mail"
file lm.csv 'uuid,email,name,attributes,status,created_at,updated_at\nu1,lm1@example.org,Ann,"{""a"":1}",blocklisted,2020-01-01,2021-01-01\nu2,lm2@example.org,Bob,{},enabled,2020-01-01,2021-01-01\n'
import lm.csv; counts 1 0 0 1 && reason lm1@example.org person 2021-01-01; ok $? "listmonk: its export"
file lm.jsonl '{"uuid":"u3","email":"lm3@example.org","status":"enabled","updated_at":"2021-01-01T00:00:00Z","lists":[{"id":1,"subscription_status":"confirmed"},{"id":2,"subscription_status":"unsubscribed"}]}\n'
import lm.jsonl; counts 1 0 0 0 && stopped lm3@example.org; ok $? "listmonk: unsubscribed from one of its lists"
file pl.csv 'email\tconfirmed\tblacklisted\tmodified\npl1@example.org\t1\t1\t2020-01-01 00:00:00\npl2@example.org\t1\t0\t2020-01-01 00:00:00\n'; import pl.csv; counts 1 0 0 1 && reason pl1@example.org person; ok $? "phpList, with tabs"
file plain '\nplain1@example.org\r\nPlain2@EXAMPLE.org\nnobody\n'; import plain; ends 1 && counts 2 0 1 0 && warns 'line 4: ' && stopped plain2@example.org; ok $? "an address a line"
"$optout" list --csv >ours.csv; "$optout" list --json >ours.jsonl; before=$(wc -l <ours.csv)
fresh; import ours.csv; ends 0 && says '\(optout\)' && "$optout" list --csv >again.csv && is "$before" "$(wc -l <again.csv)" && is "$(cut -d, -f1-5 ours.csv | md5sum)" "$(cut -d, -f1-5 again.csv | md5sum)"; ok $? "our own list comes back as it was"
import ours.jsonl; ends 0 && counts 0 $((before - 1)) 0 0; ok $? "and is known again as JSON"

# ---- what the ledger keeps ----
fresh
import --by carol ses.csv
printf '[optout]\norganisation = Metrix Example\nstore = sqlite:%s\nsecret-file = %s\n[category offers]\n' "$PWD/named.db" "$PWD/named.secret" >named.conf
run -c named.conf init; run -c named.conf import --note x ses.csv; run -c named.conf history --json ses1@example.org
says '"controller":"Metrix Example"'; ok $? "the event says in whose name it stands"
run history --json ses1@example.org
for member in '"channel":"import"' '"by":"carol"' '"note":"a test"' '"file":"ses.csv"' '"line":"2"' '"provider":"SES"' '"provider-words":"BOUNCE"' "\"file-sha256\":\"$(sha256sum ses.csv | cut -d' ' -f1)\""; do
  says "$member"; ok $? "the event has $member"
done
import --json mg1.csv; says '"file":"mg1.csv","sha256":"[0-9a-f]{64}","format":"csv","provider":"Mailgun","taken":1,"known":0,"refused":1,"left_out":0,'; ok $? "the summary as JSON"
events () { "$optout" verify | sed 's/.*: \([0-9]*\) events.*/\1/'; }
n_events=$(events); import ses.csv; ends 0 && counts 0 2 0 0 && is "$n_events" "$(events)"; ok $? "the same list again changes nothing"
file future.csv 'email,created\nlater@example.org,4102444800\n'; import future.csv; "$optout" list --csv | grep '^later' | grep -qv 2100; ok $? "no time is later than now"
import future.csv; counts 0 1 0 0; ok $? "nor is such a line new the next day"
file except.csv 'address,category,except,reason,since,channel,event\nex@example.org,*,"news  none\nx",person,2020-01-01,mail,abc\n'; import except.csv; ends 0 && "$optout" list --csv | grep -q '^ex@example.org,\*,news,'; ok $? "of what a list of ours excepts only our categories count"
cp plain plain.copy; import plain; n_events=$(events); import plain.copy; counts 0 2 1 0 && is "$n_events" "$(events)"; ok $? "lines without a time are known by their file, whatever its name"
file time 'old@example.org\n'; import --received 2019-05-01 time; reason old@example.org person 2019-05-01T00:00:00Z; ok $? "--received dates them"
import --category offers --reason complaint mt.jsonl; run list --csv; says '^mt3@example.org,offers,,complaint,'; ok $? "--category and --reason say what and why"
n_events=$(events); run import --dry-run pm.csv; ends 0 && counts 4 0 0 0 && says 'nothing was written' && is "$n_events" "$(events)"; ok $? "a dry run writes nothing, and needs no note"
file map.csv 'Kontakt,Grund,Wann\nmap@example.org,spam,2020-01-01\n'; import map.csv; ends 66; ok $? "columns of no known name"
import --map Kontakt=address --map Grund=reason --map Wann=time map.csv; ends 0 && reason map@example.org complaint 2020-01-01; ok $? "--map tells what they are"

# ---- nobody is revived ----
fresh
"$optout" add ann@example.org --note phone >/dev/null
for when in 2001-01-01 2999-01-01; do
  file back.csv "email,status,optin_time\nann@example.org,subscribed,$when\n"
  import back.csv; ends 1 && warns 'line 2: it says subscribed, but the address is stopped' && stopped ann@example.org; ok $? "who is stopped stays so: subscribed since $when"
  import --opt-in --proof 'sign-up log' back.csv; ends 1 && counts 0 0 1 0 && stopped ann@example.org; ok $? "and with --opt-in"
done
file part.csv 'email,status,optin_time\nbob@example.org,subscribed,2020-01-01\nbob+tag@example.org,subscribed,2020-01-01\n'
"$optout" add bob@example.org news --note phone >/dev/null
import --opt-in --proof log part.csv; ends 1 && counts 0 0 2 0; ok $? "a stop of one category is in the way of everything, and that of the address of an address with a tag"
import --opt-in --proof log --category offers part.csv; ends 0 && counts 2 0 0 0; run history bob@example.org; says '^2020-01-01.* opt-in of offers, by import'; ok $? "of other categories a consent is recorded"
run check bob@example.org news; ends 1; ok $? "which lifts nothing"
file since.csv 'email,status\ncarl@example.org,subscribed\n'; import --opt-in --proof log since.csv; ends 1 && warns 'not since when'; ok $? "a consent has a time"
file strong.csv 'email,reason,created_at\ndora@example.org,complaint,2020-01-01\n'; import strong.csv
file weak.csv 'email,reason,created_at\ndora@example.org,hard bounce,2021-01-01\n'; import weak.csv; "$optout" opt-in dora@example.org --note 'works again' >out; stopped dora@example.org; ok $? "a weaker reason, though later, replaces no stronger one"

# ---- who was erased ----
file gone.csv 'email,created\ngone@example.org,1443651141\n'; import gone.csv; run erase gone@example.org --note 'ticket 5'; ends 0; ok $? "somebody of the list is erased"
file gone2.csv 'email,created\ngone@example.org,1543651141\n'; import gone2.csv; ends 0 && counts 0 1 0 0 && stopped gone@example.org; ok $? "another list that names the address is known already"
! cat lib/consent.db* | grep -aq gone@; ok $? "and brings no octet of it back"
file gone3.csv 'email,status,optin_time\ngone@example.org,subscribed,2020-01-01\n'; import --opt-in --proof log gone3.csv; ends 1 && stopped gone@example.org; ok $? "nor revives it"
file but.csv 'address,category,except,reason,since\npart@example.org,*,news,person,2015-01-01T00:00:00Z\n'; import but.csv; run erase part@example.org --note 'ticket 6'
"$optout" check part@example.org news >out; is $? 0; ok $? "of who stopped all but news, and was erased, news may go out"
file all.csv 'email,created\npart@example.org,1543651141\n'; import all.csv; ends 0 && counts 1 0 0 0; "$optout" check part@example.org news >out; is $? 1; ok $? "a list that stops more than is remembered is taken"
file soft.csv 'email,reason,created_at\nweak@example.org,hard bounce,2020-01-01\n'; import soft.csv; run erase weak@example.org --note 'ticket 7'
file hard.csv 'email,reason,created_at\nweak@example.org,complaint,2020-02-01\n'; import hard.csv; ends 0 && counts 1 0 0 0; run opt-in weak@example.org --note 'works again'; stopped weak@example.org; ok $? "so is one with a stronger reason"
run add here@example.org --note x; run opt-in away@example.org --note x; run link here@example.org away@example.org --proof x; run erase away@example.org --note 'ticket 8'
file away.csv 'email,created\naway@example.org,1543651141\n'; import away.csv; run unlink here@example.org away@example.org --note x; stopped away@example.org; ok $? "and one of who was stopped by a link alone"

# ---- bad files ----
import; ends 64; ok $? "no file is a usage error"
run import ses.csv; ends 64 && warns -- '--note'; ok $? "so is no note"
import --opt-in ses.csv; ends 64; ok $? "so is --opt-in without a proof"
import --category service ses.csv; ends 64 && warns essential; ok $? "so is a category that cannot be stopped"
import --reason whim ses.csv; ends 64; ok $? "so is a reason that there is not"
import --map a=b ses.csv; ends 64; ok $? "and a meaning that there is not"
import none.csv; refuses 'none.csv: ' "a file that is not there"
import lib; refuses 'directory' "a directory"
mkfifo pipe; import pipe; refuses 'no ordinary file' "a pipe is not waited for"
: >empty; import empty; refuses 'empty' "an empty file"
file blank '\n\r\n  \n'; import blank; refuses 'empty' "a blank one"
file head 'email,created\n'; import head; ends 0 && counts 0 0 0 0; ok $? "a header and no lines is an empty list"
file utf16 '\377\376e\0m\0'; import utf16; refuses 'UTF-16.*iconv' "UTF-16"
file utf16b 'e\0m\0a\0'; import utf16b; refuses 'UTF-16' "UTF-16 without a mark"
file zip 'PK\003\004'; import zip; refuses 'unpack' "an archive or workbook"
file array '[{"email":"a@example.org"}]'; import array; refuses 'jq' "one list of JSON"
file nohead 'a@example.org,2020-01-01\n'; import nohead; refuses 'line 1 holds an address' "columns without a header"
file noaddr 'name,colour\nAnn,red\n'; import noaddr; refuses 'line 1: no column holds an address; there are: name, colour' "a header without an address"
file hashes 'email_sha256\n00\n'; import hashes; refuses 'hash' "hashes instead of addresses"
file bad.csv 'email,created\na@example.org\nb@example.org,1,2\nc@example.org,10/11/2020\n"d@example.org"x,1443651141\nM\374ller@example.org,1443651141\nf\0@example.org,1443651141\nhmac:00,1443651141\ng@example.org,1443651141\n"h@example.org,1\n'
import --rejects rejects.csv bad.csv; ends 1 && counts 1 0 8 0; ok $? "wrong lines are refused, the others taken"
for line in '2: .*fewer fields' '3: .*more fields' '4: .*time cannot be told' '5: .*behind a closing' '6: .*not UTF-8.*iconv' '7: .*NUL' '8: .*hash' '10: .*never closed'; do
  warns "line $line"; ok $? "line $line"
done
! grep -q @ err; ok $? "no address stands in the messages"
is 600 "$(stat -c %a rejects.csv)" && is 10 "$(tr -d '\0' <rejects.csv | grep -ac '')" && grep -aq '^5,.*,"""d@example.org""x,1443651141"' rejects.csv; ok $? "all of them are in a file that nobody else can read"
cp bad.csv same.csv; import --rejects same.csv same.csv; ends 64 && cmp -s bad.csv same.csv; ok $? "which cannot be the list"
seq 1 60 | sed '1i email' >many; import many; is 51 "$(wc -l <err)" && warns '10 more lines were refused; --rejects'; ok $? "50 are shown, the rest is counted"
{ echo email; head -c 3000000 /dev/zero | tr '\0' x; echo; echo z@example.org; } >long; import long; ends 1 && warns 'line 2: it is longer than 1 MB' && counts 1 0 1 0; ok $? "a line of 3 MB is passed over"
import --store "sqlite:$work/none.db" ses.csv; ends 75; ok $? "no store is 75"

# ---- standard input, interruptions ----
code=0; "$optout" import --note x - <ses.csv >out 2>err || code=$?; ends 0 && says '^standard input \(SES\): 2 taken'; ok $? "standard input"
fresh
{ echo email,created; i=0; while [ $i -lt 16000 ]; do i=$((i + 1)); echo "p$i@example.org,1443651141"; done; echo bad,1; } >big.csv
"$optout" import --note x --rejects big.rejects big.csv >/dev/null 2>&1 & pid=$!
while kill -0 $pid 2>/dev/null; do [ "$("$optout" list --csv 2>/dev/null | wc -l)" -gt 1 ] && break; done
kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
import --rejects big.rejects big.csv; ends 1 && counts 16000 0 1 0; ok $? "after kill -9 it goes on, and the counts are of the whole list"
says '^continued at line (2|6|14)002$'; ok $? "behind the last group that was whole"
is 16001 "$("$optout" list --csv | wc -l)" && is 16001 "$(events)"; ok $? "nothing is there twice, and nothing is missing"
is 2 "$(wc -l <big.rejects)"; ok $? "nor in the rejects"
import big.csv; ends 1 && counts 0 16000 1 0; ok $? "once more: all is known"
run verify; ends 0; ok $? "the ledger is whole"
fresh
"$optout" import --note x big.csv >out 2>err & pid=$!
while kill -0 $pid 2>/dev/null; do [ "$("$optout" list --csv 2>/dev/null | wc -l)" -gt 1 ] && break; done
kill -TERM $pid; code=0; wait $pid || code=$?; ends 75 && warns 'interrupted. Run it again to go on'; ok $? "SIGTERM ends behind a whole group, with 75"
import big.csv; ends 1 && counts 16000 0 1 0 && says '^continued'; ok $? "and it goes on"

echo "1..$n"
exit $((failed > 0))
