# tests

# the store
check_PROGRAMS += tests/test-store
tests_test_store_CPPFLAGS = $(store_flags)
tests_test_store_SOURCES = tests/test-store.c tests/store-kit.c tests/store-kit.h
tests_test_store_LDADD = $(store_libs)
check_PROGRAMS += tests/test-store-lists
tests_test_store_lists_CPPFLAGS = $(store_flags)
tests_test_store_lists_SOURCES = tests/test-store-lists.c tests/store-kit.c tests/store-kit.h
tests_test_store_lists_LDADD = $(store_libs)
check_PROGRAMS += tests/test-store-replies
tests_test_store_replies_CPPFLAGS = $(store_flags)
tests_test_store_replies_SOURCES = tests/test-store-replies.c tests/store-kit.c tests/store-kit.h
tests_test_store_replies_LDADD = $(store_libs)
check_PROGRAMS += tests/test-erase
tests_test_erase_CPPFLAGS = $(store_flags)
tests_test_erase_SOURCES = tests/test-erase.c tests/store-kit.c tests/store-kit.h
tests_test_erase_LDADD = $(store_libs)
check_PROGRAMS += tests/test-shed
tests_test_shed_CPPFLAGS = $(store_flags)
tests_test_shed_SOURCES = tests/test-shed.c tests/store-kit.c tests/store-kit.h
tests_test_shed_LDADD = $(store_libs)
check_PROGRAMS += tests/test-request
check_PROGRAMS += tests/test-void
tests_test_void_CPPFLAGS = $(store_flags)
tests_test_void_SOURCES = tests/test-void.c tests/store-kit.c tests/store-kit.h
tests_test_void_LDADD = $(store_libs)
tests_test_request_CPPFLAGS = $(store_flags)
tests_test_request_SOURCES = tests/test-request.c tests/store-kit.c tests/store-kit.h
tests_test_request_LDADD = $(store_libs)
check_PROGRAMS += tests/test-link
tests_test_link_CPPFLAGS = $(store_flags)
tests_test_link_SOURCES = tests/test-link.c tests/store-kit.c tests/store-kit.h
tests_test_link_LDADD = $(store_libs)
check_PROGRAMS += tests/test-ledger
tests_test_ledger_CPPFLAGS = $(store_flags)
tests_test_ledger_SOURCES = tests/test-ledger.c tests/store-kit.c tests/store-kit.h
tests_test_ledger_LDADD = $(store_libs)
check_PROGRAMS += tests/test-store-fault
tests_test_store_fault_CPPFLAGS = $(store_flags)
tests_test_store_fault_SOURCES = tests/test-store-fault.c tests/store-kit.c tests/store-kit.h
tests_test_store_fault_LDADD = $(store_libs)
check_PROGRAMS += tests/test-store-processes
tests_test_store_processes_CPPFLAGS = $(store_flags)
tests_test_store_processes_SOURCES = tests/test-store-processes.c tests/store-kit.c tests/store-kit.h
tests_test_store_processes_LDADD = $(store_libs)
check_PROGRAMS += tests/test-store-sqlite
tests_test_store_sqlite_CPPFLAGS = $(store_flags)
tests_test_store_sqlite_SOURCES = tests/test-store-sqlite.c tests/store-kit.c tests/store-kit.h
tests_test_store_sqlite_LDADD = $(store_libs)

check_PROGRAMS += tests/test-partner
tests_test_partner_CPPFLAGS = $(store_flags)
tests_test_partner_SOURCES = tests/test-partner.c tests/store-kit.c tests/store-kit.h
tests_test_partner_LDADD = $(store_libs)

check_PROGRAMS += tests/test-token
tests_test_token_CPPFLAGS = $(parser_flags)
tests_test_token_SOURCES = tests/test-token.c
tests_test_token_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-tokens
tests_test_tokens_CPPFLAGS = $(parser_flags)
tests_test_tokens_SOURCES = tests/test-tokens.c
tests_test_tokens_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-outcome
tests_test_outcome_CPPFLAGS = $(filter_flags)
tests_test_outcome_SOURCES = tests/test-outcome.c
tests_test_outcome_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-clock
check_PROGRAMS += tests/test-flood
tests_test_flood_CPPFLAGS = $(filter_flags)
tests_test_flood_SOURCES = tests/test-flood.c
tests_test_flood_LDADD = $(filter_libs)
tests_test_clock_CPPFLAGS = $(filter_flags)
tests_test_clock_SOURCES = tests/test-clock.c
tests_test_clock_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-sources
tests_test_sources_CPPFLAGS = $(filter_flags)
tests_test_sources_SOURCES = tests/test-sources.c
tests_test_sources_LDADD = $(filter_libs)
dist_check_SCRIPTS += tests/mbox-python.sh
check_PROGRAMS += tests/test-csv
tests_test_csv_CPPFLAGS = $(filter_flags)
tests_test_csv_SOURCES = tests/test-csv.c
tests_test_csv_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-import
tests_test_import_CPPFLAGS = $(filter_flags)
tests_test_import_SOURCES = tests/test-import.c
tests_test_import_LDADD = $(filter_libs)
dist_check_SCRIPTS += tests/import.sh
dist_check_SCRIPTS += tests/unseen.sh
EXTRA_DIST += tests/unseen.py tests/unseen

