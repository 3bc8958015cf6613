#!/bin/sh
# stats, on a store whose figures are known by how it was made (TAP).
. "${top_srcdir:-.}/tests/tap.sh"
plant=$(cd "$top_builddir" && pwd)/tests/plant
[ -x "$plant" ] || { echo "1..0 # SKIP $plant is not built: make check builds it"; exit 0; }
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is not installed"; exit 0; }
cat >"$work/optout.conf" <<END
[optout]
organisation = Metrix Example
store = sqlite:$work/consent.db
secret-file = $work/secret
[category product-updates]
title = Product updates
[category special-offers]
[category service-notices]
essential = true
END
export OPTOUT_CONFIG="$work/optout.conf"
run () { code=0; "$optout" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?; }
says () { grep -qE -- "$1" "$work/out"; }
complains () { [ "$code" = "$1" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -- "$2" "$work/err"; }
is () { # EXPRESSION SENTENCE: true of the object s that stats --json has printed
  python3 -c "import json,sys; s = json.load (open (sys.argv[1])); c = s['clocks']; sys.exit (0 if ($1) else 1)" "$work/out"
  ok $? "$2"
}

# ---- nothing at all ----
run stats
complains 75 'secret'; ok $? "without a store there are no figures"
"$optout" init >/dev/null
run stats
[ "$code" = 0 ] && says '^Metrix Example, 20..-.*, from the beginning$' && says '^  nothing$' && says '^  all  *0$'
ok $? "an empty store: nothing to do, and zeros"
run stats --json
[ "$code" = 0 ] && [ "$(wc -l <"$work/out")" = 1 ]; ok $? "as JSON it is one line"
is "s['opt_outs'] == 0 and s['needs_a_person'] == [] and s['since'] is None and c['effective']['count'] == 0" "and says the same"

# ---- known figures ----
"$plant" "$OPTOUT_CONFIG" <<END
out person mail 100d 3d *
partner acme 60d
out person mail 40d 40d * one
out person mail 39d 39d product-updates,special-offers two
out complaint mail 38d 38d * three
out bounce mail 37d 37d retired-category
out customer-service phone 36d 36d special-offers
reply r1 one 40d sent 40d
reply r2 two 39d sent 34d
reply r3 three 38d failed 30d
out person mail 99d 36d * again one
reply r6 again 36d sent 36d
hand acme 35d 35d
hold h1 30d accept 29d
hold h2 30d accept 10d
hold h3 20d reject 20d
hold h4 3d
hold h5 10m
case c1 access 33d
case c2 erasure 25d
case c3 erasure 3d
case c4 correction 50d 40d
case c5 access 50d 15d
in 20d *
reply r5 one 40d uncertain
reply r4 one 3d waiting
out person mail 1h 1h *
END
[ $? = 0 ]; ok $? "a store is made"
run verify
[ "$code" = 0 ]; ok $? "that is sound"
run stats --json
is "s['opt_outs'] == 10 and s['opt_ins'] == 1" "opt-outs and opt-ins are counted, those after a review too"
is "{ k['category']: k['opt_outs'] for k in s['by_category'] } == { '*': 7, 'product-updates': 1, 'special-offers': 2, None: 1 }" \
  "by category: one that names two counts in both, one that is gone from the configuration as null"
is "[ k['title'] for k in s['by_category'] ][:3] == ['All marketing mail', 'Product updates', 'special-offers']" "with their titles"
is "s['by_reason'] == { 'complaint': 1, 'person': 7, 'customer-service': 1, 'bounce': 1 }" "by reason"
is "s['by_channel'] == { 'mail': 9, 'phone': 1 }" "by channel"
is "c['effective']['count'] == 8 and c['effective']['median_seconds'] == 0 and c['effective']['longest_seconds'] == 20 * 86400" \
  "in effect: a wish that waited for a person took so long"
is "(c['effective']['over_48_hours'], c['effective']['over_5_business_days'], c['effective']['over_10_business_days']) == (1, 1, 1)" \
  "and is over its terms"
is "c['late']['count'] == 2 and c['late']['longest_seconds'] == 97 * 86400" "what was read from old mail is counted apart, an answer to a confirmation too"
is "c['confirmed']['count'] == 2 and c['confirmed']['median_seconds'] == 0 and c['confirmed']['longest_seconds'] == 5 * 86400" \
  "answered: from the wish to the sending"
is "s['confirmed_late'] == 1" "an answer to old mail is none of them"
is "c['handed']['count'] == 5 and c['handed']['longest_seconds'] == 5 * 86400 and c['acknowledged']['count'] == 5" \
  "the partner was told of five, and confirmed"
is "s['partners'] | { 'oldest_since': 0 } == { 'active': 1, 'late': 1, 'unconfirmed_opt_outs': 3, 'oldest_since': 0 }" \
  "and not of what came later; the wish of before it was a partner is none of its own"
is "c['decided']['count'] == 3 and c['decided']['longest_seconds'] == 20 * 86400" "decisions: from held to decided"
is "s['review'] | { 'oldest_since': 0 } == { 'open': 2, 'oldest_since': 0, 'open_over_48_hours': 1, 'accepted': 2, 'rejected': 1 }" "reviews"
is "s['replies'] == { 'waiting': 1, 'sending': 0, 'sent': 3, 'uncertain': 1, 'failed': 1 }" "answers as they stand"
is "{ k: s['cases'][k] for k in s['cases'] if k not in ('oldest_since', 'by_kind') } == { 'open': 3, 'overdue': 1, 'due_within_7_days': 1, 'closed': 2, 'closed_late': 1, 'median_seconds': 10 * 86400, 'longest_seconds': 35 * 86400 }" \
  "requests of people: one is overdue, one soon will be, one was closed too late"
is "s['cases']['by_kind'] == { 'erasure': { 'received': 2, 'open': 2, 'overdue': 0 }, 'access': { 'received': 2, 'open': 1, 'overdue': 1 }, 'correction': { 'received': 1, 'open': 0, 'overdue': 0 } }" \
  "by kind"
is "[ (n['what'], n['count'], n['late']) for n in s['needs_a_person'] ] == [ ('cases-overdue', 1, True), ('review-overdue', 1, True), ('replies-late', 1, True), ('partners-late', 1, True), ('replies-failed', 1, False), ('replies-uncertain', 1, False), ('cases-due', 1, False), ('review', 1, False) ]" \
  "what needs a person, worst first"
! grep -q '@' "$work/out"; ok $? "no address is in it"

run stats
says '^  ! 1 mail has waited more than 48 hours for a decision, since 20..-..-..: '\''optout review list'\''$'
ok $? "for people: a line for each, and what shows more"
says '^  In effect +8 +at once +20 days +20 days +1 +1 +1$'; ok $? "the clocks in words"
says '^  Answered: without answers to saved mail \(1\)'; ok $? "and what they leave out"
! grep -q '@' "$work/out"; ok $? "no address there either"
[ "$(awk 'length > 130' "$work/out" | wc -l)" = 0 ]; ok $? "no line is longer than a screen is wide"

# ---- a period ----
run stats --json --since "$(date -u -d '22 days ago' +%Y-%m-%d)"
is "s['opt_outs'] == 1 and s['recorded_but_received_before'] == 2" "--since: what reached us then, and what was only recorded then"
is "c['late']['count'] == 0 and s['review']['accepted'] == 1 and s['review']['rejected'] == 1" "decisions of that time"
is "s['cases']['closed'] == 1 and s['cases']['by_kind']['erasure'] == { 'received': 1, 'open': 2, 'overdue': 0 }" "requests of that time"
is "s['review']['open'] == 2 and s['replies']['failed'] == 1" "what is open is open whenever it came"
is "s['partners']['late'] == 1 and c['handed']['count'] == 0" "and so is what a partner was not told"
run stats --since yesterday; complains 64 '^optout: stats: --since yesterday: not a date'; ok $? "a date that is none is refused"
run stats now; complains 64 'stats takes options only'; ok $? "and words that mean nothing"
run report; complains 64 '^optout: report: no --html FILE'; ok $? "report wants to know where to"

# ---- a store that was brought back ----
"$optout" backup "$work/copy.db" >/dev/null && rm -r "$work"/consent.db* && "$optout" restore "$work/copy.db" --note test >/dev/null
ok $? "a backup is brought back"
run stats --json
is "(s['needs_a_person'][0]['what'], s['needs_a_person'][0]['late']) == ('store-gap', True)" "what came since then is missing, and that is the first thing to know"
echo "1..$n"
exit $((failed > 0))
