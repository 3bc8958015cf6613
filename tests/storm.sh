#!/bin/sh
# Storms (TAP): responders that answer us, and forged opt-outs; tests/long/storm takes ten thousand of them.
python3 -c 'import sqlite3' 2>/dev/null || { echo "1..0 # SKIP there is no python3"; exit 0; }
exec python3 "${top_srcdir:-.}/tests/storm.py" "${1:-600}"