# standing guards: they read what we wrote, and need not do so again where nothing but the compiler differs
guards =
guards += tests/layering.sh
guards += tests/headers.sh
guards += tests/format.sh
guards += tests/mandoc.sh
guards += tests/docs.sh
dist_check_SCRIPTS += $(guards)
dist_check_SCRIPTS += tests/corpus.sh
check_PROGRAMS += tests/test-address
tests_test_address_CPPFLAGS = $(parser_flags)
tests_test_address_SOURCES = tests/test-address.c
tests_test_address_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-facts
tests_test_facts_CPPFLAGS = $(parser_flags)
tests_test_facts_SOURCES = tests/test-facts.c
tests_test_facts_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-decode
tests_test_decode_CPPFLAGS = $(parser_flags)
tests_test_decode_SOURCES = tests/test-decode.c
tests_test_decode_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-plain
tests_test_plain_CPPFLAGS = $(filter_flags)
tests_test_plain_SOURCES = tests/test-plain.c
tests_test_plain_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-reply
tests_test_reply_CPPFLAGS = $(filter_flags)
tests_test_reply_SOURCES = tests/test-reply.c
tests_test_reply_LDADD = $(filter_libs)
tests_returned = tests/sample.h tests/returned.c tests/returned-shells.c tests/returned-damage.c tests/returned.h
check_PROGRAMS += tests/test-returned
tests_test_returned_CPPFLAGS = $(filter_flags)
tests_test_returned_SOURCES = tests/test-returned.c $(tests_returned)
tests_test_returned_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-machine-answer
tests_test_machine_answer_CPPFLAGS = $(filter_flags)
tests_test_machine_answer_SOURCES = tests/test-machine-answer.c $(tests_returned)
tests_test_machine_answer_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-templates
tests_test_templates_CPPFLAGS = $(filter_flags)
tests_test_templates_SOURCES = tests/test-templates.c
tests_test_templates_LDADD = $(filter_libs)
dist_check_SCRIPTS += tests/pure.sh
# the doors
check_PROGRAMS += tests/test-config
tests_test_config_CPPFLAGS = $(filter_flags)
tests_test_config_SOURCES = tests/test-config.c
tests_test_config_LDADD = $(filter_libs)
dist_check_SCRIPTS += tests/replay.sh
dist_check_SCRIPTS += tests/admin.sh
dist_check_SCRIPTS += tests/export.sh
dist_check_SCRIPTS += tests/partner.sh
EXTRA_DIST += tests/partner.py
EXTRA_DIST += tests/mutt-answer.py
dist_check_SCRIPTS += tests/rights.sh
dist_check_SCRIPTS += tests/revert.sh
dist_check_SCRIPTS += tests/policyd.sh

check_PROGRAMS += tests/test-policy
tests_test_policy_CPPFLAGS = $(filter_flags)
tests_test_policy_SOURCES = tests/test-policy.c tests/policy-kit.c tests/policy-kit.h
tests_test_policy_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-forward
tests_test_forward_CPPFLAGS = $(parser_flags)
tests_test_forward_SOURCES = tests/test-forward.c
tests_test_forward_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-policy-who
tests_test_policy_who_CPPFLAGS = $(filter_flags)
tests_test_policy_who_SOURCES = tests/test-policy-who.c tests/policy-kit.c tests/policy-kit.h
tests_test_policy_who_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-worker
tests_test_worker_CPPFLAGS = $(filter_flags)
tests_test_worker_SOURCES = tests/test-worker.c
tests_test_worker_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-passthrough
tests_test_passthrough_CPPFLAGS = $(filter_flags)
tests_test_passthrough_SOURCES = tests/test-passthrough.c
tests_test_passthrough_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-submit
tests_test_submit_CPPFLAGS = $(filter_flags)
tests_test_submit_SOURCES = tests/test-submit.c
tests_test_submit_LDADD = $(filter_libs)

