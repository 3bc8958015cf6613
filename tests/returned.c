/* returned.c - see returned.h */
#include "returned.h"

#include <string.h>

#define AT 1795255200 /* 2026-11-21 10:00 */

/* clang-format off */
const ReturnedNotice returned_notices[] = {
  { "opt-out",      FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT,    "*",       "",  FALSE, "undo,only,unsubscribe" },
  { "opt-out-part", FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT,    "offers",  "",  FALSE, "undo,all" },
  { "opt-out-only", FILTER_ACT_RECORD, "only",            PARSER_INTENT_OPT_OUT,    "offers",  "*", FALSE, "undo,all" },
  { "opt-in",       FILTER_ACT_RECORD, "undo",            PARSER_INTENT_OPT_IN,     "*",       "",  FALSE, "unsubscribe" },
  { "opt-in-ask",   FILTER_ACT_REVIEW, "opt-in-unproved", PARSER_INTENT_OPT_IN,     "*",       "",  FALSE, "undo" },
  { "review",       FILTER_ACT_REVIEW, "question",        PARSER_INTENT_QUESTION,   "*",       "",  FALSE, "undo" },
  { "only-unknown", FILTER_ACT_REVIEW, "only-unknown",    PARSER_INTENT_OPT_OUT,    "*",       "",  FALSE, "only" },
  { "erasure",      FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_ERASURE,    "*",       "",  FALSE, "yes" },
  { "access",       FILTER_ACT_RECORD, "request",         PARSER_INTENT_ACCESS,     "",        "",  FALSE, "unsubscribe" },
  { "correction",   FILTER_ACT_RECORD, "request",         PARSER_INTENT_CORRECTION, "",        "",  FALSE, "unsubscribe" },
  { "no-sharing",   FILTER_ACT_RECORD, "request",         PARSER_INTENT_NO_SHARING, "",        "",  FALSE, "unsubscribe" },
  { "essential",    FILTER_ACT_REVIEW, "essential-only",  PARSER_INTENT_OPT_OUT,    "notices", "",  FALSE, "unsubscribe" },
  { "ask",          FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT,    "*",       "",  TRUE,  "unsubscribe" },
};
/* clang-format on */
const guint returned_n_notices = G_N_ELEMENTS (returned_notices);

/* ---- the house ---- */

static FilterConfig config;
static ParserOptions options;
static ParserEchoes *echoes;
static GArray *answers;
static GPtrArray *languages;
static FilterMailbox mailbox = { .address = (char *)RETURNED_US, .role = FILTER_ROLE_PREFERENCES };
static const ParserCategory categories[] = {
  { "offers", (const char *const[]){ "Special offers", NULL } },
  { "updates", (const char *const[]){ "Product updates", NULL } },
  { "notices", (const char *const[]){ "Service notices", NULL } },
};

static void
add_category (const ParserCategory *told, gboolean essential)
{
  static char *none[] = { NULL };
  FilterCategory *category = g_new0 (FilterCategory, 1);
  category->name = (char *)told->name;
  category->title = (char *)told->words[0];
  category->words = none;
  category->essential = essential;
  g_ptr_array_add (config.categories, category);
}

void
returned_set_up (void)
{
  parser_init ();
  config.case_days = 30;
  config.organisation = (char *)"Metrix Example";
  config.reply_from = (char *)RETURNED_US;
  config.reply_html = TRUE;
  config.preferences_url = (char *)"https://metrix.example/mail";
  config.categories = g_ptr_array_new_with_free_func (g_free);
  config.mailboxes = g_ptr_array_new ();
  g_ptr_array_add (config.mailboxes, &mailbox);
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    add_category (&categories[i], i == 2);
  echoes = parser_echoes_new (NULL);
  parser_echoes_add (echoes, &filter_echo_table);
  answers = filter_answers_words (NULL);
  options = (ParserOptions){ .categories = categories,
                             .n_categories = G_N_ELEMENTS (categories),
                             .echoes = echoes,
                             .answers = (const ParserAnswerWord *)(gpointer)answers->data,
                             .n_answers = answers->len,
                             .signature = config.organisation };
  languages = g_ptr_array_new ();
  const char *kind, *language, *text;
  for (guint i = 0; (text = filter_reply_template_nth (i, &kind, &language)) != NULL; i++)
    if (strcmp (kind, FILTER_TEMPLATE_WORDS) == 0)
      g_ptr_array_add (languages, (gpointer)language);
}

void
returned_tear_down (void)
{
  g_ptr_array_unref (config.categories);
  g_ptr_array_unref (config.mailboxes);
  g_ptr_array_unref (languages);
  g_array_unref (answers);
  parser_echoes_free (echoes);
}

const char *
returned_language (guint i)
{
  return i < languages->len ? g_ptr_array_index (languages, i) : NULL;
}

/* ---- a text ---- */

char *
returned_words (const char *language, ParserAnswer answer)
{
  const FilterTemplateChoice choice = { .config = &config, .language = language };
  g_autofree char *word = filter_template_word (&choice, parser_answer_key (answer));
  return g_strconcat (word, answer == PARSER_ANSWER_ONLY ? " Special offers" : "", NULL);
}

FilterReplyText *
returned_text (const ReturnedNotice *notice, const char *language)
{
  g_autoptr (FilterVerdict) verdict = filter_verdict_new ();
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  verdict->act = notice->act;
  verdict->act_reason = notice->reason;
  verdict->intent = notice->intent;
  verdict->reply = TRUE;
  verdict->reply_to = g_strdup (RETURNED_ANN);
  verdict->asked = notice->asked ? g_strdup (RETURNED_ANN) : NULL;
  g_strfreev (verdict->scope);
  verdict->scope = g_strsplit (notice->scope, ",", -1);
  g_strfreev (verdict->again);
  verdict->again = g_strsplit (notice->again, ",", -1);
  subject->address = g_strdup (RETURNED_ANN);
  subject->source = "from";
  g_ptr_array_add (verdict->subjects, subject);
  return filter_reply_text (verdict, &config, RETURNED_US, language, AT);
}

/* ---- what is made of a mail ---- */

ParserFacts *
returned_read (const char *rest)
{
  g_autofree char *text
      = g_strconcat ("From: Ann <" RETURNED_ANN ">\nTo: " RETURNED_US "\nMessage-ID: <7@example.org>\n"
                     "In-Reply-To: <optout.1@metrix.example>\nMIME-Version: 1.0\n"
                     "Content-Transfer-Encoding: 8bit\n",
                     rest, NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  return parser_read (mail, &options);
}

FilterVerdict *
returned_decide (const ParserFacts *facts)
{
  char *every[] = { (char *)STORE_EVERY, NULL };
  const StoreEvent answered = { .id = (char *)"1",
                                .action = STORE_ACTION_OPT_OUT,
                                .address = (char *)RETURNED_ANN,
                                .scope = every,
                                .received_at = AT };
  const FilterCase c = { .facts = facts,
                         .config = &config,
                         .mailbox = &mailbox,
                         .recipient = RETURNED_US,
                         .sender = RETURNED_ANN,
                         .from_known = TRUE,
                         .answered = &answered,
                         .answered_asked = TRUE,
                         .erasure = "1",
                         .now = AT };
  return filter_policy_decide (&c);
}
