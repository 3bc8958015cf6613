/* optout.c - liboptout: the gate for other programs. Nothing here may end, print or wait for a person. */
#include "optout.h"
#include "address.h"
#include "gate.h"
#include "keys.h"

#include <unistd.h>

#define EXPORT __attribute__ ((visibility ("default")))

struct OptoutGate
{
  FilterConfig *config; /* NULL: it could not be read */
  FilterSecret secret;
  Store *store; /* NULL until it is needed, and after trouble */
  pid_t pid;
  char *why; /* of the last answer; without a configuration why there is none */
};

EXPORT OptoutGate *
optout_open (const char *file)
{
  g_autoptr (GError) error = NULL;
  OptoutGate *gate = g_new0 (OptoutGate, 1);
  gate->pid = getpid ();
  gate->config = filter_config_load (file, NULL, &error);
  if (gate->config == NULL)
    gate->why = g_strdup (error->message);
  return gate;
}

static void
close_store (OptoutGate *gate)
{
  g_clear_pointer (&gate->store, store_close);
  filter_secret_clear (&gate->secret);
}

/* The store as it is now: a backup may have been brought back in its place. */
static gboolean
settle_store (OptoutGate *gate, GError **error)
{
  if (gate->store != NULL && store_in_place (gate->store, NULL))
    return TRUE;
  close_store (gate);
  if (!filter_secret_load (gate->config->secret_file, &gate->secret, error))
    return FALSE;
  StoreKeys keys;
  filter_keys_of (&gate->secret, &keys);
  gate->store = store_open_read (gate->config->store, &keys, error);
  return gate->store != NULL;
}

static OptoutAnswer
answer (OptoutGate *gate, OptoutAnswer given, char *why)
{
  g_free (gate->why);
  gate->why = why;
  return given;
}

static OptoutAnswer
ask (OptoutGate *gate, const char *address, const FilterCategory *category)
{
  g_auto (FilterAnswer) found = { 0 };
  g_autoptr (GError) error = NULL;
  if ((!category->essential && !settle_store (gate, &error))
      || !filter_gate_ask (gate->store, gate->config, address, category, &found, &error))
    {
      close_store (gate);
      return answer (gate, OPTOUT_CANNOT_TELL, g_strdup (error->message));
    }
  return answer (gate, filter_answer_is_yes (&found) ? OPTOUT_YES : OPTOUT_NO,
                 filter_gate_explain (&found, address, category));
}

static OptoutAnswer
check (OptoutGate *gate, const char *address, const char *category)
{
  if (address == NULL)
    return answer (gate, OPTOUT_CANNOT_TELL, g_strdup ("no address was given"));
  if (category == NULL)
    return answer (gate, OPTOUT_CANNOT_TELL, g_strdup ("no category was given"));
  g_autofree char *canonical = filter_address_canonical (address);
  const FilterCategory *known = filter_config_category (gate->config, category);
  if (known == NULL)
    return answer (gate, OPTOUT_CANNOT_TELL, g_strdup ("the configuration has no such category"));
  if (canonical == NULL)
    return answer (gate, OPTOUT_NO, g_strdup ("no: that is not an e-mail address"));
  return ask (gate, canonical, known);
}

EXPORT OptoutAnswer
optout_check (OptoutGate *gate, const char *address, const char *category, const char **why_out)
{
  const char *why = NULL;
  OptoutAnswer given = OPTOUT_CANNOT_TELL;
  if (gate == NULL)
    why = "there is no gate";
  else if (gate->pid != getpid ()) /* R127 */
    why = "the gate was opened by another process; open one in this";
  else if (gate->config != NULL)
    given = check (gate, address, category);
  if (why_out != NULL)
    *why_out = why != NULL ? why : gate->why;
  return given;
}

EXPORT void
optout_close (OptoutGate *gate)
{
  if (gate == NULL)
    return;
  if (gate->pid == getpid ())
    close_store (gate);
  g_clear_pointer (&gate->config, filter_config_free);
  g_free (gate->why);
  g_free (gate);
}
