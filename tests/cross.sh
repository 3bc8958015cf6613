#!/bin/sh
# Sentences crossed with what mail programs do to them, some thousand mails; see cross.py. tests/long/cross takes them all.
# CROSS_MAILS: how many of each language, of four times as many sentences; CROSS_LANGUAGES: of which languages
if ! command -v python3 >/dev/null; then
  echo "1..0 # SKIP python3 is not installed"
  exit 0
fi
exec python3 "${top_srcdir:-.}/tests/cross.py" ${CROSS_MAILS:+--mails "$CROSS_MAILS" --most "$((CROSS_MAILS * 4))"} ${CROSS_LANGUAGES:-} "$@"
