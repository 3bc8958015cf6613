noinst_LIBRARIES += filter/libfilter.a
filter_libfilter_a_CPPFLAGS = $(filter_flags) $(SECCOMP_CFLAGS)
filter_libfilter_a_SOURCES = filter/outcome.h filter/config.h filter/policy.h filter/reply.h filter/worker.h \
  filter/engine.h filter/submit.h filter/log.h filter/report.h filter/commands.h
filter_libfilter_a_SOURCES += filter/outcome.c
filter_libfilter_a_SOURCES += filter/policy.c
filter_libfilter_a_SOURCES += filter/policy-private.h
filter_libfilter_a_SOURCES += filter/policy-who.c
filter_libfilter_a_SOURCES += filter/policy-scope.c
filter_libfilter_a_SOURCES += filter/policy-held.c
filter_libfilter_a_SOURCES += filter/policy-reply.c
filter_libfilter_a_SOURCES += filter/policy-verdict.c

# the doors and what they need
filter_libfilter_a_SOURCES += filter/complain.c
filter_libfilter_a_SOURCES += filter/config.c
filter_libfilter_a_SOURCES += filter/config-file.c
filter_libfilter_a_SOURCES += filter/config-table.c
filter_libfilter_a_SOURCES += filter/config-table.h
filter_libfilter_a_SOURCES += filter/json.c
filter_libfilter_a_SOURCES += filter/list.c
filter_libfilter_a_SOURCES += filter/log.c
filter_libfilter_a_SOURCES += filter/secret.c
filter_libfilter_a_SOURCES += filter/sandbox.c
filter_libfilter_a_SOURCES += filter/sandbox.h
filter_libfilter_a_SOURCES += filter/worker.c
filter_libfilter_a_SOURCES += filter/deliver.c
filter_libfilter_a_SOURCES += filter/classify.c
filter_libfilter_a_SOURCES += filter/door.c
filter_libfilter_a_SOURCES += filter/door.h
filter_libfilter_a_SOURCES += filter/input.c
filter_libfilter_a_SOURCES += filter/input.h
filter_libfilter_a_SOURCES += filter/maildir.c
filter_libfilter_a_SOURCES += filter/maildir.h
filter_libfilter_a_SOURCES += filter/passthrough.c
filter_libfilter_a_SOURCES += filter/privileges.c
filter_libfilter_a_SOURCES += filter/privileges.h
filter_libfilter_a_SOURCES += filter/program.c
filter_libfilter_a_SOURCES += filter/program.h
filter_libfilter_a_SOURCES += filter/replies.c
filter_libfilter_a_SOURCES += filter/report.c
filter_libfilter_a_SOURCES += filter/report-text.c
filter_libfilter_a_SOURCES += filter/report-words.c
filter_libfilter_a_SOURCES += filter/send.c
filter_libfilter_a_SOURCES += filter/submit.c
filter_libfilter_a_SOURCES += filter/trace.c
filter_libfilter_a_SOURCES += filter/trace.h

# liboptout: what it exports stands in optout.c alone, so that one is in no archive. A shared library is a program to
# automake here: that is all that is needed where libtool would do nothing else.
shlibexecdir = $(libdir)
shlibexec_PROGRAMS = filter/liboptout.so.0
filter_liboptout_so_0_CPPFLAGS = $(filter_flags)
filter_liboptout_so_0_LDFLAGS = -shared -Wl,-soname,liboptout.so.0 -Wl,--exclude-libs,ALL -Wl,-z,relro -Wl,-z,now \
  -Wl,--as-needed $(SAN_FLAGS)
filter_liboptout_so_0_SOURCES = filter/optout.c filter/optout.h
filter_liboptout_so_0_LDADD = $(filter_libs)
include_HEADERS = filter/optout.h
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = packaging/optout.pc
install-exec-hook:
	cd $(DESTDIR)$(libdir) && ln -sf liboptout.so.0 liboptout.so
uninstall-hook:
	rm -f $(DESTDIR)$(libdir)/liboptout.so

bin_PROGRAMS += optout
optout_CPPFLAGS = $(filter_flags) -DFILTER_LIBEXEC=\"$(pkglibexecdir)\"
optout_SOURCES = filter/main.c
optout_LDADD = $(filter_libs)
# saved mail
filter_libfilter_a_SOURCES += filter/date.h
filter_libfilter_a_SOURCES += filter/date.c
filter_libfilter_a_SOURCES += filter/mbox.h
filter_libfilter_a_SOURCES += filter/mbox.c
filter_libfilter_a_SOURCES += filter/sources.h
filter_libfilter_a_SOURCES += filter/sources.c
filter_libfilter_a_SOURCES += filter/walk.h
filter_libfilter_a_SOURCES += filter/walk.c

