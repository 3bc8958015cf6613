/* token-command.c - the address by which somebody is opted out, made and read; it needs the keys and no
 * store. */
#include "token-command.h"
#include "address.h"
#include "outcome.h"
#include "tokens.h"

#include <stdio.h>

gboolean
filter_token_begin (FilterAdmin *admin, const FilterGlobal *global, const char *command, const char *name,
                    const char **category_out, int *code_out)
{
  g_autoptr (GError) error = NULL;
  const FilterCategory *category = NULL;
  gboolean all = name == NULL || g_str_equal (name, STORE_EVERY);
  if (!filter_admin_load (admin, global, command, code_out)
      || (!all && !filter_admin_category (admin, name, &category, code_out)))
    return FALSE;
  if (!all && category->essential)
    *code_out = filter_complain (FILTER_EXIT_USAGE, command,
                                 "%s: there is no opt-out of essential mail; send it without", name);
  else if (!filter_secret_load (admin->config->secret_file, &admin->secret, &error))
    *code_out = filter_complain (FILTER_EXIT_RETRY, command, "%s", error->message);
  else
    {
      *category_out = all ? NULL : category->name;
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  char *purpose, *read;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->purpose);
  g_free (options->read);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *const purposes[] = {
  [PARSER_TOKEN_UNSUBSCRIBE] = "unsubscribe", [PARSER_TOKEN_REPLY] = "reply", [PARSER_TOKEN_ANSWER] = "answer"
};

/* ---- making one ---- */

static void
print_json (const FilterConfig *config, const char *address, const char *category, ParserTokenPurpose purpose,
            const char *token)
{
  gboolean leaves = purpose == PARSER_TOKEN_UNSUBSCRIBE;
  const char *mailbox = leaves ? filter_token_mailbox (config) : NULL;
  g_autofree char *subaddress = mailbox != NULL ? filter_token_subaddress (config, mailbox, token) : NULL;
  g_autofree char *mailto = leaves ? filter_token_mailto (config, token) : NULL;
  g_autofree char *url = leaves ? filter_token_url (config, token) : NULL;
  g_autoptr (GString) out = g_string_new ("{");
  filter_json_member (out, "address", address);
  filter_json_member (out, "category", category != NULL ? category : STORE_EVERY);
  filter_json_member (out, "purpose", purposes[purpose]);
  filter_json_member (out, "token", token);
  filter_json_member (out, "subaddress", subaddress);
  filter_json_member (out, "mailto", mailto);
  filter_json_member (out, "url", url);
  printf ("%s}\n", out->str);
}

/* A sub-address where there is room for it; else what a link in the mail needs. */
static char *
place_of (const FilterConfig *config, const char *token)
{
  const char *mailbox = filter_token_mailbox (config);
  char *subaddress = mailbox != NULL ? filter_token_subaddress (config, mailbox, token) : NULL;
  char *mailto = subaddress == NULL ? filter_token_mailto (config, token) : NULL;
  return subaddress != NULL ? subaddress : mailto != NULL ? mailto : filter_token_url (config, token);
}

static int
make (const FilterAdmin *admin, const char *address, const char *category, const Options *options)
{
  gboolean reply = g_strcmp0 (options->purpose, purposes[PARSER_TOKEN_REPLY]) == 0;
  ParserTokenPurpose purpose = reply ? PARSER_TOKEN_REPLY : PARSER_TOKEN_UNSUBSCRIBE;
  g_autofree char *token = filter_token_make (&admin->secret, purpose, address, category);
  g_autofree char *place = reply ? NULL : place_of (admin->config, token);
  if (options->json)
    print_json (admin->config, address, category, purpose, token);
  else if (reply || place != NULL)
    puts (reply ? token : place);
  else
    return filter_complain (FILTER_EXIT_USAGE, "token",
                            "opt-outs have nowhere to go: the configuration has no mailbox with role = "
                            "unsubscribe, and no [unsubscribe] address or url");
  return FILTER_EXIT_DONE;
}

/* ---- reading one ---- */

static int
tell (const FilterAdmin *admin, const Options *options)
{
  g_autofree char *text = parser_token_find (options->read);
  g_autoptr (ParserToken) token = text != NULL ? filter_token_read (&admin->secret, text) : NULL;
  if (token == NULL)
    return filter_complain (FILTER_EXIT_NO, "token", "%s: no token of ours", options->read);
  const char *category = filter_token_category (admin->config, token->category);
  if (category == NULL && token->event == NULL)
    category = STORE_EVERY;
  if (!options->json)
    {
      printf ("%s\t%s\t%s\n", purposes[token->purpose], token->event != NULL ? token->event : token->address,
              category != NULL ? category : "");
      return FILTER_EXIT_DONE;
    }
  g_autoptr (GString) out = g_string_new ("{");
  filter_json_member (out, "purpose", purposes[token->purpose]);
  filter_json_member (out, "address", token->address);
  filter_json_member (out, "category", category);
  filter_json_member (out, "event", token->event);
  printf ("%s}\n", out->str);
  return FILTER_EXIT_DONE;
}

static int
check_usage (int argc, const Options *options)
{
  gboolean fits = options->read != NULL ? argc == 1 && options->purpose == NULL : argc == 2 || argc == 3;
  if (!fits)
    return filter_complain (FILTER_EXIT_USAGE, "token",
                            "one ADDRESS and a CATEGORY, or --read TOKEN; see 'optout help token'");
  if (options->purpose != NULL && !g_str_equal (options->purpose, purposes[PARSER_TOKEN_UNSUBSCRIBE])
      && !g_str_equal (options->purpose, purposes[PARSER_TOKEN_REPLY]))
    return filter_complain (FILTER_EXIT_USAGE, "token", "%s: no such purpose; it is unsubscribe or reply",
                            options->purpose);
  return FILTER_EXIT_DONE;
}

int
filter_token (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "purpose", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.purpose,
      "unsubscribe (the default), or reply: a token that only tells whom a mail was for",
      "unsubscribe|reply" },
    { "read", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.read,
      "Say what a token, or an address that holds one, stands for; exit code 1: it is none of ours",
      "TOKEN" },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, "All of it as a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autofree char *address = NULL;
  const char *category;
  int code;
  if (!filter_options (entries, "ADDRESS [CATEGORY] | --read TOKEN",
                       "The address by which ADDRESS is opted out of CATEGORY, or of all marketing: for a "
                       "link in its mail.\n"
                       "Where it must stand in the subject it is a mailto: address. It is good without end.",
                       &argc, &argv, &code)
      || (code = check_usage (argc, &options)) != FILTER_EXIT_DONE
      || !filter_token_begin (&admin, global, "token", argc == 3 ? argv[2] : NULL, &category, &code))
    return code;
  if (options.read != NULL)
    return tell (&admin, &options);
  if (!filter_admin_address (&admin, argc, argv, &address, &code))
    return code;
  return make (&admin, address, category, &options);
}
