# Every pair is a test (tests/corpus.sh) and is shipped; a new one is two new files and no line here.
EXTRA_DIST += sample-mail
