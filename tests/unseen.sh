#!/bin/sh
# Mail written by people who had not read the lexicon; see unseen.py.
if ! command -v python3 >/dev/null; then
  echo "1..0 # SKIP python3 is not installed"
  exit 0
fi
exec python3 "${top_srcdir:-.}/tests/unseen.py" "$@"
