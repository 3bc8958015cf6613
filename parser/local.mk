noinst_LIBRARIES += parser/libparser.a
parser_libparser_a_CPPFLAGS = $(parser_flags)
parser_libparser_a_SOURCES = parser/parser.h parser/internal.h
parser_libparser_a_SOURCES += parser/parser-reply.h
parser_libparser_a_SOURCES += parser/compose.c
parser_libparser_a_SOURCES += parser/token.h
parser_libparser_a_SOURCES += parser/token.c
parser_libparser_a_SOURCES += parser/token-text.c
parser_libparser_a_SOURCES += parser/token-find.c
parser_libparser_a_SOURCES += parser/tokens.c
parser_libparser_a_SOURCES += parser/subject-topic.c
parser_libparser_a_SOURCES += parser/address.c
parser_libparser_a_SOURCES += parser/charset.c
parser_libparser_a_SOURCES += parser/misread.c
parser_libparser_a_SOURCES += parser/decode.c
parser_libparser_a_SOURCES += parser/prescan.c
parser_libparser_a_SOURCES += parser/alias.c
parser_libparser_a_SOURCES += parser/auth.c
parser_libparser_a_SOURCES += parser/fields.c
parser_libparser_a_SOURCES += parser/headers.c
parser_libparser_a_SOURCES += parser/mailbox.c
parser_libparser_a_SOURCES += parser/facts.c
parser_libparser_a_SOURCES += parser/choose.c
parser_libparser_a_SOURCES += parser/kind.c
parser_libparser_a_SOURCES += parser/leaver.c
parser_libparser_a_SOURCES += parser/machine-words.c
parser_libparser_a_SOURCES += parser/word-list.c
parser_libparser_a_SOURCES += parser/parser.c
parser_libparser_a_SOURCES += parser/report.c
parser_libparser_a_SOURCES += parser/tree.h
parser_libparser_a_SOURCES += parser/tree.c
parser_libparser_a_SOURCES += parser/tree-report.c
parser_libparser_a_SOURCES += parser/lines.h
parser_libparser_a_SOURCES += parser/lines.c
parser_libparser_a_SOURCES += parser/attribution.c
parser_libparser_a_SOURCES += parser/attribution-words.h
parser_libparser_a_SOURCES += parser/header-block.c
parser_libparser_a_SOURCES += parser/header-labels.h
parser_libparser_a_SOURCES += parser/forward.c
parser_libparser_a_SOURCES += parser/every-words.h
parser_libparser_a_SOURCES += parser/armour.c
parser_libparser_a_SOURCES += parser/footer.c
parser_libparser_a_SOURCES += parser/echo.c
parser_libparser_a_SOURCES += parser/echo.h
parser_libparser_a_SOURCES += parser/echo-table.c
parser_libparser_a_SOURCES += parser/echo-mark.c
parser_libparser_a_SOURCES += parser/footer-words.h
parser_libparser_a_SOURCES += parser/speaker.c
parser_libparser_a_SOURCES += parser/banner.c
parser_libparser_a_SOURCES += parser/segment.c
parser_libparser_a_SOURCES += parser/html.h
parser_libparser_a_SOURCES += parser/html.c
parser_libparser_a_SOURCES += parser/html-style.c
parser_libparser_a_SOURCES += parser/html-sheet.c
parser_libparser_a_SOURCES += parser/html-tag.c
parser_libparser_a_SOURCES += parser/html-entity.c
parser_libparser_a_SOURCES += parser/html-quote.c

# what is said: words, clauses and cues, and what they are made of; learn needs it before the rest can be built
noinst_LIBRARIES += parser/libsaid.a
parser_libsaid_a_CPPFLAGS = $(parser_flags)
parser_libsaid_a_SOURCES = \
  parser/fold.c \
  parser/words.c \
  parser/phrase.c \
  parser/own.c \
  parser/lexicon.h \
  parser/intent.h \
  parser/clauses.c \
  parser/cues.c \
  parser/inside.c \
  parser/open.c \
  parser/topics.c \
  parser/parts.h \
  parser/parts.c

# what a mail asks for
parser_libparser_a_SOURCES += \
  parser/reading.h parser/scope.h \
  parser/intent.c \
  parser/evidence.c \
  parser/asked.c \
  parser/inherit.c \
  parser/likeness.h \
  parser/likeness.c \
  parser/balance.c \
  parser/requests.c \
  parser/respell.c \
  parser/place.c \
  parser/object.c \
  parser/ignored.c \
  parser/rules.c \
  parser/command.c \
  parser/subject.c \
  parser/answer.c \
  parser/answer-place.c \
  parser/scope-clause.c \
  parser/scope.c

