noinst_LIBRARIES += filter/libfilter.a
filter_libfilter_a_CPPFLAGS = $(filter_flags) $(SECCOMP_CFLAGS)
filter_libfilter_a_SOURCES = filter/outcome.h filter/config.h filter/policy.h filter/reply.h filter/worker.h \
  filter/engine.h filter/submit.h filter/log.h filter/report.h filter/commands.h
filter_libfilter_a_SOURCES += filter/outcome.c
