/* policy-who.c - whose wish it is: the writer of a mail, and whose standing changes (R55). Pure. */
#include "policy-private.h"

void
filter_reading_clear (FilterReading *reading)
{
  g_free (reading->sender);
}

/* R55: who sends a token back by the way that we made for it wants that mail to stop. */
static gboolean
is_strong (const FilterHolder *holder)
{
  return holder->purpose == PARSER_TOKEN_UNSUBSCRIBE && holder->place <= PARSER_IN_SUBJECT;
}

static gboolean
is_writers (const FilterReading *r, const FilterHolder *holder)
{
  return holder->same || g_strcmp0 (holder->address, r->writer) == 0;
}

/* One of each: who quotes a thread of many mails means the one that he answers. Our own addresses are nobody.
 */
static void
read_holders (FilterReading *r)
{
  for (guint i = 0; i < r->c->n_holders; i++)
    {
      const FilterHolder *holder = &r->c->holders[i];
      if (filter_config_is_own (r->c->config, holder->address))
        continue;
      if (r->holder == NULL && is_strong (holder))
        r->holder = holder;
      if (r->own == NULL && is_writers (r, holder))
        r->own = holder;
      if (r->other == NULL && !is_writers (r, holder))
        r->other = holder;
    }
  if (r->holder != NULL || r->own != NULL)
    r->other = NULL;
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
  read_holders (reading);
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
  if (r->own != NULL && r->own->place <= PARSER_IN_REFERENCES)
    return PARSER_PROOF_TOKEN;
  return r->writer == r->c->facts->from ? r->c->facts->authenticated : PARSER_PROOF_NONE;
}

gboolean
filter_reading_is_colleague (const FilterReading *r)
{
  return r->writer != NULL
         && (filter_config_is_own (r->c->config, r->writer)
             || filter_config_is_colleague (r->c->config, r->writer));
}

const char *
filter_reading_customer (const FilterReading *r)
{
  const char *author = r->c->facts->forwarded_from;
  return author != NULL && filter_reading_is_colleague (r) && g_strcmp0 (author, r->writer) != 0
                 && !filter_config_is_own (r->c->config, author)
             ? author
             : NULL;
}

const char *
filter_reading_behind (const FilterReading *r)
{
  const char *person = r->c->facts->alias_of;
  return person != NULL && !r->c->from_known && g_strcmp0 (person, r->writer) != 0
                 && !filter_config_is_own (r->c->config, person)
             ? person
             : NULL;
}

gboolean
filter_reading_is_for_another (const FilterReading *r)
{
  return r->c->facts->third_person || (r->c->facts->named_address != NULL && !r->c->named_is_writer);
}

FilterSubject *
filter_verdict_add_subject (FilterVerdict *verdict, const char *address, const char *source)
{
  for (guint i = 0; i < verdict->subjects->len; i++)
    {
      const FilterSubject *there = g_ptr_array_index (verdict->subjects, i);
      if (g_strcmp0 (there->address, address) == 0)
        return NULL;
    }
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  subject->address = g_strdup (address);
  subject->source = source;
  subject->scope = g_strdupv (verdict->scope);
  g_ptr_array_add (verdict->subjects, subject);
  return subject;
}

/* Somebody whom the writer, or his token, names beside himself. Who of the staff wrote is no secret. */
static void
add_another (const FilterReading *r, FilterVerdict *verdict, const char *address, const char *source)
{
  FilterSubject *subject = filter_verdict_add_subject (verdict, address, source);
  if (subject != NULL)
    subject->another = r->writer != NULL && !filter_policy_is_report (r->c->facts)
                       && !filter_reading_is_colleague (r) && g_strcmp0 (address, r->writer) != 0;
}

/* Our own addresses are never stopped, and a token of the writer's own says more than his From where it
 * proves him. */
static void
add_writer (const FilterReading *r, FilterVerdict *verdict)
{
  gboolean by_token = verdict->act == FILTER_ACT_RECORD && r->own != NULL
                      && r->own->place <= PARSER_IN_REFERENCES && g_strcmp0 (r->own->address, r->writer) == 0;
  if (r->writer != NULL && !filter_config_is_own (r->c->config, r->writer))
    filter_verdict_add_subject (verdict, r->writer, by_token ? "token" : r->writer_source);
}

/* Whom a report is about: whom a token proves, else whom it says. */
static const char *
reported_of (const FilterCase *c)
{
  const char *proved = filter_policy_reported (c);
  return proved != NULL ? proved : c->facts->reported;
}

/* Whom a wish that waits is for, where that is not the writer; NULL. */
static const char *
named_of (const FilterReading *r)
{
  const ParserFacts *facts = r->c->facts;
  const char *customer = filter_reading_customer (r);
  return filter_policy_is_report (facts) ? reported_of (r->c)
         : customer != NULL              ? customer
         : facts->named_address != NULL  ? facts->named_address
                                         : filter_reading_behind (r);
}

