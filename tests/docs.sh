#!/bin/sh
# The manuals and the program say the same (TAP): commands, their options, settings, exit codes, defects; both ways.
set -u
top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
optout=$top_builddir/optout
[ -x "$optout" ] || { echo "1..0 # SKIP $optout is not built"; exit 0; }
export LC_ALL=C
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT

n=0 failed=0
same () { # SENTENCE; the program's words in $tmp/program, the manual's in $tmp/manual
  n=$((n + 1))
  sort -u -o "$tmp/program" "$tmp/program"
  sort -u -o "$tmp/manual" "$tmp/manual"
  if [ -s "$tmp/program" ] && cmp -s "$tmp/program" "$tmp/manual"; then echo "ok $n - $1"; return; fi
  failed=$((failed + 1))
  echo "not ok $n - $1"
  comm -23 "$tmp/program" "$tmp/manual" | sed 's/^/# the manual lacks: /'
  comm -13 "$tmp/program" "$tmp/manual" | sed 's/^/# the program lacks: /'
  [ -s "$tmp/program" ] || echo "# the program says nothing"
}

# In the manual a command is an item ".It Ic NAME ..." and its options are what follows Fl until the next one.
manual=$top_srcdir/doc/optout.1
"$optout" help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p' >"$tmp/commands"
grep -vx help "$tmp/commands" >"$tmp/program"
sed -n 's/^\.It Ic \([a-z-]*\).*/\1/p' "$manual" >"$tmp/manual"
same "every command is in optout(1)"

while read -r command; do
  # -h, -c and --store are every command's and stand at the top
  "$optout" help "$command" 2>&1 | grep -oE '^ +(-[a-zA-Z], )?(--?[a-zA-Z][a-z-]*)' | grep -oE -e '--?[a-zA-Z][a-z-]*' |
    grep -vxE -e '-h|--help' >"$tmp/program"
  awk -v command="$command" '
    /^\.It Ic / { here = $3 == command }
    /^\.(Sh|El)/ && here { here = 0 }
    here && /^\./ { while (match ($0, /Fl -?[a-zA-Z][a-z-]*/)) { print "-" substr ($0, RSTART + 3, RLENGTH - 3); $0 = substr ($0, RSTART + RLENGTH) } }
  ' "$manual" >"$tmp/manual"
  if [ ! -s "$tmp/program" ] && [ ! -s "$tmp/manual" ]; then n=$((n + 1)); echo "ok $n - $command: no options"; continue; fi
  same "$command: its options are in optout(1)"
done <<COMMANDS
$(grep -vx help "$tmp/commands")
COMMANDS

"$optout" -c "$top_srcdir/sample-mail/optout.conf" config dump |
  awk '/^\[/ { gsub (/[][]/, ""); group = $1 } /^[a-z0-9-]+ *=/ { sub (/ *=.*/, ""); print group, $0 }' >"$tmp/program"
awk '/^\.Ss \[/ { gsub (/[][]/, ""); group = $2 } /^\.Sh/ { group = "" } /^\.It Ic/ && group != "" { print group, $3 }' \
  "$top_srcdir/doc/optout.conf.5" >"$tmp/manual"
same "every setting is in optout.conf(5)"

sed -n 's/^#define FILTER_EXIT_[A-Z_]* \([0-9]*\).*/\1/p' "$top_srcdir/filter/outcome.h" >"$tmp/program"
sed -n '/^\.Sh EXIT STATUS/,/^\.Sh EXAMPLES/s/^\.It \([0-9]*\)$/\1/p' "$manual" >"$tmp/manual"
same "every exit code is in optout(1)"

sed -n '/PARSER_DEFECT_/s/.*"\([a-z-]*\)".*/\1/p' "$top_srcdir/parser/parser.h" >"$tmp/program"
sed -n '/^\.Ss Defects/,/^\.Ss Limits/s/^\.It Li \([a-z-]*\)$/\1/p' "$top_srcdir/doc/optout-mail.7" >"$tmp/manual"
same "every defect is in optout-mail(7)"

awk '/^typedef enum/ { names = "" } /PARSER_(KIND|INTENT)_[A-Z_]+/ { match ($0, /PARSER_(KIND|INTENT)_[A-Z_]+/); names = names " " substr ($0, RSTART, RLENGTH) }
     /^} Parser(Kind|Intent);/ { print names }' "$top_srcdir/parser/parser.h" | tr ' ' '\n' |
  sed -n 's/^PARSER_\(KIND\|INTENT\)_//p' | tr 'A-Z_' 'a-z-' >"$tmp/program"
sed -n '/^\.Ss What a mail is/,/^\.Ss Whose/p; /^\.Ss What they ask/,/^\.Ss What is done/p' "$top_srcdir/doc/optout-mail.7" |
  sed -n 's/^\.It Sy //p' | grep -oE '\b[a-z-]+' >"$tmp/manual"
same "every kind and intent is in optout-mail(7)"
# Reasons: those of the rules have words, and those with words are in the manual.
words () { sed -n "/^static const Meaning $1\[\]/,/^};/s/^  { \"\([a-z-]*\)\".*/\1/p" "$top_srcdir/filter/report-words.c"; }
reasons () { sed -n "/^\.Ss Reasons for an $1/,/^\.El/s/^\.It Li \([a-z-]*\)$/\1/p" "$top_srcdir/doc/optout-mail.7"; }
rules () { sed -n "/^static const $1 [a-z_]*\[\]/,/^};/s/^  { \"\([a-z-]*\)\".*/\1/p" "$top_srcdir"/filter/policy*.c | sort -u; }
for what in act:acts:A[a-z]*Rule answer:replies:ReplyRule; do
  IFS=: read -r verdict table type <<WHAT
$what
WHAT
  { words "$table"; rules "$type"; [ "$table" = acts ] || echo ok; } >"$tmp/program"
  { words "$table"; [ "$table" = acts ] || echo ok; } >"$tmp/manual"
  same "every rule for an $verdict has words for people"
  cp "$tmp/manual" "$tmp/program"
  reasons "$verdict" >"$tmp/manual"
  same "every reason for an $verdict is in optout-mail(7)"
done
echo "1..$n"
exit $((failed > 0))
