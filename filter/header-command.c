/* header-command.c - the header fields that let people leave: List-Unsubscribe and List-Unsubscribe-Post
 * (R82), and a Message-ID and a Reply-To by which we know whose mail was answered. */
#include "address-lines.h"
#include "address.h"
#include "engine.h"
#include "outcome.h"
#include "token-command.h"
#include "tokens.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ONE_CLICK "List-Unsubscribe=One-Click"

typedef struct
{
  gboolean message_id, json, batch;
  char *reply_to;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->reply_to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The values for one mail; NULL: it has no such field. */
typedef struct
{
  char *url, *mailto, *message_id, *reply_to;
} Fields;

static void
fields_clear (Fields *fields)
{
  g_free (fields->url);
  g_free (fields->mailto);
  g_free (fields->message_id);
  g_free (fields->reply_to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fields, fields_clear)

typedef struct
{
  FilterAdmin *admin;
  const Options *options;
  const char *category; /* NULL: all marketing */
  const char *domain;   /* of Message-IDs; NULL: none */
  char *reply_to;       /* canonical, or NULL */
} Header;

/* Behind the token something new for every mail, since a name is never given twice (RFC 5322, 3.6.4). */
static char *
message_id_of (const Header *header, const char *token)
{
  g_autofree char *unique = filter_engine_random_id ();
  return g_strdup_printf ("<%s.%.16s@%s>", token, unique, header->domain);
}

static char *
reply_to_of (const Header *header, const char *token)
{
  char *subaddress = filter_token_subaddress (header->admin->config, header->reply_to, token);
  g_autofree char *address = subaddress != NULL ? subaddress : g_strdup (header->reply_to);
  return filter_address_quoted (address);
}

static Fields
fields_of (const Header *header, const char *address)
{
  const FilterConfig *config = header->admin->config;
  const FilterSecret *secret = &header->admin->secret;
  g_autofree char *leave = filter_token_make (secret, PARSER_TOKEN_UNSUBSCRIBE, address, header->category);
  gboolean known = header->options->message_id || header->reply_to != NULL;
  g_autofree char *reply
      = known ? filter_token_make (secret, PARSER_TOKEN_REPLY, address, header->category) : NULL;
  return (Fields){
    .url = filter_token_url (config, leave),
    .mailto = filter_token_mailto (config, leave),
    .message_id = header->options->message_id ? message_id_of (header, reply) : NULL,
    .reply_to = header->reply_to != NULL ? reply_to_of (header, reply) : NULL,
  };
}

/* ---- printing ---- */

static char *
list_unsubscribe (const Fields *fields, const char *between)
{
  gboolean both = fields->url != NULL && fields->mailto != NULL;
  return g_strconcat ("<", both ? fields->url : "", both ? between : "",
                      fields->mailto != NULL ? fields->mailto : fields->url, ">", NULL);
}

/* RFC 2369 section 2: nothing but the URI between angle brackets, and folds between these; the best first. */
static void
print_fields (const Fields *fields)
{
  g_autofree char *list = list_unsubscribe (fields, ">,\n <");
  printf ("List-Unsubscribe: %s\n", list);
  if (fields->url != NULL) /* RFC 8058 section 3.1: of an https URI alone */
    puts ("List-Unsubscribe-Post: " ONE_CLICK);
  if (fields->message_id != NULL)
    printf ("Message-ID: %s\n", fields->message_id);
  if (fields->reply_to != NULL)
    printf ("Reply-To: %s\n", fields->reply_to);
}

static void
print_json (const Header *header, const char *address, const Fields *fields)
{
  g_autofree char *list = list_unsubscribe (fields, ">, <");
  g_autoptr (GString) out = g_string_new ("{");
  filter_json_member (out, "address", address);
  filter_json_member (out, "category", header->category != NULL ? header->category : STORE_EVERY);
  filter_json_member (out, "list-unsubscribe", list);
  filter_json_member (out, "list-unsubscribe-post", fields->url != NULL ? ONE_CLICK : NULL);
  filter_json_member (out, "message-id", fields->message_id);
  filter_json_member (out, "reply-to", fields->reply_to);
  g_string_append (out, "}\n");
  fputs (out->str, stdout);
}

static void
print_one (const Header *header, const char *text, const char *address)
{
  g_auto (Fields) fields = fields_of (header, address);
  if (header->options->json || header->options->batch)
    print_json (header, text, &fields);
  else
    print_fields (&fields);
}

static int
print_batch (const Header *header)
{
  FilterAddressLines lines = { .command = "header" };
  char *text, *address;
  errno = 0;
  while (filter_address_lines_next (&lines, &text, &address))
    {
      print_one (header, text, address);
      g_free (text);
      g_free (address);
    }
  if (ferror (stdin))
    return filter_complain (FILTER_EXIT_RETRY, "header", "standard input: %s", g_strerror (errno));
  return lines.malformed > 0 ? FILTER_EXIT_USAGE : FILTER_EXIT_DONE;
}

/* ---- the command ---- */

static int
prepare (Header *header)
{
  const FilterConfig *config = header->admin->config;
  const char *mailbox = filter_token_mailbox (config);
  const char *ours = mailbox != NULL ? mailbox : config->reply_from;
  if (mailbox == NULL && config->unsubscribe_url == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "header",
                            "opt-outs have nowhere to go: the configuration has no mailbox with role = "
                            "unsubscribe, and no [unsubscribe] address or url");
  header->domain = ours != NULL ? strrchr (ours, '@') + 1 : NULL;
  if (header->options->message_id && header->domain == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "header",
                            "--message-id needs a domain of ours: [unsubscribe] address or [reply] from");
  header->reply_to
      = header->options->reply_to != NULL ? filter_address_canonical (header->options->reply_to) : NULL;
  if (header->options->reply_to != NULL && header->reply_to == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "header", "%s: not an e-mail address",
                            header->options->reply_to);
  return FILTER_EXIT_DONE;
}

static int
print (Header *header, int argc, char **argv)
{
  g_autofree char *address = NULL;
  int code = prepare (header);
  if (code != FILTER_EXIT_DONE)
    return code;
  if (header->options->batch)
    return print_batch (header);
  if (!filter_admin_address (header->admin, argc, argv, &address, &code))
    return code;
  print_one (header, address, address);
  return FILTER_EXIT_DONE;
}

int
filter_header (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "message-id", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.message_id,
      "Also a Message-ID by which an answer tells whose mail it answers", NULL },
    { "reply-to", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.reply_to,
      "Also a Reply-To at MAILBOX that tells it, where [unsubscribe] delimiter is set", "MAILBOX" },
    { "batch", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.batch,
      "Read addresses from standard input, one a line, and write a JSON object a line", NULL },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, "One JSON object a line", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  Header header = { .admin = &admin, .options = &options };
  int code;
  if (!filter_options (entries, "ADDRESS [CATEGORY] | --batch [CATEGORY]",
                       "The header fields that let ADDRESS leave CATEGORY, or all marketing: for its mail. "
                       "They need no store.\n"
                       "Have DKIM sign List-Unsubscribe and List-Unsubscribe-Post (h=), or providers do not "
                       "believe them.",
                       &argc, &argv, &code))
    return code;
  int words = argc - (options.batch ? 1 : 2);
  if (words != 0 && words != 1)
    return filter_complain (FILTER_EXIT_USAGE, "header",
                            "one ADDRESS and a CATEGORY, or --batch CATEGORY; see 'optout help header'");
  if (filter_token_begin (&admin, global, "header", words == 1 ? argv[argc - 1] : NULL, &header.category,
                          &code))
    code = print (&header, argc, argv);
  g_free (header.reply_to);
  return code;
}
