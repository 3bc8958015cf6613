/* preview.c - the texts of our mails, for whoever writes or answers for them: see them, begin one's own,
 * check it. */
#include "address.h"
#include "admin.h"
#include "outcome.h"
#include "reply.h"
#include "template.h"

#include <stdio.h>
#include <string.h>

#define READER "ann@example.org" /* whom the previews are written to */

typedef struct
{
  char *language, *category, *mailbox;
  gboolean all_languages, html, raw;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->language);
  g_free (options->category);
  g_free (options->mailbox);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- what would be sent ---- */

/* A verdict that each kind is sent for. */
/* clang-format off */
static const struct
{
  const char *kind;
  FilterAct act;
  const char *reason;
  ParserIntent intent;
} verdicts[] = {
  { "opt-out",    FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT },
  { "opt-in",     FILTER_ACT_RECORD, "undo",            PARSER_INTENT_OPT_IN },
  { "opt-in-ask", FILTER_ACT_REVIEW, "opt-in-unproved", PARSER_INTENT_OPT_IN },
  { "review",     FILTER_ACT_REVIEW, "question",        PARSER_INTENT_QUESTION },
  { "request",    FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_ERASURE },
  { "essential",  FILTER_ACT_REVIEW, "essential-only",  PARSER_INTENT_OPT_OUT },
  { "ask",        FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT },
};
/* clang-format on */

/* What it is about where the command line does not say: all marketing mail; or mail that cannot be stopped.
 */
static const char *
scope_of (const FilterConfig *config, guint n, const Options *options)
{
  for (guint i = 0; g_str_equal (verdicts[n].kind, "essential") && i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (category->essential)
        return category->name;
    }
  return options->category != NULL ? options->category : STORE_EVERY;
}

static FilterVerdict *
verdict_of (const FilterConfig *config, guint n, const Options *options)
{
  FilterVerdict *verdict = filter_verdict_new ();
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  const char *scope[] = { scope_of (config, n, options), NULL };
  gboolean asks = g_str_equal (verdicts[n].kind, "ask");
  verdict->act = verdicts[n].act;
  verdict->act_reason = verdicts[n].reason;
  verdict->intent = verdicts[n].intent;
  verdict->reply = TRUE;
  verdict->reply_to = g_strdup (READER);
  verdict->requester = g_strdup (asks ? "else@example.org" : READER);
  verdict->asked = asks ? g_strdup (READER) : NULL;
  g_strfreev (verdict->scope);
  verdict->scope = g_strdupv ((char **)scope);
  subject->address = g_strdup (READER);
  subject->source = "from";
  g_ptr_array_add (verdict->subjects, subject);
  return verdict;
}

static FilterReplyText *
text_of (const FilterConfig *config, const char *kind, const char *language, const Options *options)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  for (guint n = 0; n < G_N_ELEMENTS (verdicts); n++)
    if (g_str_equal (verdicts[n].kind, kind))
      {
        g_autoptr (FilterVerdict) verdict = verdict_of (config, n, options);
        return filter_reply_text (verdict, config, options->mailbox, language, now);
      }
  return filter_reply_digest (config, 3, "  2026-11-21T02:00:00Z  500\n",
                              "  0a1b2c3d  2026-11-20  question  ann@example.org: how do I get off?\n",
                              "  4e5f6a7b  2026-12-16  erasure  ann@example.org\n", 1);
}

static void
print_raw (const FilterConfig *config, const FilterReplyText *text, gboolean digest)
{
  g_autofree char *id = g_strconcat ("<optout.preview@", strrchr (config->reply_from, '@') + 1, ">", NULL);
  const ParserReply reply = {
    .from_name = config->reply_from_name,
    .from = config->reply_from,
    .to = digest && config->notify_to != NULL ? config->notify_to : READER,
    .subject = text->subject,
    .body = text->body,
    .html = text->html,
    .message_id = id,
    .loop_marker = config->reply_from,
    .language = text->language,
    .date_at = g_get_real_time () / G_USEC_PER_SEC,
    .auto_replied = !digest,
  };
  g_autoptr (GBytes) mail = parser_compose (&reply);
  fwrite (g_bytes_get_data (mail, NULL), 1, g_bytes_get_size (mail), stdout);
}

static void
print_text (const FilterConfig *config, const char *kind, const char *language, const Options *options)
{
  g_autoptr (FilterReplyText) text = text_of (config, kind, language, options);
  if (options->raw)
    print_raw (config, text, g_str_equal (kind, "digest"));
  else if (options->html && text->html != NULL)
    fputs (text->html, stdout);
  else
    printf ("==== %s, %" G_GSIZE_FORMAT " octets\nSubject: %s\n\n%s\n", text->name, strlen (text->body),
            text->subject, text->body);
}

