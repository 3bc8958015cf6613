/* policy-report.c - whom a bounce or a complaint is about, where that is proved (R85, R86). Pure.
 *
 * Anybody can write a mail that looks like either, and name anybody in it. What proves it is a token of ours,
 * or the Message-ID of a confirmation of ours, in the mail that it is about: who has that has had our mail to
 * the address. A token of purpose reply is less (R55): it stands in the References of every answer, and goes
 * where these go. It counts where the mail server says who reports, and in the address that the report came
 * to, our envelope sender. */
#include "policy-private.h"

gboolean
filter_policy_is_report (const ParserFacts *facts)
{
  return facts->kind == PARSER_KIND_COMPLAINT || (facts->kind == PARSER_KIND_BOUNCE && facts->hard_bounce);
}

static gboolean
is_proof (const FilterCase *c, const FilterHolder *holder)
{
  return holder->purpose == PARSER_TOKEN_UNSUBSCRIBE || holder->place == PARSER_IN_RECIPIENT
         || c->facts->authenticated != PARSER_PROOF_NONE;
}

/* One address at most: the one that the report names too, else that of the strongest token, else the person
 * to whom we confirmed something. */
const char *
filter_policy_reported (const FilterCase *c)
{
  const char *first = NULL;
  for (guint i = 0; i < c->n_holders; i++)
    {
      const char *address = c->holders[i].address;
      if (!is_proof (c, &c->holders[i]))
        continue;
      if (g_strcmp0 (address, c->facts->reported) == 0)
        return address;
      first = first != NULL ? first : address;
    }
  return first != NULL ? first : c->answered != NULL ? c->answered->address : NULL;
}
