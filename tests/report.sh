#!/bin/sh
# report, opened in a browser: tests/report.py looks at the page that it makes of the file (TAP).
. "${top_srcdir:-.}/tests/tap.sh"
plant=$(cd "$top_builddir" && pwd)/tests/plant
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  { echo "1..0 # SKIP no chromium is installed"; exit 0; }
[ -x "$plant" ] || { echo "1..0 # SKIP $plant is not built: make check builds it"; exit 0; }
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is not installed"; exit 0; }
cat >"$work/optout.conf" <<END
[optout]
organisation = Metrix & <Söhne>
store = sqlite:$work/consent.db
secret-file = $work/secret
[category product-updates]
title = Product updates
[category special-offers]
title = Offers & <b>deals</b> "today"
[category events]
title = Events
END
export OPTOUT_CONFIG="$work/optout.conf"
since=$(date -u -d '360 days ago' +%Y-%m-%d)
"$optout" init >/dev/null
"$optout" report --html "$work/empty.html" || exit 1
python3 "$top_srcdir/tests/year.py" 2 | "$plant" "$OPTOUT_CONFIG" || exit 1
"$optout" report --since "$since" --html "$work/year.html" || exit 1
"$optout" report --since "$since" --html - >"$work/stdout.html" || exit 1
"$optout" stats --since "$since" --json >"$work/year.json" || exit 1
HOME=$work python3 "$top_srcdir/tests/report.py" "$browser" "$optout" "$work"
