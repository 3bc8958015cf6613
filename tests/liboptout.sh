#!/bin/sh
# liboptout as another program has it: installed, found by pkg-config, linked, and asked what "optout check" is asked
# (TAP).
set -u
. "${top_srcdir:-.}/tests/tap.sh"
command -v pkg-config >/dev/null || { echo "1..0 # SKIP pkg-config is not installed"; exit 0; }
builddir=$(cd "$top_builddir" && pwd) srcdir=$(cd "$top_srcdir" && pwd)
made () { sed -n "s/^$1 = //p" "$builddir/Makefile" | head -1; }

# ---- installed ----
root=$work/root prefix=/opt/optout
# the outer make's job server is not for this one
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "$builddir" install DESTDIR="$root" prefix=$prefix >"$work/out" 2>"$work/err"
ok $? "make install installs"
lib=$root$prefix/lib
[ -f "$lib/liboptout.so.0" ] && [ "$(readlink "$lib/liboptout.so")" = liboptout.so.0 ] && [ -f "$root$prefix/include/optout.h" ] &&
  [ -f "$lib/pkgconfig/optout.pc" ]; ok $? "library, header and pkg-config file"
[ -f "$(find "$root$prefix" -name liboptout.3)" ]; ok $? "and manual"
[ "$(nm -D -f posix --defined-only "$lib/liboptout.so.0" | cut -d' ' -f1 | grep -vE '^(__|_init$|_fini$)' | sort | tr '\n' ' ')" = \
  "optout_check optout_close optout_open " ]; ok $? "nothing leaves the library but optout_*"
calls=$(nm -D -f posix --undefined-only "$lib/liboptout.so.0" | cut -d' ' -f1 | sed 's/@.*//; s/^__//; s/_chk$//')
[ -z "$(echo "$calls" | grep -xE '_?exit|abort|v?f?printf|puts|perror|v?syslog|g_print(err)?|fork|pthread_create|gmime_.*|g_mime_.*')" ]
ok $? "it ends nothing, prints nothing, starts nothing, and needs no GMime"

# DESTDIR is no prefix: the file says where the library will be.
flags () { PKG_CONFIG_PATH=$lib/pkgconfig pkg-config --define-variable=prefix="$root$prefix" "$@" optout; }
sed -i "s|^prefix=.*|prefix=$prefix|" "$lib/pkgconfig/optout.pc" # configured for another one
compile () { # SOURCE PROGRAM FLAG...; words are split on purpose
  source=$1 program=$2; shift 2
  # shellcheck disable=SC2046
  $(made CC) $(made SAN_FLAGS) -Wall -Wextra -Werror "$@" -o "$program" "$source" $(flags --cflags --libs) >"$work/out" 2>&1
}
LD_LIBRARY_PATH=$lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
cat >"$work/asker.c" <<'END'
#include <optout.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[] = { "yes", "no", "cannot tell" };

static void
ask (OptoutGate *gate, const char *address, const char *category)
{
  const char *why = NULL;
  OptoutAnswer answer = optout_check (gate, address, category, &why);
  printf ("%s|%s|%s\n", address != NULL ? address : "-", names[answer], why);
  fflush (stdout);
}

/* The signals that are caught, as the kernel says. */
static void
caught (char text[100])
{
  FILE *status = fopen ("/proc/self/status", "r");
  while (fgets (text, 100, status) != NULL && strncmp (text, "SigCgt", 6) != 0)
    ;
  fclose (status);
}