check_PROGRAMS += tests/corpus-quotes
tests_corpus_quotes_CPPFLAGS = $(parser_flags)
tests_corpus_quotes_SOURCES = tests/corpus-quotes.c
tests_corpus_quotes_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-segment
tests_test_segment_CPPFLAGS = $(parser_flags)
tests_test_segment_SOURCES = tests/test-segment.c
tests_test_segment_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-html
tests_test_html_CPPFLAGS = $(parser_flags)
tests_test_html_SOURCES = tests/test-html.c
tests_test_html_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-prescan
tests_test_prescan_CPPFLAGS = $(parser_flags)
tests_test_prescan_SOURCES = tests/test-prescan.c
tests_test_prescan_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-engine
tests_test_engine_CPPFLAGS = $(filter_flags)
tests_test_engine_SOURCES = tests/test-engine.c tests/house.c tests/house.h
tests_test_engine_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-engine-staff
tests_test_engine_staff_CPPFLAGS = $(filter_flags)
tests_test_engine_staff_SOURCES = tests/test-engine-staff.c tests/house.c tests/house.h
tests_test_engine_staff_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-policy-reply
tests_test_policy_reply_CPPFLAGS = $(filter_flags)
tests_test_policy_reply_SOURCES = tests/test-policy-reply.c tests/policy-kit.c tests/policy-kit.h
tests_test_policy_reply_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-policy-report
tests_test_policy_report_CPPFLAGS = $(filter_flags)
tests_test_policy_report_SOURCES = tests/test-policy-report.c tests/policy-kit.c tests/policy-kit.h
tests_test_policy_report_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-bounce
tests_test_bounce_CPPFLAGS = $(filter_flags)
tests_test_bounce_SOURCES = tests/test-bounce.c tests/house.c tests/house.h
tests_test_bounce_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-engine-undo
tests_test_engine_undo_CPPFLAGS = $(filter_flags)
tests_test_engine_undo_SOURCES = tests/test-engine-undo.c tests/house.c tests/house.h
tests_test_engine_undo_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-engine-who
tests_test_engine_who_CPPFLAGS = $(filter_flags)
tests_test_engine_who_SOURCES = tests/test-engine-who.c tests/house.c tests/house.h
tests_test_engine_who_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-compose
tests_test_compose_CPPFLAGS = $(parser_flags) $(GMIME_CFLAGS)
tests_test_compose_SOURCES = tests/test-compose.c
tests_test_compose_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-headers
tests_test_headers_CPPFLAGS = $(parser_flags)
tests_test_headers_SOURCES = tests/test-headers.c
tests_test_headers_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-kind
tests_test_kind_CPPFLAGS = $(parser_flags)
tests_test_kind_SOURCES = tests/test-kind.c
tests_test_kind_LDADD = $(parser_libs)
dist_check_SCRIPTS += tests/doors.sh
EXTRA_DIST += tests/smtp-server.py
dist_check_SCRIPTS += tests/exit-codes.sh
dist_check_SCRIPTS += tests/gate.sh
dist_check_SCRIPTS += tests/token.sh
dist_check_SCRIPTS += tests/token-mail.sh
dist_check_SCRIPTS += tests/liboptout.sh
dist_check_SCRIPTS += tests/fd.sh

check_PROGRAMS += tests/test-parser
tests_test_parser_CPPFLAGS = $(parser_flags)
tests_test_parser_SOURCES = tests/test-parser.c
tests_test_parser_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-report
tests_test_report_CPPFLAGS = $(filter_flags)
tests_test_report_SOURCES = tests/test-report.c
tests_test_report_LDADD = $(filter_libs)

check_PROGRAMS += tests/test-machine
tests_test_machine_CPPFLAGS = $(parser_flags)
tests_test_machine_SOURCES = tests/test-machine.c
tests_test_machine_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-beside
tests_test_beside_CPPFLAGS = $(parser_flags)
tests_test_beside_SOURCES = tests/test-beside.c
tests_test_beside_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-requests
tests_test_requests_CPPFLAGS = $(parser_flags)
tests_test_requests_SOURCES = tests/test-requests.c
tests_test_requests_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-respell
tests_test_respell_CPPFLAGS = $(parser_flags)
tests_test_respell_SOURCES = tests/test-respell.c
tests_test_respell_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-denied
tests_test_denied_CPPFLAGS = $(parser_flags)
tests_test_denied_SOURCES = tests/test-denied.c
tests_test_denied_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-likeness
tests_test_likeness_CPPFLAGS = $(parser_flags)
tests_test_likeness_SOURCES = tests/test-likeness.c
tests_test_likeness_LDADD = $(parser_libs)

check_PROGRAMS += tests/test-intent
tests_test_intent_CPPFLAGS = $(parser_flags)
tests_test_intent_SOURCES = tests/test-intent.c tests/sample.h
tests_test_intent_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-fold
tests_test_fold_CPPFLAGS = $(parser_flags)
tests_test_fold_SOURCES = tests/test-fold.c
tests_test_fold_LDADD = $(parser_libs)
dist_check_SCRIPTS += tests/test-lexc.sh
dist_check_SCRIPTS += tests/test-learn.sh

