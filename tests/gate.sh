#!/bin/sh
# What may be sent, as the mailing program asks: defaults of categories, links, spellings of an address; show, check,
# batch and the list agree (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"
cat >"$work/optout.conf" <<END
[optout]
store = sqlite:$work/consent.db
secret-file = $work/secret
dotless-domains = dots.example; BÜCHER.example
[category news]
[category offers]
[category trials]
title = Trial offers
default = out
[category invoices]
essential = yes
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG

run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
says () { [ "$code" = "$1" ] && grep -qE -- "$2" "$work/out"; }
complains () { [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }
may () { # ADDRESS CATEGORY yes|no: check, its explanation, its batch and show say the same
  run check "$1" "$2"
  case $3$code in yes0 | no1) ;; *) return 1 ;; esac
  run check --explain "$1" "$2" && says "$code" "^$3: " || return 1
  printf '%s\n' "$1" >"$work/in"
  batch=$("$optout" check --batch "$2" <"$work/in")
  others=$("$optout" check --batch --not "$2" <"$work/in")
  case $3 in yes) [ "$batch" = "$1" ] && [ -z "$others" ] ;; no) [ -z "$batch" ] && [ "$others" = "$1" ] ;; esac || return 1
  "$optout" show --csv "$1" | grep -E "^$2," | grep -qE ",(allowed|opted in|essential)," && shown=yes || shown=no
  [ "$shown" = "$3" ]
}
run init; ok "$code" "there is a store"

# ---- what holds for who never said anything ----
may ann@example.org news yes; ok $? "a category is in unless out"
may ann@example.org trials no; ok $? "or out unless in"
run check --explain ann@example.org trials; says 1 '^no: trials goes only to who opted in, and nothing in the store allows it for ann@example\.org$'
ok $? "which says that nothing in the store allows it"
may ann@example.org invoices yes; ok $? "essential mail goes out"
run opt-in ann@example.org news --proof 'form 1'; may ann@example.org trials no; ok $? "an opt-in to another category is none"
run opt-in ann@example.org trials --note 'by phone'; may ann@example.org trials yes; ok $? "an opt-in opens it"
run check --explain ann@example.org trials; says 0 '^yes: ann@example\.org opted in on .* \(customer service, by phone, event [0-9a-z]+\)$'
ok $? "and is named"
may ann+shop@example.org trials no; ok $? "for that address alone"
run add ann@example.org --note 'letter'; may ann@example.org trials no; ok $? "until a stop"
run opt-in bob@example.org --proof 'form 2'; may bob@example.org trials yes; ok $? "an opt-in to everything opens it too"

sed 's/^essential = yes/&\ndefault = in/' "$work/optout.conf" >"$work/wrong.conf"
run -c "$work/wrong.conf" check ann@example.org news
complains 75 "wrong.conf:$(grep -n '^default = in' "$work/wrong.conf" | cut -d: -f1): .*essential"; ok $? "essential mail has no default, and the line is named"
sed 's/^default = out/default = maybe/' "$work/optout.conf" >"$work/wrong.conf"
run -c "$work/wrong.conf" check ann@example.org news; complains 75 'maybe.*in, out'; ok $? "a default is in or out"
sed 's/^dotless-domains.*/dotless-domains = a@b.example/' "$work/optout.conf" >"$work/wrong.conf"
run -c "$work/wrong.conf" check ann@example.org news; complains 75 'a@b\.example.*no domain'; ok $? "a domain is no address"

# ---- one mailbox, many spellings: what was stopped | what is asked | is it stopped too? ----
while IFS='|' read -r stopped asked answer sentence; do
  case $stopped in '' | '#'*) continue ;; esac
  run add "$stopped" offers --note spelling
  [ "$code" = 0 ] && may "$asked" offers "$answer"; ok $? "$sentence"
done <<END
Cap@EXAMPLE.org|cap@example.org|no|capitals mean nothing
low@example.org|LOW@example.ORG|no|nor the other way round
dot@example.org.|dot@example.org|no|nor does a closing dot of the domain
brackets@example.org|<brackets@example.org>|no|nor angle brackets
"quoted"@example.org|quoted@example.org|no|nor quotes that nothing needs
josé@bücher.example|$(printf 'jose\314\201@b\303\274cher.example')|no|é is é, composed or not
zoë@bücher.example|zoë@xn--bcher-kva.example|no|a domain is its A-label
mia@xn--bcher-kva.example|Mia@BÜCHER.example|no|and its U-label, in capitals too
straße@example.org|STRASSE@example.org|no|sharp s is folded as case is
wide@example.org|ｗｉｄｅ@example.org|yes|full-width letters are others
tag@example.org|tag+shop@example.org|no|a stop of an address covers its tags
some+shop@example.org|some@example.org|yes|a stop of a tag is of that tag alone
other+shop@example.org|other+news@example.org|yes|and of no other tag
Tagged+SHOP@example.org|tagged+shop@example.org|no|capitals in a tag mean nothing
a.nn@example.org|ann.x@example.org|yes|dots count
d.o.t@example.org|dot2@example.org|yes|everywhere
e.v.e@dots.example|eve@dots.example|no|but where they mean nothing
eva@dots.example|e.va@dots.example|no|with dots or without
i.da@dots.example|id.a@dots.example|no|or others
i.na@Dots.Example|in.a+shop@dots.example|no|with a tag behind
o.da+x@dots.example|od.a+x@dots.example|no|or in both
o.la+x@dots.example|ola+y@dots.example|yes|but not another tag
u.do@xn--bcher-kva.example|udo@bücher.example|no|also where the domain is spelt otherwise
END
run check --explain in.a@dots.example offers
says 1 '^no: for i\.na@dots\.example, which is linked with in\.a@dots\.example, offers is stopped'; ok $? "and check says under which spelling"
run check --explain e.va@dots.example offers
says 1 '^no: for eva@dots\.example, the same mailbox as e\.va@dots\.example, '; ok $? "also without dots"
sed '/^dotless-domains/d' "$work/optout.conf" >"$work/dots.conf"
run -c "$work/dots.conf" check e.v.e@dots.example offers; [ "$code" = 1 ]; ok $? "no opt-out is lost when dots mean something again"