/* Each language once that there are texts in. */
static GPtrArray *
languages_of (const FilterConfig *config)
{
  const char *kind, *language;
  GPtrArray *languages = g_ptr_array_new ();
  for (guint i = 0; filter_template_nth (config, i, &kind, &language) != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (languages, language, g_str_equal, NULL))
      g_ptr_array_add (languages, (gpointer)language);
  return languages;
}

static void
print_kinds (const FilterConfig *config, const char *only, const char *language, const Options *options)
{
  for (const char *const *kind = filter_template_kinds; *kind != NULL; kind++)
    if (only != NULL ? g_str_equal (only, *kind) : !g_str_equal (*kind, FILTER_TEMPLATE_WORDS))
      print_text (config, *kind, language, options);
}

static int
preview (FilterAdmin *admin, const char *kind, Options *options)
{
  FilterConfig *config = admin->config;
  const FilterCategory *category;
  int code;
  if (kind != NULL
      && (!g_strv_contains (filter_template_kinds, kind) || g_str_equal (kind, FILTER_TEMPLATE_WORDS)))
    return filter_complain (FILTER_EXIT_USAGE, "reply", "%s: no such kind of text; see 'optout help reply'",
                            kind);
  if (options->category != NULL && !filter_admin_category (admin, options->category, &category, &code))
    return code;
  if (options->mailbox != NULL && filter_config_mailbox (config, options->mailbox) == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "reply", "%s: there is no such [mailbox] in the configuration",
                            options->mailbox);
  if (options->raw && config->reply_from == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "reply", "[reply] from is not set: no confirmation is sent");
  config->reply_html = config->reply_html || options->html;
  if (!options->all_languages)
    print_kinds (config, kind, options->language, options);
  g_autoptr (GPtrArray) languages = languages_of (config);
  for (guint i = 0; options->all_languages && i < languages->len; i++)
    print_kinds (config, kind, g_ptr_array_index (languages, i), options);
  return FILTER_EXIT_DONE;
}

/* ---- to begin one's own ---- */

static int
print_template (const char *kind, const char *language)
{
  const char *text = filter_reply_template (kind, language);
  if (text == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "reply",
                            "%s, %s: no such text is built in; see 'optout help reply'", kind, language);
  printf ("[%s]\n%s", kind, text);
  return FILTER_EXIT_DONE;
}

/* ---- to check them ---- */

static int
check (const FilterConfig *config, const char *folder)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_template_free);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  filter_template_read (folder, config, templates, faults);
  for (guint i = 0; i < faults->len; i++)
    filter_complain (FILTER_EXIT_USAGE, "reply", "%s", (const char *)g_ptr_array_index (faults, i));
  if (faults->len > 0)
    return FILTER_EXIT_USAGE;
  if (templates->len == 0)
    return filter_complain (FILTER_EXIT_USAGE, "reply", "%s: has no text; they are in files like de.txt",
                            folder);
  printf ("%s: %u text%s, no errors\n", folder, templates->len, templates->len == 1 ? "" : "s");
  return FILTER_EXIT_DONE;
}

static int
run (FilterAdmin *admin, int argc, char **argv, Options *options)
{
  const char *what = argc > 1 ? argv[1] : "preview";
  if (g_str_equal (what, "preview") && argc <= 3)
    return preview (admin, argc == 3 ? argv[2] : NULL, options);
  if (g_str_equal (what, "template") && argc == 4)
    return print_template (argv[2], argv[3]);
  if (g_str_equal (what, "check") && argc == 3)
    return check (admin->config, argv[2]);
  if (g_str_equal (what, "check") && argc == 2 && admin->config->templates_folder != NULL)
    return check (admin->config, admin->config->templates_folder);
  return filter_complain (FILTER_EXIT_USAGE, "reply",
                          "preview [KIND], template KIND LANGUAGE or check FOLDER; see 'optout help reply'");
}

int
filter_reply (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "language", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.language,
      "As to a mail in that language (default [reply] language)", "TAG" },
    { "all-languages", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.all_languages,
      "As to mail in each language", NULL },
    { "category", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.category,
      "About that category alone", "NAME" },
    { "mailbox", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.mailbox, "As to mail to that mailbox",
      "ADDRESS" },
    { "html", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.html, "The page", NULL },
    { "raw", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.raw, "The whole mail, for a mail program",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (
          entries, "preview [KIND] | template KIND LANGUAGE | check [FOLDER]",
          "preview: the mails that we would send, with the settings as they are.\n"
          "template: a built-in text, to begin one of your own with.\n"
          "check: what keeps texts of yours from being sent, with its line.\n"
          "KIND: opt-out, opt-in, opt-in-ask, review, request, essential, ask, digest; words for template.",
          &argc, &argv, &code)
      || !filter_admin_load (&admin, global, "reply", &code))
    return code;
  return run (&admin, argc, argv, &options);
}
