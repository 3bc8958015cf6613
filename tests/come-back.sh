#!/bin/sh
# What becomes of complaints, bounces and leavers' notices, as their reader sees it (TAP): deliver, history, leavers, check.
set -u
. "${top_srcdir:-.}/tests/tap.sh"
. "${top_srcdir:-.}/tests/house.sh"
house <<END
[reply]
envelope-sender = returns@metrix.example
[mailbox returns@metrix.example]
role = preferences
END
may () { run check "$1" product-updates; [ "$code" = 0 ]; } # ADDRESS
deliver () { # SENDER RECIPIENT; the mail is standard input
  code=0; "$optout" deliver -f "$1" -- "$2" >"$work/out" 2>"$work/err" || code=$?; [ "$code" = 0 ]
}
report () { # TYPE FIELDS ENCLOSED: a multipart/report
  printf 'From: reports@provider.example\nSubject: a report\nMessage-ID: <%s@provider.example>\nMIME-Version: 1.0\n' "$(date +%s%N)"
  printf 'Content-Type: multipart/report; report-type=%s; boundary=b\n\n--b\nContent-Type: text/plain\n\nA report.\n\n' "$1"
  printf -- '--b\nContent-Type: message/%s\n\n%s\n\n--b\nContent-Type: message/rfc822\n\n%s\n\nHello\n\n--b--\n' "$1" "$2" "$3"
}
bounce () { report delivery-status "Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; $1
Action: failed
Status: $2
Diagnostic-Code: smtp; 550 $2 no such user" "$3"; } # ADDRESS STATUS ENCLOSED
complaint () { report feedback-report "Feedback-Type: $1
User-Agent: Feedback/1
Version: 1" "$2"; } # TYPE ENCLOSED
wish () { printf 'From: %s\nTo: support@metrix.example\nSubject: question\nMessage-ID: <%s.w@example.org>\n\nPlease send me a copy of all data that you hold about me.\n' "$1" "$1"; }
confirmed () { grep -h '^Message-ID:' "$work/sent/$1.eml"; } # NUMBER of what was sent

run init

# ---- our own confirmations that come back ----
# a request for a copy of one's data stops nothing, so whatever is stopped later is the bounce's doing
wish gone@example.org | deliver gone@example.org support@metrix.example; ok $? "a request is taken"
run send; [ "$(sent)" = 1 ]; ok $? "and confirmed"
grep -q -e '-f returns@metrix.example' "$work/sent/0.args"; ok $? "with the envelope sender that is set"
bounce gone@example.org 5.2.2 "$(confirmed 0)" | deliver '' returns@metrix.example && may gone@example.org; ok $? "a full mailbox stops nothing"
bounce gone@example.org 5.1.1 "Message-ID: <optout.0.0@metrix.example>" | deliver '' returns@metrix.example && may gone@example.org; ok $? "a bounce of a mail that is not ours stops nothing"
bounce gone@example.org 5.1.1 "$(confirmed 0)" | deliver '' returns@metrix.example && ! may gone@example.org; ok $? "a hard bounce of our confirmation stops the mail"
run history gone@example.org
says 'mail that could not be delivered' && says 'A mail server says that the address is gone' && says 'the report says: "5\.1\.1 550 5\.1\.1 no such user"'; ok $? "history says so in plain words"
run show gone@example.org; says 'everything +stopped +bounce'; ok $? "and so does show"
sleep 1 # of the same second, the stop holds
run opt-in gone@example.org --note 'new mailbox, ticket 7' && may gone@example.org; ok $? "customer service lifts it"

# ---- complaints ----
wish ann@example.org | deliver ann@example.org support@metrix.example; run send
complaint not-spam "$(confirmed 1)" | deliver fbl@provider.example returns@metrix.example && may ann@example.org; ok $? "not-spam is no complaint"
complaint abuse "To: bob@example.org" | deliver fbl@provider.example support@metrix.example; run review list; says 'complaint-unproved|bob@example\.org'; ok $? "a complaint that proves nothing waits for a person"
complaint abuse "$(confirmed 1)" | deliver fbl@provider.example returns@metrix.example && ! may ann@example.org; ok $? "one about our confirmation stops the mail of its person"
run history ann@example.org; says 'a complaint of the person'; ok $? "history says that it was a complaint"

# ---- mailings of ours with our token ----
fields () { person header "$1" product-updates --message-id; } # ADDRESS: what a mailing to it has in its header
complaint abuse "$(fields eve@example.org)" | deliver fbl@provider.example support@metrix.example && ! may eve@example.org; ok $? "a complaint about a mailing with our token stops the mail of its holder"
complaint opt-out "$(fields fay@example.org)" | deliver fbl@provider.example support@metrix.example && ! may fay@example.org; ok $? "so does one of type opt-out"
complaint fraud "$(fields flo@example.org)" | deliver fbl@provider.example support@metrix.example && may flo@example.org; ok $? "a report of fraud stops nothing"
bounce other@example.net 5.1.1 "$(fields gil@example.org)" | deliver '' support@metrix.example && ! may gil@example.org && may other@example.net; ok $? "a hard bounce stops the holder, not whom the bounce names"
bounce hal@example.org 4.2.1 "$(fields hal@example.org)" | deliver '' support@metrix.example && may hal@example.org; ok $? "a soft one stops nothing"
run token ida@example.org --purpose=reply --json; token=$(sed 's/.*"token":"\([^"]*\)".*/\1/' "$work/out")
bounce ida@example.org 5.1.1 "Subject: news" | deliver '' "returns+$token@metrix.example" && ! may ida@example.org; ok $? "a hard bounce to an envelope sender with our token stops its holder"
run token jan@example.org --purpose=reply --json; forged=$(sed 's/.*"token":"oo\([^"]*\)".*/\1/; y/abcdefghijklmnopqrstuvwxyz/bcdefghijklmnopqrstuvwxyza/; s/^/oo/' "$work/out")
bounce jan@example.org 5.1.1 "Subject: news" | deliver '' "returns+$forged@metrix.example" && may jan@example.org; ok $? "a token that somebody changed does not"

# ---- leavers ----
printf 'From: Carl <carl@example.net>\nSubject: Automatic reply: news\nAuto-Submitted: auto-replied\nMessage-ID: <l@example.net>\n\nCarl no longer works here. Please write to dora@example.net.\n' >"$work/left"
deliver carl@example.net support@metrix.example <"$work/left"; ok $? "a leaver's notice is taken"
sed 's/<l@/<l2@/' "$work/left" | deliver carl@example.net support@metrix.example; ok $? "and another one"
run leavers; [ "$code" = 0 ] && says 'carl@example\.net.*dora@example\.net' && [ "$(grep -c carl "$work/out")" = 1 ]; ok $? "the address is listed once, with the one it names"
run show carl@example.net; says 'given up since .*as an automatic answer says'; ok $? "show tells that the address is on the list"
run show dora@example.net; ! says 'given up'; ok $? "and not of who is named instead"
run leavers --json; says '"address":"carl@example.net","since":"[0-9TZ:-]*","successor":"dora@example.net"'; ok $? "as JSON"
run leavers --csv; says '^carl@example.net,'; ok $? "and as CSV"
run leavers --since 2999-01-01; ! says carl; ok $? "of a time"
run leavers --since soon; [ "$code" = 64 ] && grep -q 'not a date' "$work/err"; ok $? "a date that is none"
may carl@example.net; ok $? "nothing is stopped"
run history carl@example.net; says 'list of addresses that are given up'; ok $? "history tells of it"
run send; [ "$(sent)" = 2 ]; ok $? "none of these was answered"
run verify; [ "$code" = 0 ]; ok $? "the ledger verifies"
echo "1..$n"
exit $((failed > 0))