sed 's/^dotless-domains.*/dotless-domains = later.example/' "$work/optout.conf" >"$work/dots.conf"
run add la.ter@later.example offers --note 'before the setting'
run -c "$work/dots.conf" check later@later.example offers; [ "$code" = 0 ]; ok $? "what was recorded before a domain was named has one spelling"
run link --spellings; says 0 'these domains'; ok $? "the spellings of what is recorded can be linked"
run -c "$work/dots.conf" link --spellings; says 0 'later\.example'; ok $? "for a domain that was added"
run -c "$work/dots.conf" check l.a.t.e.r@later.example offers; [ "$code" = 1 ]; ok $? "and then it has all"
sed '/^dotless-domains/d' "$work/optout.conf" >"$work/dots.conf"
run -c "$work/dots.conf" link --spellings; complains 64 'dotless-domains'; ok $? "where there is such a domain"

# ---- two addresses of one person ----
run link Carl@example.org CARL@example.ORG --proof x; complains 64 'one address twice'; ok $? "an address is not linked with itself"
run link carl@example.org carla@example.org; complains 64 '--proof'; ok $? "a link wants a proof"
run link carl@example.org --proof x; complains 64 'two addresses'; ok $? "and two addresses"
run link carl@example.org nobody --proof x; complains 64 'not an e-mail address'; ok $? "that are some"
run link carl@example.org carla@example.org --proof 'both wrote, ticket 7' --by dora; says 0 'are linked: a stop of one'; ok $? "link links"
run link carla@example.org carl@example.org --proof again; says 0 'were linked already'; ok $? "once"
run add carla@example.org news --note phone
may carl@example.org news no; ok $? "a stop of one holds for the other"
may carl+x@example.org news no; ok $? "and for its tags"
may carl@example.org offers yes; ok $? "for what was stopped"
run check --explain carl@example.org news; says 1 '^no: for carla@example\.org, which is linked with carl@example\.org, news is stopped'; ok $? "check says whose it is"
run check --explain carl+x@example.org news; says 1 'linked with the base address of carl\+x@example\.org, news'; ok $? "for a tag too"
run opt-in carl@example.org news --proof 'form 3'; says 0 'news stays stopped by customer service; of another address'; ok $? "an opt-in of the other lifts nothing, and is told so"
may carl@example.org news no; ok $? "indeed nothing"
run list --category news --csv; [ "$(grep -cE '^carla?@example\.org,' "$work/out")" = 2 ] && grep -q '^carl@example.org,.*,carla@example.org' "$work/out"
ok $? "the list names both, and for whom"
run list --category news; says 0 '^carl@example.org  *news  *linked address  *2' && [ "$(wc -L <"$work/out")" -le 100 ]; ok $? "the table fits a terminal"
run list --category news --long; says 0 ' [0-9a-z]{32}  carla@example.org$'; ok $? "and can be had whole"
run show carl@example.org; says 0 '^linked with carla@example\.org since .*\(event [0-9a-z]+\)'; ok $? "show names the link"
run history carl@example.org; says 0 'carla@example\.org'; ok $? "so does history"
! grep -q 'opt-out' "$work/out"; ok $? "but not what the other did"
run unlink carl@example.org carla@example.org; complains 64 '--note'; ok $? "unlink wants a reason"
run unlink carl@example.org carla@example.org --note 'two brothers'; says 0 'no longer'; ok $? "unlink parts them"
may carl@example.org news yes; ok $? "and each has its own stops again"
may carla@example.org news no; ok $? "which hold"
run unlink carl@example.org carla@example.org --note x; says 0 'were not linked'; ok $? "once"
run add carla@example.org news --note 'again'; says 0 'it was stopped already$'; ok $? "a second opt-out is told that the first one holds"
run add carla@example.org --note 'all'; says 0 '\)$'; ok $? "not of more than that"