/* Lines "ADDRESS CATEGORY"; "fork", "null". */
int
main (void)
{
  char line[10000], address[5000], category[5000], before[100], after[100];
  caught (before);
  OptoutGate *gate = optout_open (NULL);
  if (optout_check (gate, "ann@example.org", "invoices", NULL) == OPTOUT_NO)
    return 1;
  while (fgets (line, sizeof line, stdin) != NULL)
    if (sscanf (line, "%4999s %4999s", address, category) == 2)
      ask (gate, address, category);
    else if (strcmp (line, "null\n") == 0)
      {
        ask (NULL, "ann@example.org", "news");
        ask (gate, NULL, "news");
        ask (gate, "ann@example.org", NULL);
        ask (gate, "", "news");
      }
    else if (strcmp (line, "fork\n") == 0)
      {
        pid_t child = fork ();
        if (child == 0)
          {
            ask (gate, "free@example.org", "news");
            ask (gate, "free@example.org", "invoices");
            optout_close (gate);
            gate = optout_open (NULL);
            ask (gate, "free@example.org", "news");
            optout_close (gate);
            _exit (0);
          }
        int status;
        waitpid (child, &status, 0);
        printf ("child|%d\n", status);
      }
  optout_close (gate);
  optout_close (NULL);
  caught (after);
  return strcmp (before, after) != 0;
}
END
compile "$work/asker.c" "$work/asker"; ok $? "a C program compiles and links with what pkg-config says"
for std in c99 c11; do compile "$work/asker.c" "$work/asker-$std" -D_DEFAULT_SOURCE -std=$std -Wpedantic || break; done; ok $? "by the standard too"
printf '#include <optout.h>\nint main () { optout_close (optout_open ("/nowhere")); }\n' >"$work/plus.cc"
if command -v g++ >/dev/null; then
  # shellcheck disable=SC2046
  g++ $(made SAN_FLAGS) -Wall -Werror -o "$work/plus" "$work/plus.cc" $(flags --cflags --libs) >"$work/out" 2>&1 && "$work/plus"
  ok $? "C++ too"
fi
sed -n '/^\.Bd -literal/,/^\.Ed/{/^\.[BE]d/d;s/\\e/\\/g;p;}' "$srcdir/doc/liboptout.3" >"$work/example.c"
compile "$work/example.c" "$work/example"; ok $? "the manual's example compiles"

# ---- the same answers as "optout check" ----
cat >"$work/optout.conf" <<END
[optout]
store = sqlite:$work/consent.db
secret-file = $work/secret
dotless-domains = dots.example
[category news]
[category special-offers]
[category trials]
default = out
[category invoices]
essential = yes
END
OPTOUT_CONFIG=$work/optout.conf
export OPTOUT_CONFIG
asker () { "$work/asker" >"$work/out" 2>"$work/err"; code=$?; }
says () { grep -qE -- "$1" "$work/out"; }

echo 'ann@example.org news' | asker; says '^ann@example\.org\|cannot tell\|.*secret'; ok $? "without keys it cannot tell"
"$optout" init >/dev/null
mv "$work/consent.db" "$work/away"
printf 'ann@example.org news\nann@example.org invoices\n' | asker
says '^ann@example\.org\|cannot tell\|.*consent\.db' && says '\|yes\|'; ok $? "nor without a store, but for essential mail"
[ ! -e "$work/consent.db" ]; ok $? "and makes none"
mv "$work/away" "$work/consent.db"
cp "$work/secret" "$work/one-key"
echo "chain.2 = $(printf '%064d' 7) since 2026-11-22T00:00:00Z" >>"$work/secret"
echo 'ann@example.org news' | asker; says '\|yes\|'; ok $? "while the key of the chain is changed it answers"
cp "$work/one-key" "$work/secret"

"$optout" add stopped@example.org --note x >/dev/null
"$optout" add part@example.org news --note x >/dev/null
"$optout" add back@example.org --note x >/dev/null
"$optout" opt-in back@example.org --proof x >/dev/null
"$optout" opt-in tried@example.org trials --proof x >/dev/null
"$optout" link linked@example.org stopped@example.org --proof x >/dev/null
"$optout" add an.n@dots.example --note x >/dev/null
"$optout" add gone@example.org --note x >/dev/null
if "$optout" help 2>/dev/null | grep -q '^  erase '; then "$optout" erase gone@example.org --note x --yes >/dev/null 2>&1; fi
for address in free@example.org stopped@example.org STOPPED+tag@Example.ORG part@example.org back@example.org tried@example.org \
  linked@example.org a.nn@dots.example gone@example.org josé@bücher.example; do
  for category in news special-offers trials invoices; do echo "$address $category"; done
