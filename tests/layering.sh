#!/bin/sh
# The fences of doc/ARCHITECTURE (TAP): who includes what, which names leave a room, what a room may call.
set -u
top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
export LC_ALL=C

n=0 failed=0
none () { # SENTENCE OFFENDERS, one a line
  n=$((n + 1))
  if [ -z "$2" ]; then echo "ok $n - $1"; return; fi
  failed=$((failed + 1))
  echo "not ok $n - $1"
  echo "$2" | sed 's/^/# /'
}

# includes FILE...: "file.c name" for every include in double quotes; externals: the same for those in angle brackets
files () { (cd "$top_srcdir" && ls "$@" 2>/dev/null); }
includes () { for f in "$@"; do sed -n "s|^ *# *include *\"\\([^\"]*\\)\".*|$f \\1|p" "$top_srcdir/$f"; done; }
externals () { for f in "$@"; do sed -n "s|^ *# *include *<\\([^>]*\\)>.*|$f \\1|p" "$top_srcdir/$f"; done; }
ours=$(files parser/*.[ch] store/*.[ch] filter/*.[ch] tests/*.[ch])

# ---- includes ----
none "every include names a header of its own -I, none a path" "$(includes $ours | awk '$2 ~ /\//')"

strangers () { # ROOM: includes in double quotes that are neither the room's nor made at build time in it
  includes $(files "$1"/*.[ch]) | while read -r file header; do
    [ -e "$top_srcdir/$1/$header" ] || [ -e "$top_builddir/$1/$header" ] || echo "$file $header"
  done
}
none "parser/ includes headers of parser/ alone" "$(strangers parser)"
none "store/ includes headers of store/ alone" "$(strangers store)"
none "filter/ includes no header of another room but its door" \
  "$(strangers filter | grep -vE ' (parser|store|build-config)\.h$')"

# Who sees a room's door. The core computes with its values; calls are made by those who are named here.
none "parser.h is seen by core, configuration, worker, engine and the commands of tokens alone" \
  "$(includes $(files filter/*.[ch]) | awk '$2 == "parser.h"' |
     grep -vE '^filter/(policy|reply|address|answers|config|worker|engine|tokens?)[a-z-]*\.[ch] ')"
none "store.h is seen by core, engine, submit and the commands of the consent store alone" \
  "$(includes $(files filter/*.[ch]) | awk '$2 ~ /^store(-people|-house)?\.h$/' |
     grep -vE '^filter/(policy|engine|submit|admin|keys|check|gate|standing-text|event|link|add|optout|show|list|review|revert|send|tidy|init|verify|overview)[a-z-]*\.[ch] ')"
none "the core includes the core, settings and values alone" \
  "$(includes $(files filter/policy*.[ch] filter/reply*.[ch] filter/fill.[ch] filter/text.[ch] filter/template.[ch] filter/template-lint.c filter/answers.[ch] filter/outcome*.[ch] filter/address.[ch]) |
     grep -vE ' (policy|reply|fill|text|template|answers|outcome|address|clock|config|parser|store)[a-z-]*\.(h|inc)$')"

none "only store/mac.c names nettle" "$(externals $ours | awk '$2 ~ /^nettle/' | grep -v '^store/mac\.c ')"
none "only parser/ and its tests name GMime" "$(externals $ours | awk '$2 ~ /^gmime/' | grep -vE '^(parser|tests)/')"
none "only store/store-sqlite and its tests name SQLite" \
  "$(externals $ours | awk '$2 ~ /^sqlite3/' | grep -vE '^(store/store-sqlite[a-z-]*|tests/[a-z-]*)\.[ch] ')"
none "only store/store-pgsql names libpq" "$(externals $ours | awk '$2 ~ /^libpq/' | grep -v '^store/store-pgsql')"
none "only replay and submit name libetpan" \
  "$(externals $ours | awk '$2 ~ /^libetpan/' | grep -vE '^filter/(replay|submit)')"
none "only parser/auth.c names libpsl" "$(externals $ours | awk '$2 ~ /^libpsl/' | grep -v '^parser/auth\.c ')"
none "parser/ includes GLib, GMime, libidn2, libpsl and plain C alone" \
  "$(externals $(files parser/*.[ch] | grep -vE '^parser/(lexc|learn|table\.c)') |
     grep -vE ' (glib|gmime/[a-z-]*|string|stddef|stdint|stdlib|limits|ctype|math|errno|iconv|idn2|libpsl)\.h$')"

# ---- names and calls ----
if ! command -v nm >/dev/null || [ ! -e "$top_builddir/filter/libfilter.a" ]; then
  n=$((n + 1)); echo "ok $n - names and calls # SKIP nm or the libraries are missing"
else
  # What a sanitizer adds starts with two underscores.
  defined () { nm -f posix --defined-only --extern-only "$@" 2>/dev/null | awk 'NF >= 2 && $1 !~ /^__/ { print $1 }'; }
  called () { # -D_FORTIFY_SOURCE calls __printf_chk for printf
    nm -f posix --undefined-only "$@" 2>/dev/null | awk 'NF >= 2 { sub (/^__/, "", $1); sub (/_chk$/, "", $1); print $1 }' | sort -u
  }
  for room in parser store filter; do
    none "every name that leaves $room/ starts with ${room}_" \
      "$(defined "$top_builddir/$room/lib$room.a" | grep -v "^${room}_")"
  done
  for room in parser store; do
    none "$room/ neither exits, prints nor logs, and reads neither environment nor the time of day" \
      "$(called "$top_builddir/$room/lib$room.a" |
         grep -xE '_?exit|quick_exit|g_print(err)?|g_log(_structured)?|v?f?printf|puts|fputs|putchar|perror|v?syslog|(g_|secure_)?getenv|time|clock_gettime|gettimeofday|g_get_(real|current)_time|g_date_time_new_now.*')"
  done
  none "parser/ opens no file and no connection, and starts nothing" \
    "$(called "$top_builddir/parser/libparser.a" |
       grep -xE 'open(at)?(64)?|fopen(64)?|socket|connect|exec[vl][pe]*|v?fork|g_file_[gs]et_contents|g_spawn_.*')"
  none "no shell is ever started" \
    "$(called "$top_builddir"/*/lib*.a | grep -xE 'system|popen|g_spawn_command_line_.*|g_shell_.*')"
  none "only main ends the program (a child ends by _exit)" \
    "$(called "$top_builddir"/*/lib*.a | grep -xE 'exit|quick_exit')"
fi
echo "1..$n"
exit $((failed > 0))
