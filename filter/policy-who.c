/* policy-who.c - whose wish it is: the writer of a mail, and whose standing changes (R55). Pure. */
#include "policy-private.h"

void
filter_reading_clear (FilterReading *reading)
{
  g_free (reading->sender);
}

/* R55: From known in the store > envelope sender known > From; without a From the envelope sender (R36), and
 * without that the address that From spells in words, as in archives. Never Reply-To or Sender. */
void
filter_reading_init (FilterReading *reading, const FilterCase *c)
{
  const char *from = c->facts->from;
  reading->c = c;
  reading->role = c->mailbox != NULL ? c->mailbox->role : FILTER_ROLE_MIXED;
  reading->sender = c->sender != NULL && *c->sender != '\0' ? parser_address_unwrap (c->sender) : NULL;
  gboolean by_sender = reading->sender != NULL && (from == NULL || (c->sender_known && !c->from_known));
  reading->writer = by_sender ? reading->sender : from != NULL ? from : c->facts->from_spelt;
  reading->writer_source = by_sender ? "sender" : "from";
}

char *
filter_policy_writer (const FilterCase *c)
{
  g_auto (FilterReading) reading = { 0 };
  filter_reading_init (&reading, c);
  return g_strdup (reading.writer);
}

ParserProof
filter_reading_proof (const FilterReading *r)
{
  ParserProof proof = r->c->facts->authenticated;
  return proof == PARSER_PROOF_TOKEN || r->writer == r->c->facts->from ? proof : PARSER_PROOF_NONE;
}

void
filter_verdict_add_subject (FilterVerdict *verdict, const char *address, const char *source)
{
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  subject->address = g_strdup (address);
  subject->source = source;
  subject->scope = g_strdupv (verdict->scope);
  g_ptr_array_add (verdict->subjects, subject);
}

/* Whose standing changes. A complaint and a wish for somebody else name the address themselves; of a mail
 * that could not be read nobody knows whether it is a wish, so it silences nobody. */
void
filter_policy_add_subjects (const FilterReading *r, FilterVerdict *verdict)
{
  const ParserFacts *facts = r->c->facts;
  const char *address = r->writer;
  const char *source = r->writer_source;
  if (filter_policy_is_report (facts))
    {
      gboolean proved = verdict->act == FILTER_ACT_RECORD;
      address = proved ? filter_policy_reported (r->c) : facts->reported;
      source = proved ? "token" : "text";
    }
  else if (verdict->act == FILTER_ACT_REVIEW && facts->named_address != NULL)
    {
      address = facts->named_address;
      source = "text";
    }
  if (verdict->act != FILTER_ACT_NONE && facts->kind != PARSER_KIND_UNSCANNED && address != NULL)
    filter_verdict_add_subject (verdict, address, source);
}