printf 'From: hugo@example.org\nTo: support@metrix.example\nSubject: a question\nMessage-ID: <q@example.org>\nDate: Sat, 21 Nov 2026 10:00:00 +0000\n\nHow can I unsubscribe from your newsletter?\n' >"$work/question.eml"
run replay --as support@metrix.example "$work/question.eml"; run check --explain hugo@example.org news
says 1 '^no: for hugo@example\.org, everything is silent since 2026-11-21T10:00:00Z \(a mail that waits for a decision, by mail: see .optout review show [0-9a-f]{32}.\)$'
ok $? "check says where the mail is that a person must decide on"
# shellcheck disable=SC2046
run review show $(grep -oE '[0-9a-f]{32}' "$work/out"); says 0 'How can I unsubscribe'; ok $? "and it is there"
run check --json carla@example.org news
says 1 '^\{"address":"carla@example\.org","category":"news","answer":"no","ground":"stop","reason":"customer-service","since":"2.*Z","channel":"phone","event":"[0-9a-f]{32}","found":null,"linked":null,"why":"no: for carla@example\.org, '
ok $? "check says it as JSON too"
run check --json carla@example.org invoices; says 0 '"answer":"yes","ground":"essential","reason":null,'; ok $? "what needs no store too"
run check --batch --json news; complains 64 'optout help check'; ok $? "of one address"

# ---- history, for who must prove it years later ----
cat >"$work/sendmail" <<END
#!/bin/sh
cat >>"$work/sent"
END
chmod +x "$work/sendmail"
sed "s|^\\[optout\\]|&\\nsendmail = $work/sendmail\\norganisation = Metrix Example\\npolicy-url = https://metrix.example/privacy\\njurisdiction = EU; DE\\nauthserv-id = mx.metrix.example\\ntrust-authentication-results = yes|" \
  "$work/optout.conf" >"$work/mail.conf"
printf '[reply]\nfrom = preferences@metrix.example\n' >>"$work/mail.conf"
cat >"$work/wish.eml" <<END
Received: from mail.example.org by mx.metrix.example; Sat, 21 Nov 2026 10:00:00 +0000
Authentication-Results: mx.metrix.example; dkim=pass header.d=example.org; dmarc=pass header.from=example.org
From: Wanda <wanda@example.org>
To: support@metrix.example
Subject: Enough
Message-ID: <wish-1@example.org>
Date: Sat, 21 Nov 2026 10:00:00 +0000

Please take me off your mailing list.
END
run -c "$work/mail.conf" replay --reply --as support@metrix.example "$work/wish.eml"
run -c "$work/mail.conf" history wanda@example.org
says 0 'they wrote: "Please take me off your mailing list' && says 0 'why it counts: The wish is clear \(clear-wish\); the author is proved by dmarc' &&
  says 0 'what we did: stopped everything, at 2.* by optout \(optout [0-9.]+, rules [0-9a-f]{16}\)'; ok $? "history quotes the wish, and says why it counted and what was done"
says 0 'what we answered: a confirmation from opt-out\.en, sha256 [0-9a-f]{64}$' && says 0 'waits to be sent since 2'; ok $? "what was answered, and that it waits"
run -c "$work/mail.conf" send; run -c "$work/mail.conf" history wanda@example.org
says 0 'the confirmation was sent on 2'; ok $? "and when it was sent"
[ -s "$work/sent" ] && [ "$(sha256sum <"$work/sent" | cut -d' ' -f1)" = "$(sed -n 's/.*a confirmation.*sha256 //p' "$work/out")" ]; ok $? "and the very octets"
run -c "$work/mail.conf" history --json wanda@example.org
missing=
for member in '"schema":"optout/consent-record/1"' '"action":"opt-out"' '"address":"wanda@example.org"' '"scope":\["\*"\]' '"channel":"mail"' \
  '"controller":"Metrix Example"' '"policy_url":"https://metrix.example/privacy"' '"jurisdiction":"EU; DE"' '"rules_version":"[0-9a-f]{16}"' \
  '"template":"opt-out.en"' '"template_sha256":"[0-9a-f]{64}"' '"confirmation":"[0-9a-f]{64}"' '"received_at":"2026-11-21T10:00:00Z"' \
  '"message-id":"<wish-1@example.org>"' '"mail-sha256":"'"$(sha256sum <"$work/wish.eml" | cut -d' ' -f1)"'"' '"authenticated":"dmarc"' '"words":"Please'; do
  says 0 "$member" || missing="$missing $member"
done
[ -z "$missing" ]; ok $? "the record has every member that a consent record has$missing"
[ "$(sed -n 's/.*"template_sha256":"\([0-9a-f]*\)".*/\1/p' "$work/out")" = "$(sed -n '/^\[opt-out]$/,/^\[/{/^\[/!p}' "$top_srcdir/filter/templates/en.txt" | sed '$d' | sha256sum | cut -d' ' -f1)" ]
ok $? "and the template is the one that is shipped"
run partner add acme --by carol; run history wanda@example.org; says 0 'partner acme: not told yet'; ok $? "who was not told yet"
run partner hand acme --output "$work/acme.csv"; run history wanda@example.org; says 0 'partner acme: told on 2.* by file 1, not confirmed yet'; ok $? "and who was"
run verify; ok "$code" "the ledger is whole"

echo "1..$n"
exit $((failed > 0))