# The lexicon: data, compiled by lexc into tables of the program.
lexicon_files =
lexicon_files += $(srcdir)/parser/lexicon/en
lexicon_files += $(srcdir)/parser/lexicon/de
lexicon_files += $(srcdir)/parser/lexicon/fr
lexicon_files += $(srcdir)/parser/lexicon/es
lexicon_files += $(srcdir)/parser/lexicon/ja
lexicon_files += $(srcdir)/parser/lexicon/ko
lexicon_files += $(srcdir)/parser/lexicon/zh-Hans
lexicon_files += $(srcdir)/parser/lexicon/zh-Hant
lexicon_files += $(srcdir)/parser/lexicon/th
lexicon_files += $(srcdir)/parser/lexicon/vi
lexicon_files += $(srcdir)/parser/lexicon/id
lexicon_files += $(srcdir)/parser/lexicon/ru
lexicon_files += $(srcdir)/parser/lexicon/hi
lexicon_files += $(srcdir)/parser/lexicon/fa
lexicon_files += $(srcdir)/parser/lexicon/he
lexicon_files += $(srcdir)/parser/lexicon/uk
lexicon_files += $(srcdir)/parser/lexicon/bg
lexicon_files += $(srcdir)/parser/lexicon/el
lexicon_files += $(srcdir)/parser/lexicon/tr
lexicon_files += $(srcdir)/parser/lexicon/ar
lexicon_files += $(srcdir)/parser/lexicon/it
lexicon_files += $(srcdir)/parser/lexicon/pt
lexicon_files += $(srcdir)/parser/lexicon/nl
lexicon_files += $(srcdir)/parser/lexicon/sv
lexicon_files += $(srcdir)/parser/lexicon/da
lexicon_files += $(srcdir)/parser/lexicon/no
lexicon_files += $(srcdir)/parser/lexicon/pl
lexicon_files += $(srcdir)/parser/lexicon/cs
lexicon_files += $(srcdir)/parser/lexicon/sk
lexicon_files += $(srcdir)/parser/lexicon/ro
lexicon_files += $(srcdir)/parser/lexicon/fi
lexicon_files += $(srcdir)/parser/lexicon/hu
EXTRA_DIST += \
  $(lexicon_files) \
  parser/lexicon/README

noinst_PROGRAMS += parser/lexc
parser_lexc_CPPFLAGS = $(parser_flags)
parser_lexc_SOURCES = parser/lexc.c parser/lexc-words.c parser/lexc.h parser/table.c parser/table.h parser/phrase.c parser/fold.c parser/words.c parser/lexicon.h parser/internal.h
parser_lexc_LDADD = $(GLIB_LIBS)

BUILT_SOURCES += parser/lexicon.inc
CLEANFILES += parser/lexicon.inc
parser/lexicon.inc: parser/lexc$(EXEEXT) $(lexicon_files)
	$(AM_V_GEN)parser/lexc$(EXEEXT) $(lexicon_files) > $@.tmp && mv $@.tmp $@
parser/libsaid_a-cues.$(OBJEXT): parser/lexicon.inc

# The examples: what is learned from them is data of the program too.
examples =
examples += $(srcdir)/parser/examples/en
examples += $(srcdir)/parser/examples/de
examples += $(srcdir)/parser/examples/fr
examples += $(srcdir)/parser/examples/es
examples += $(srcdir)/parser/examples/it
examples += $(srcdir)/parser/examples/pt
examples += $(srcdir)/parser/examples/nl
examples += $(srcdir)/parser/examples/sv
examples += $(srcdir)/parser/examples/da
examples += $(srcdir)/parser/examples/no
examples += $(srcdir)/parser/examples/fi
examples += $(srcdir)/parser/examples/pl
examples += $(srcdir)/parser/examples/cs
examples += $(srcdir)/parser/examples/sk
examples += $(srcdir)/parser/examples/hu
examples += $(srcdir)/parser/examples/ro
examples += $(srcdir)/parser/examples/bg
examples += $(srcdir)/parser/examples/el
examples += $(srcdir)/parser/examples/ru
examples += $(srcdir)/parser/examples/uk
examples += $(srcdir)/parser/examples/tr
examples += $(srcdir)/parser/examples/ar
examples += $(srcdir)/parser/examples/he
examples += $(srcdir)/parser/examples/fa
examples += $(srcdir)/parser/examples/hi
examples += $(srcdir)/parser/examples/ja
examples += $(srcdir)/parser/examples/ko
examples += $(srcdir)/parser/examples/zh-Hans
examples += $(srcdir)/parser/examples/zh-Hant
examples += $(srcdir)/parser/examples/vi
examples += $(srcdir)/parser/examples/th
examples += $(srcdir)/parser/examples/id
EXTRA_DIST += \
  $(examples) \
  parser/examples/README

noinst_PROGRAMS += parser/learn
parser_learn_CPPFLAGS = $(parser_flags)
parser_learn_CFLAGS = $(AM_CFLAGS) -fno-math-errno -ftree-vectorize
parser_learn_SOURCES = parser/learn.c parser/network.c parser/network.h parser/school.h parser/parts.h parser/table.c parser/table.h
parser_learn_LDADD = parser/libsaid.a $(GLIB_LIBS) $(IDN_LIBS)

# LEARNED=FILE takes what another build has learned from the same examples.
CLEANFILES += parser/learned.inc
parser/learned.inc: parser/learn$(EXEEXT) $(examples)
	$(AM_V_GEN)if test -n "$(LEARNED)"; then cat "$(LEARNED)"; else parser/learn$(EXEEXT) $(examples); fi > $@.tmp && mv $@.tmp $@
parser/libparser_a-likeness.$(OBJEXT): parser/learned.inc