done >"$work/questions"
asker <"$work/questions"
while read -r address category; do
  why=$("$optout" check --explain "$address" "$category"); case $? in 0) word=yes ;; 1) word=no ;; *) word='cannot tell' ;; esac
  echo "$address|$word|$why"
done <"$work/questions" >"$work/expected"
cmp "$work/out" "$work/expected" 2>>"$work/err"; ok $? "$(wc -l <"$work/expected") answers are those of optout check, word for word"
says '^linked@example\.org\|no\|.*linked' && says '^a\.nn@dots\.example\|no\|' && says '^tried@example\.org\|yes\|.*opted in' &&
  says '^free@example\.org\|no\|.*goes only' && says '^gone@example\.org\|no\|'; ok $? "of every kind"

# ---- what is no question ----
printf 'nobody news\nann@example.org no-such\n%s news\n\351@example.org news\n' "$(printf '%04000d' 0)@example.org" | asker
says '^nobody\|no\|.*not an e-mail address'; ok $? "what is no address gets no mail"
[ "$(grep -c '|no|' "$work/out")" = 3 ]; ok $? "nor does what is too long, or not UTF-8"
says '\|cannot tell\|.*no such category'; ok $? "of an unknown category it cannot tell"
echo null | asker; [ "$(grep -c '|cannot tell|' "$work/out")" = 3 ] && says '^\|no\|'; ok $? "nor without gate, address or category"
echo fork | asker; [ "$(grep -c '|cannot tell|.*another process' "$work/out")" = 2 ] && says '^free@example\.org\|yes\|' && says '^child\|0$'
ok $? "a child cannot tell with a gate that it inherited, and can with its own"
OPTOUT_CONFIG=$work/none.conf asker <"$work/questions"; [ "$code" = 0 ] && [ "$(grep -vc '|cannot tell|.*none\.conf' "$work/out")" = 0 ]; ok $? "without a configuration it can never tell"

# ---- a store that is replaced under it ----
mkfifo "$work/in" "$work/answers"
"$work/asker" <"$work/in" >"$work/answers" 2>"$work/err" &
asking=$!
exec 7>"$work/in" 8<"$work/answers"
now () { echo "$1" >&7; read -r line <&8; echo "$line" >"$work/out"; says "$2"; }
now 'free@example.org news' '\|yes\|'; ok $? "an open gate answers"
"$optout" add free@example.org --note x >/dev/null
now 'free@example.org news' '\|no\|'; ok $? "what is recorded meanwhile counts at once"
mkdir "$work/old"; mv "$work"/consent.db* "$work/old"
now 'free@example.org news' '\|cannot tell\|'; ok $? "a store that goes away: it cannot tell"
now 'stopped@example.org news' '\|cannot tell\|'; ok $? "of anybody"
"$optout" init >/dev/null; "$optout" add other@example.org --note x >/dev/null
now 'other@example.org news' '\|no\|'; ok $? "another in its place: it asks that one"
now 'free@example.org news' '\|yes\|'; ok $? "and that one alone"
printf 'no database at all, but long enough for a header of one, which has 100 octets, so here are some more of them.' >"$work/consent.new"
mv "$work/consent.new" "$work/consent.db"
now 'other@example.org news' '\|cannot tell\|'; ok $? "one that is none: it cannot tell"
exec 7>&- 8<&-
wait $asking; ok $? "and it ends as it should"
[ ! -s "$work/err" ]; ok $? "without a word of its own"

mv "$work"/old/consent.db* "$work"
out=$("$work/example" free@example.org new@example.org stopped@example.org); [ "$?$out" = 0new@example.org ]; ok $? "the manual's example does what it says"
echo "1..$n"
exit $((failed > 0))
