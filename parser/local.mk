noinst_LIBRARIES += parser/libparser.a
parser_libparser_a_CPPFLAGS = $(parser_flags)
parser_libparser_a_SOURCES = parser/parser.h parser/internal.h
parser_libparser_a_SOURCES += parser/compose.c
parser_libparser_a_SOURCES += parser/token.c
