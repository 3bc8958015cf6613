/* worker.h - untrusted octets are parsed in a child that can do nothing else. */
#ifndef FILTER_WORKER_H
#define FILTER_WORKER_H

#include "parser.h"

G_BEGIN_DECLS

#define FILTER_WORKER_CPU_S 5                  /* R18 */
#define FILTER_WORKER_MEMORY (256u * 1024 * 1024) /* R18, over what the parent has mapped */
#define FILTER_WORKER_MAIL (64u * 1024 * 1024) /* octets of a mail that are looked at; a longer one is unscanned */

typedef struct FilterWorker FilterWorker;

/**
 * filter_worker_new - a reader of mails
 * @options: borrowed for the worker's life
 * @keep: TRUE keeps the child for the next mail and replaces it when it dies (replay, the daemon); FALSE forks for each
 * Start it before a store is opened (R127): its child must inherit no open database. SIGPIPE is to be ignored.
 */
FilterWorker *filter_worker_new (const ParserOptions *options, gboolean keep);

/** filter_worker_new_with - the same with another reading function, for tests of what a child may do */
typedef ParserFacts *(*FilterReadFunc) (GBytes *mail, const ParserOptions *options);
FilterWorker *filter_worker_new_with (const ParserOptions *options, gboolean keep, FilterReadFunc read_func);

void filter_worker_free (FilterWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterWorker, filter_worker_free)

/**
 * filter_worker_read - what a mail says, read by the child and checked on arrival
 * A child that crashes (SIGSEGV, SIGBUS, SIGABRT, SIGSYS, SIGFPE, SIGILL), runs over its CPU, memory or size, or answers
 * nonsense makes facts of kind PARSER_KIND_UNSCANNED with kind_why "crash", "cpu", "memory", "size", "nonsense": that is
 * a success (R19), and of the rest identity alone is set (of the raw octets). Returns FALSE for our own troubles: fork or pipe failed, the child was killed from outside (SIGKILL,
 * SIGTERM), our deadline; waiting cures those.
 */
gboolean filter_worker_read (FilterWorker *worker, GBytes *mail, ParserFacts **facts_out, GError **error);

G_END_DECLS

#endif