# the commands for people
filter_libfilter_a_SOURCES += filter/add.c
filter_libfilter_a_SOURCES += filter/address.c
filter_libfilter_a_SOURCES += filter/address.h
filter_libfilter_a_SOURCES += filter/admin.c
filter_libfilter_a_SOURCES += filter/admin.h
filter_libfilter_a_SOURCES += filter/check.c
filter_libfilter_a_SOURCES += filter/check-batch.c
filter_libfilter_a_SOURCES += filter/check.h
filter_libfilter_a_SOURCES += filter/gate.c
filter_libfilter_a_SOURCES += filter/gate.h
filter_libfilter_a_SOURCES += filter/standing-text.c
filter_libfilter_a_SOURCES += filter/standing-text.h
filter_libfilter_a_SOURCES += filter/clock.c
filter_libfilter_a_SOURCES += filter/clock.h
filter_libfilter_a_SOURCES += filter/config-command.c
filter_libfilter_a_SOURCES += filter/csv.c
filter_libfilter_a_SOURCES += filter/csv.h
filter_libfilter_a_SOURCES += filter/import.c
filter_libfilter_a_SOURCES += filter/import.h
filter_libfilter_a_SOURCES += filter/import-file.c
filter_libfilter_a_SOURCES += filter/import-file.h
filter_libfilter_a_SOURCES += filter/import-json.c
filter_libfilter_a_SOURCES += filter/import-layout.c
filter_libfilter_a_SOURCES += filter/import-layout.h
filter_libfilter_a_SOURCES += filter/import-record.c
filter_libfilter_a_SOURCES += filter/import-report.c
filter_libfilter_a_SOURCES += filter/import-tables.c
filter_libfilter_a_SOURCES += filter/access.c
filter_libfilter_a_SOURCES += filter/access-file.c
filter_libfilter_a_SOURCES += filter/access.h
filter_libfilter_a_SOURCES += filter/cases.c
filter_libfilter_a_SOURCES += filter/cases.h
filter_libfilter_a_SOURCES += filter/erase.c
filter_libfilter_a_SOURCES += filter/event-report.c
filter_libfilter_a_SOURCES += filter/tidy.c
filter_libfilter_a_SOURCES += filter/tidy.h
filter_libfilter_a_SOURCES += filter/init.c
filter_libfilter_a_SOURCES += filter/link.c
filter_libfilter_a_SOURCES += filter/list-command.c
filter_libfilter_a_SOURCES += filter/partner.c
filter_libfilter_a_SOURCES += filter/partner.h
filter_libfilter_a_SOURCES += filter/partner-hand.c
filter_libfilter_a_SOURCES += filter/partner-list.c
filter_libfilter_a_SOURCES += filter/plain.c
filter_libfilter_a_SOURCES += filter/plain.h
filter_libfilter_a_SOURCES += filter/interrupt.c
filter_libfilter_a_SOURCES += filter/interrupt.h
filter_libfilter_a_SOURCES += filter/draft.c
filter_libfilter_a_SOURCES += filter/draft.h
filter_libfilter_a_SOURCES += filter/export.c
filter_libfilter_a_SOURCES += filter/export.h
filter_libfilter_a_SOURCES += filter/export-list.c
filter_libfilter_a_SOURCES += filter/export-map.c
filter_libfilter_a_SOURCES += filter/postfix.c
filter_libfilter_a_SOURCES += filter/postfix.h
filter_libfilter_a_SOURCES += filter/postfix-policyd.c
filter_libfilter_a_SOURCES += filter/progress.c
filter_libfilter_a_SOURCES += filter/progress.h
filter_libfilter_a_SOURCES += filter/compare.c
filter_libfilter_a_SOURCES += filter/compare.h
filter_libfilter_a_SOURCES += filter/json-read.c
filter_libfilter_a_SOURCES += filter/replay.c
filter_libfilter_a_SOURCES += filter/review.c
filter_libfilter_a_SOURCES += filter/show.c
filter_libfilter_a_SOURCES += filter/span.c
filter_libfilter_a_SOURCES += filter/span.h
filter_libfilter_a_SOURCES += filter/stats.c
filter_libfilter_a_SOURCES += filter/overview.c
filter_libfilter_a_SOURCES += filter/overview.h
filter_libfilter_a_SOURCES += filter/overview-cases.c
filter_libfilter_a_SOURCES += filter/overview-chart.c
filter_libfilter_a_SOURCES += filter/overview-chart.h
filter_libfilter_a_SOURCES += filter/overview-days.c
filter_libfilter_a_SOURCES += filter/overview-days.h
filter_libfilter_a_SOURCES += filter/overview-html.c
filter_libfilter_a_SOURCES += filter/overview-page.h
filter_libfilter_a_SOURCES += filter/overview-partners.c
filter_libfilter_a_SOURCES += filter/overview-private.h
filter_libfilter_a_SOURCES += filter/overview-style.c
filter_libfilter_a_SOURCES += filter/overview-json.c
filter_libfilter_a_SOURCES += filter/overview-needs.c
filter_libfilter_a_SOURCES += filter/overview-text.c
filter_libfilter_a_SOURCES += filter/verify.c
filter_libfilter_a_SOURCES += filter/backup.c
filter_libfilter_a_SOURCES += filter/gap.c
filter_libfilter_a_SOURCES += filter/gap.h
filter_libfilter_a_SOURCES += filter/restore.c
filter_libfilter_a_SOURCES += filter/keys.c
filter_libfilter_a_SOURCES += filter/keys.h
filter_libfilter_a_SOURCES += filter/keys-command.c
# the texts of our replies, compiled in
filter_templates =
filter_templates += filter/templates/de.txt
filter_templates += filter/templates/en.txt
filter_templates += filter/templates/es.txt
filter_templates += filter/templates/fr.txt
filter_libfilter_a_SOURCES += filter/reply.c
nodist_filter_libfilter_a_SOURCES = filter/templates.c
EXTRA_DIST += $(filter_templates) filter/templates.awk filter/templates/README
CLEANFILES += filter/templates.c
filter/templates.c: $(filter_templates) filter/templates.awk
	$(AM_V_GEN)(cd $(srcdir) && LC_ALL=C $(AWK) -f filter/templates.awk $(filter_templates)) > $@.new && mv $@.new $@
filter_libfilter_a_SOURCES += filter/engine.c
filter_libfilter_a_SOURCES += filter/engine-private.h
filter_libfilter_a_SOURCES += filter/engine-reader.c
filter_libfilter_a_SOURCES += filter/engine-record.c
filter_libfilter_a_SOURCES += filter/engine-bounce.c
filter_libfilter_a_SOURCES += filter/engine-staff.c
