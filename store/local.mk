noinst_LIBRARIES += store/libstore.a
store_libstore_a_CPPFLAGS = $(store_flags)
store_libstore_a_SOURCES = \
  store/store.h \
  store/store-house.h \
  store/store-people.h \
  store/backend.h \
  store/internal.h \
  store/lock.h \
  store/store-sqlite.h \
  store/store.c \
  store/names.c \
  store/shape.c \
  store/tables.c \
  store/event.c \
  store/chain.c \
  store/mac.c \
  store/ledger.c \
  store/audit.c \
  store/audit-loss.c \
  store/audit-handover.c \
  store/audit-request.c \
  store/audit-standing.c \
  store/audit-held.c \
  store/erase.c \
  store/request.c \
  store/shed.c \
  store/standing.c \
  store/wish.c \
  store/void.c \
  store/link.c \
  store/replies.c \
  store/held.c \
  store/partner.c \
  store/handover.c \
  store/scope.c \
  store/partner-entries.c \
  store/gap.c \
  store/copy.c \
  store/folder.c \
  store/lock.c \
  store/sql.c \
  store/store-memory.c \
  store/store-sqlite.c \
  store/store-sqlite-open.c \
  store/store-sqlite-copy.c \
  store/store-sqlite-statement.c \
  store/store-fault.c

# The schema, one string a file, in order; a new file is one line here and one below.
store_schema = \
  $(srcdir)/store/schema/001-first.sql \
  $(srcdir)/store/schema/002-cases-partners-links.sql
EXTRA_DIST += \
  store/README \
  store/schema/001-first.sql \
  store/schema/002-cases-partners-links.sql

store/schema.inc: $(store_schema)
	$(AM_V_GEN)$(MKDIR_P) store && { echo '/* made from schema/ */'; echo 'static const char *const schema[] = {'; \
	$(AWK) 'FNR == 1 && NR > 1 { print "," } \
	  { gsub (/\\/, "&&"); gsub (/"/, "\\\""); print "\"" $$0 "\\n\"" }' $(store_schema); echo '};'; } > $@.tmp && mv $@.tmp $@
BUILT_SOURCES += store/schema.inc
CLEANFILES += store/schema.inc
store/libstore_a-store-sqlite-open.$(OBJEXT): store/schema.inc