# what tests/run runs beside make check
EXTRA_DIST += tests/run
EXTRA_DIST += tests/install-packages
EXTRA_DIST += tests/tap.sh tests/house.sh tests/nobody.sh
EXTRA_DIST += tests/namespace.sh
EXTRA_DIST += tests/bad-input.sh
EXTRA_DIST += tests/procmail.sh
EXTRA_DIST += tests/postfix.sh
EXTRA_DIST += tests/postfix.py
EXTRA_DIST += tests/postfix-gate.py
EXTRA_DIST += tests/postfix-dkim.py
EXTRA_DIST += tests/postfix_kit.py
check_PROGRAMS += tests/test-attribution
tests_test_attribution_CPPFLAGS = $(parser_flags)
tests_test_attribution_SOURCES = tests/test-attribution.c tests/segment-kit.c tests/segment-kit.h
tests_test_attribution_LDADD = $(parser_libs)

# sentences crossed with what mail programs do to them
EXTRA_DIST += tests/cross.py
EXTRA_DIST += tests/cross_mail.py
EXTRA_DIST += tests/cross_shells.py
EXTRA_DIST += tests/cross_letters.py
EXTRA_DIST += tests/cross/words
EXTRA_DIST += tests/long/cross
EXTRA_DIST += tests/long/hard tests/hard tests/long/balance tests/long/weighed.c
EXTRA_DIST += tests/long/requests tests/requests
EXTRA_DIST += tests/long/reply-rules
EXTRA_DIST += tests/long/returned
dist_check_SCRIPTS += tests/storm.sh
EXTRA_DIST += tests/storm.py tests/long/storm
EXTRA_DIST += tests/long/import
EXTRA_DIST += tests/long/kill-send tests/long/killer.c
EXTRA_DIST += tests/long/speed tests/long/timed.c
EXTRA_DIST += tests/long/store tests/long/laden.c
check_PROGRAMS += tests/test-answer
tests_test_answer_CPPFLAGS = $(filter_flags)
tests_test_answer_SOURCES = tests/test-answer.c tests/sample.h
tests_test_answer_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-echo
tests_test_echo_CPPFLAGS = $(parser_flags)
tests_test_echo_SOURCES = tests/test-echo.c
tests_test_echo_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-footer
tests_test_footer_CPPFLAGS = $(parser_flags)
tests_test_footer_SOURCES = tests/test-footer.c tests/segment-kit.c tests/segment-kit.h
tests_test_footer_LDADD = $(parser_libs)
check_PROGRAMS += tests/test-own
tests_test_own_CPPFLAGS = $(parser_flags)
tests_test_own_SOURCES = tests/test-own.c
tests_test_own_LDADD = $(parser_libs)
dist_check_SCRIPTS += tests/own-words.sh
dist_check_SCRIPTS += tests/templates.sh
dist_check_SCRIPTS += tests/channels.sh
EXTRA_DIST += tests/channels
dist_check_SCRIPTS += tests/same-verdict.sh
check_PROGRAMS += tests/test-auto
tests_test_auto_CPPFLAGS = $(parser_flags)
tests_test_auto_SOURCES = tests/test-auto.c
tests_test_auto_LDADD = $(parser_libs)

# stats and report
EXTRA_PROGRAMS = tests/plant
check_DATA = tests/plant
CLEANFILES += tests/plant
tests_plant_CPPFLAGS = $(filter_flags)
tests_plant_SOURCES = tests/plant.c
tests_plant_LDADD = $(filter_libs)
check_PROGRAMS += tests/test-span
tests_test_span_CPPFLAGS = $(filter_flags)
tests_test_span_SOURCES = tests/test-span.c
tests_test_span_LDADD = $(filter_libs)
dist_check_SCRIPTS += tests/stats.sh
dist_check_SCRIPTS += tests/report.sh
dist_check_SCRIPTS += tests/come-back.sh
EXTRA_DIST += tests/year.py tests/report.py tests/long/stats

# copies, restores and keys
dist_check_SCRIPTS += tests/operations.sh

# stores that older programs left: a file for each schema that was released
check_PROGRAMS += tests/test-migrate
tests_test_migrate_CPPFLAGS = $(store_flags)
tests_test_migrate_SOURCES = tests/test-migrate.c tests/store-kit.c tests/store-kit.h
tests_test_migrate_LDADD = $(store_libs)
dist_check_SCRIPTS += tests/migrate.sh
EXTRA_DIST += tests/migrate/schema-1.sql
EXTRA_DIST += tests/migrate/secret
EXTRA_DIST += tests/migrate/held.eml
dist_check_SCRIPTS += tests/bad-store.sh