/* The writer too, unless it is plain that he asks for somebody else; who asks for another at the unsubscribe
 * address may well mean himself as well. */
static gboolean
is_writer_silenced (const FilterReading *r)
{
  const ParserFacts *facts = r->c->facts;
  gboolean another = filter_reading_is_for_another (r);
  if (filter_policy_is_report (facts) || filter_reading_customer (r) != NULL)
    return FALSE;
  if (facts->named_address != NULL)
    return !another || r->role == FILTER_ROLE_UNSUBSCRIBE;
  return filter_reading_behind (r) == NULL && !(another && filter_reading_is_colleague (r));
}

/* Until a person decides, marketing is silent for whom the mail is about. */
static void
add_silenced (const FilterReading *r, FilterVerdict *verdict)
{
  const char *named = named_of (r);
  if (named != NULL && r->c->named_is_writer)
    filter_verdict_add_subject (verdict, named, "text");
  else if (named != NULL)
    add_another (r, verdict, named, "text");
  if (is_writer_silenced (r))
    add_writer (r, verdict);
}

/* ---- one more person ---- */

static FilterVerdict *
beside (const FilterVerdict *verdict, FilterAct act, const char *reason, StoreReason store_reason)
{
  FilterVerdict *other = filter_verdict_new ();
  other->act = act;
  other->act_reason = reason;
  other->intent = verdict->intent;
  other->reason = store_reason;
  other->requester = g_strdup (verdict->requester);
  return other;
}

/* The holder of a token that does not opt him out is asked whether our mail to him is to stop too. */
static FilterVerdict *
ask_holder (const FilterReading *r, const FilterVerdict *verdict, const char *address)
{
  FilterVerdict *other = beside (verdict, FILTER_ACT_RECORD, "asked", STORE_REASON_PERSON);
  g_strfreev (other->scope);
  other->scope = g_strdupv (verdict->scope);
  g_strfreev (other->except);
  other->except = g_strdupv (verdict->except);
  other->asked = g_strdup (address);
  add_another (r, other, address, "token");
  return other;
}

/* "Remove carl@", by the way that is made for Ann: she is stopped, and for Carl a person decides. */
static FilterVerdict *
hold_named (const FilterReading *r, const FilterVerdict *verdict)
{
  FilterVerdict *other = beside (verdict, FILTER_ACT_REVIEW, "third-person", STORE_REASON_REVIEW);
  other->intent = r->c->facts->intent;
  filter_policy_cover (r, other);
  add_another (r, other, r->c->facts->named_address, "text");
  return other;
}

/* Whom the text names where a strong token has named somebody else already. */
static gboolean
names_a_third (const FilterReading *r)
{
  const char *named = r->c->facts->named_address;
  return r->holder != NULL && named != NULL && !r->c->named_is_writer
         && g_strcmp0 (named, r->holder->address) != 0 && g_strcmp0 (named, r->writer) != 0
         && !filter_config_is_own (r->c->config, named);
}

/* A stop is the writer's and the token holder's, however their addresses are spelt. A case and a consent are
 * the writer's alone: whoever has a mail of ours from somebody else has no right to his data, and consents
 * for nobody. */
static void
add_stopped (const FilterReading *r, FilterVerdict *verdict)
{
  const FilterHolder *another = r->holder != NULL && !is_writers (r, r->holder) ? r->holder : NULL;
  gboolean stop = verdict->intent == PARSER_INTENT_OPT_OUT;
  if (stop && another != NULL)
    add_another (r, verdict, another->address, "token");
  if (!(stop && another != NULL && filter_reading_is_colleague (r))) /* he does it for the other */
    add_writer (r, verdict);
  if (stop && r->own != NULL)
    filter_verdict_add_subject (verdict, r->own->address, "token");
  if (stop && r->c->facts->named_address != NULL && r->c->named_is_writer)
    filter_verdict_add_subject (verdict, r->c->facts->named_address, "text");

  const FilterHolder *asked = r->other != NULL ? r->other : stop ? NULL : another;
  if (asked != NULL && verdict->intent != PARSER_INTENT_OPT_IN && *verdict->scope != NULL)
    verdict->beside = ask_holder (r, verdict, asked->address);
  else if (stop && names_a_third (r))
    verdict->beside = hold_named (r, verdict);
}

/* Of a mail that could not be read nobody knows whether it is a wish, so it silences nobody. */
void
filter_policy_add_subjects (const FilterReading *r, FilterVerdict *verdict)
{
  if (verdict->act == FILTER_ACT_NONE || r->c->facts->kind == PARSER_KIND_UNSCANNED)
    return;
  if (verdict->act == FILTER_ACT_REVIEW)
    add_silenced (r, verdict);
  else if (filter_policy_is_report (r->c->facts))
    filter_verdict_add_subject (verdict, filter_policy_reported (r->c), "token");
  else
    add_stopped (r, verdict);
}
