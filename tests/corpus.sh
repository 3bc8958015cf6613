#!/bin/sh
# Every pair of sample-mail/ is a test: what `optout classify --json` says of NNNN-slug.eml is compared, key by key, with
# NNNN-slug.expect. The mailbox is the one that the mail's own Delivered-To names. A new test is two new files.
set -u
optout=${top_builddir:-.}/optout
samples=${top_srcdir:-.}/sample-mail

# compare EXPECT JSON: one line for each key that differs, nothing when all are as expected
compare () {
  awk '
    function value(key, json,    at, rest) # of a member of the outermost object; those of inner objects come later
    {
      at = index (json, "\"" key "\":")
      if (at == 0) return "(absent)"
      rest = substr (json, at + length (key) + 3)
      if (rest ~ /^"/) return substr (rest, 2, match (substr (rest, 2), /"/) - 1)
      if (rest ~ /^\[/) return list(substr (rest, 2, index (rest, "]") - 2))
      return rest
    }
    function list(text) { gsub (/"/, "", text); return sorted(text) }
    function addresses(json,    found)
    {
      found = ""
      sub (/"beside":.*/, "", json) # one more person is not who is opted out
      while (match (json, /"address":"[^"]*"/))
        {
          found = found "," substr (json, RSTART + 11, RLENGTH - 12)
          json = substr (json, RSTART + RLENGTH)
        }
      return sorted(substr (found, 2))
    }
    function sorted(text,    n, i, j, word, swap)
    {
      n = split (text, word, / *, */)
      for (i = 1; i < n; i++)
        for (j = i + 1; j <= n; j++)
          if (word[j] < word[i]) { swap = word[i]; word[i] = word[j]; word[j] = swap }
      text = word[1]
      for (i = 2; i <= n; i++) text = text ", " word[i]
      return n == 0 ? "none" : text
    }
    NR == FNR { json = $0; next }
    {
      key = $0; sub (/:.*/, "", key)
      wanted = $0; sub (/^[^:]*: */, "", wanted)
      got = key == "subjects" ? addresses(json) : value(key, json)
      if (key !~ /^(kind|intent|act|reply|scope|except|subjects|defects)$/)
        print "no such key: " $0
      else if (sorted(wanted) != got)
        print key ": expected " wanted ", got " got
    }' "$2" "$1"
}

[ -x "$optout" ] || { echo "1..0 # SKIP $optout is not built"; exit 0; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT
# tokens in the mails are made with these keys, which the program reads from a file of their reader alone
install -m 600 "$samples/secret" "$tmp/secret"
sed "s|^secret-file *=.*|secret-file = $tmp/secret|" "$samples/optout.conf" >"$tmp/optout.conf"

n=0 failed=0
for mail in "$samples"/[0-9]*.eml; do
  n=$((n + 1))
  name=$(basename "$mail" .eml)
  if ! "$optout" -c "$tmp/optout.conf" classify --json "$mail" >"$tmp/json" 2>"$tmp/diff"; then
    echo "classify ended with a failure" >>"$tmp/diff"
  elif [ "$(wc -l <"$tmp/json")" -ne 1 ]; then
    echo "one record expected, got $(wc -l <"$tmp/json")" >>"$tmp/diff"
  else
    compare "$samples/$name.expect" "$tmp/json" >>"$tmp/diff" 2>&1
  fi
  if [ -s "$tmp/diff" ]; then
    failed=$((failed + 1))
    echo "not ok $n - $name"
    sed 's/^/# /' "$tmp/diff"
  else
    echo "ok $n - $name"
  fi
done
echo "1..$n"
exit $((failed > 0))
