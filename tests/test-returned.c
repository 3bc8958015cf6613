/* test-returned.c - our own confirmations, in every language and of every kind, as machines send them back,
 * whole and in pieces: none of the words in them is an answer or a wish. And a person's answer above the same
 * is heard, or where it cannot be told from ours, a person reads it.
 *
 * No header tells here that a machine wrote: the text alone has to. */
#include "returned.h"
#include "sample.h"

#include <string.h>

/* What machines write above it: one of these in turn. */
static const char *const machines[] = {
  "",
  "I am away until Monday.",
  "Thank you for your message. It is now ticket 4711.",
};

/* A text of one language and kind. */
typedef struct
{
  const char *language;
  const ReturnedNotice *notice;
} Sent;

/* Each language leaves out others of the mails. tests/long/returned reads all. */
static guint language_turn;

static gboolean
is_spared (guint serial)
{
  return sample_spares (serial + language_turn, 8);
}

/* ---- what is expected ---- */

/* Nothing happens; of what is @broken a person may be asked. */
static void
expect_nothing (const char *name, const char *mail, gboolean broken)
{
  g_autoptr (ParserFacts) facts = returned_read (mail);
  g_autoptr (FilterVerdict) verdict = returned_decide (facts);
  if (verdict->act == FILTER_ACT_NONE || (broken && verdict->act == FILTER_ACT_REVIEW))
    return;
  const ParserHit *hit = facts->evidence->len > 0 ? g_ptr_array_index (facts->evidence, 0) : NULL;
  g_test_fail ();
  g_test_message ("%s: answer %s, intent %s, %s (%s)", name, parser_answer_name (facts->answer),
                  parser_intent_name (facts->intent), verdict->act_reason, hit != NULL ? hit->text : "");
  g_test_message ("%s", strstr (mail, "\n\n"));
}

/* It is heard; where it is @blurred, a person may be asked. */
static void
expect_answer (const char *name, const char *mail, ParserAnswer answer, gboolean blurred)
{
  static const ParserIntent intents[] = { [PARSER_ANSWER_UNDO] = PARSER_INTENT_OPT_IN,
                                          [PARSER_ANSWER_ERASE] = PARSER_INTENT_ERASURE,
                                          [PARSER_ANSWER_ALL] = PARSER_INTENT_OPT_OUT,
                                          [PARSER_ANSWER_STOP] = PARSER_INTENT_OPT_OUT };
  g_autoptr (ParserFacts) facts = returned_read (mail);
  g_autoptr (FilterVerdict) verdict = returned_decide (facts);
  gboolean words = answer != PARSER_ANSWER_ONLY && verdict->intent == intents[answer];
  if ((verdict->act == FILTER_ACT_RECORD && (facts->answer == answer || words))
      || (blurred && verdict->act == FILTER_ACT_REVIEW))
    return;
  g_test_fail ();
  g_test_message ("%s: answer %s instead of %s, intent %s, %s", name, parser_answer_name (facts->answer),
                  parser_answer_name (answer), parser_intent_name (facts->intent), verdict->act_reason);
  g_test_message ("%s", strstr (mail, "\n\n"));
}

/* ---- machines ---- */

static void
a_machine_says_nothing (const Sent *sent, const FilterReplyText *ours)
{
  for (guint s = 0; s < returned_n_shells; s++)
    {
      guint m = (s + (guint)(sent->notice - returned_notices)) % G_N_ELEMENTS (machines);
      g_autofree char *name = g_strdup_printf ("%s/%u", returned_shells[s].name, m);
      g_autofree char *mail = returned_shells[s].shell (ours, machines[m]);
      if (!is_spared (s + m))
        expect_nothing (name, mail, FALSE);
    }
}

static void
expect_nothing_of (const FilterReplyText *ours, const char *name, const char *body, guint serial)
{
  guint m = serial % 2;
  g_autofree char *mail = body != NULL ? returned_beside (ours, machines[m], body) : NULL;
  g_autofree char *full = g_strdup_printf ("%s/%u", name, m);
  if (mail != NULL && !is_spared (serial))
    expect_nothing (full, mail, TRUE);
}

/* The words that @sent tells people to answer with. */
static gboolean
is_asked_for (const Sent *sent, ParserAnswer answer)
{
  g_auto (GStrv) asked = g_strsplit (sent->notice->words, ",", -1);
  return g_strv_contains ((const char *const *)asked, parser_answer_key (answer));
}

static void
damage_changes_nothing (const Sent *sent, const FilterReplyText *ours)
{
  guint serial = (guint)(sent->notice - returned_notices);
  for (guint h = 0; h < returned_n_harms; h++)
    for (ParserAnswer a = PARSER_ANSWER_UNDO;
         a <= (returned_harms[h].at_word ? PARSER_ANSWER_STOP : PARSER_ANSWER_UNDO); a++)
      {
        g_autofree char *words = returned_words (sent->language, a);
        g_autofree char *body = !returned_harms[h].at_word || is_asked_for (sent, a)
                                    ? returned_harms[h].damage (ours->body, words)
                                    : NULL;
        expect_nothing_of (ours, returned_harms[h].name, body, serial++);
      }
}

/* Every other line in turn; and each paragraph, lost or alone. */
static void
a_lost_piece_changes_nothing (const Sent *sent, const FilterReplyText *ours)
{
  static const char *const parts[] = { "\n", "\n\n" };
  guint serial = (guint)(sent->notice - returned_notices);
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      g_auto (GStrv) pieces = g_strsplit (ours->body, parts[p], -1);
      for (guint lost = serial % 2 * (p == 0); pieces[lost] != NULL && pieces[lost + 1] != NULL;
           lost += 2 - p)
        {
          g_autofree char *name = g_strdup_printf ("without %s %u", p == 0 ? "line" : "paragraph", lost + 1);
          char *piece = pieces[lost];
          g_autoptr (GString) body = g_string_new (NULL);
          if (p == 1)
            expect_nothing_of (ours, "alone", piece, serial + lost);
          for (guint i = 0; pieces[i] != NULL; i++)
            if (i != lost)
              g_string_append_printf (body, "%s%s", pieces[i], parts[p]);
          expect_nothing_of (ours, name, *piece != '\0' ? body->str : NULL, serial + lost + 1);
        }
    }
}

/* ---- people ---- */

static void
a_person_is_heard (const Sent *sent, const FilterReplyText *ours)
{
  for (ParserAnswer a = PARSER_ANSWER_UNDO; a <= PARSER_ANSWER_STOP; a++)
    {
      g_autofree char *words = returned_words (sent->language, a);
      for (guint s = 0; is_asked_for (sent, a) && s < returned_n_shells; s++)
        {
          g_autofree char *name = g_strdup_printf ("%s/%s", returned_shells[s].name, words);
          g_autofree char *mail = returned_shells[s].shell (ours, words);
          if (!returned_shells[s].machines_only && !is_spared (s + a))
            expect_answer (name, mail, a, FALSE);
        }
    }
}

static void
a_person_above_a_damaged_copy_is_not_lost (const Sent *sent, const FilterReplyText *ours)
{
  for (ParserAnswer a = PARSER_ANSWER_UNDO; a <= PARSER_ANSWER_STOP; a++)
    {
      g_autofree char *words = returned_words (sent->language, a);
      for (guint h = 0; is_asked_for (sent, a) && h < returned_n_harms; h++)
        {
          g_autofree char *body = returned_harms[h].damage (ours->body, words);
          g_autofree char *name = g_strdup_printf ("%s/%s", returned_harms[h].name, words);
          g_autofree char *mail = body != NULL ? returned_beside (ours, words, body) : NULL;
          if (mail != NULL && !is_spared (h + a))
            expect_answer (name, mail, a, !returned_harms[h].heard);
        }
    }
}

/* A line of a machine's own with the beginning of what ours says from a word on: "UNDO, and everything will".
 */
static void
a_cut_sentence_changes_nothing (const Sent *sent, const FilterReplyText *ours)
{
  static const ParserAnswer answers[]
      = { PARSER_ANSWER_UNDO, PARSER_ANSWER_ONLY, PARSER_ANSWER_ALL, PARSER_ANSWER_STOP };
  g_autofree char *text = g_strdelimit (returned_wrap (ours->body, 4000), "\t", ' ');
  for (guint a = 0; a < G_N_ELEMENTS (answers); a++)
    {
      g_autofree char *word = returned_words (sent->language, answers[a]);
      const char *start = strstr (text, word), *end = start != NULL ? strchr (start, '\n') : NULL;
      gboolean more = FALSE; /* than the word */
      guint serial = a;
      for (const char *p = start != NULL ? start + strlen (word) : NULL; p != NULL && p <= end;
           p = g_utf8_next_char (p))
        {
          gunichar sign = g_utf8_get_char (p);
          if (more && !g_unichar_isalnum (sign) && !g_unichar_ismark (sign) && !is_spared (serial++))
            {
              g_autofree char *piece = g_strndup (start, (gsize)(p - start));
              g_autofree char *mail = returned_beside (ours, piece, "");
              g_autofree char *name = g_strdup_printf ("%s in %s", piece, sent->notice->name);
              expect_nothing (name, mail, TRUE);
            }
          more |= g_unichar_isalnum (sign);
        }
    }
}

static const struct
{
  const char *name;
  void (*test) (const Sent *sent, const FilterReplyText *ours);
} tests[] = {
  { "a-machine-says-nothing", a_machine_says_nothing },
  { "damage-changes-nothing", damage_changes_nothing },
  { "a-lost-piece-changes-nothing", a_lost_piece_changes_nothing },
  { "a-cut-sentence-changes-nothing", a_cut_sentence_changes_nothing },
  { "a-person-is-heard", a_person_is_heard },
  { "a-person-above-a-damaged-copy-is-not-lost", a_person_above_a_damaged_copy_is_not_lost },
};

/* All kinds of one language. */
static void
run_language (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  guint t = number % G_N_ELEMENTS (tests);
  language_turn = number / G_N_ELEMENTS (tests);
  Sent sent = { .language = returned_language (number / G_N_ELEMENTS (tests)) };
  for (guint i = 0; i < returned_n_notices; i++)
    {
      sent.notice = &returned_notices[i];
      g_autoptr (FilterReplyText) ours = returned_text (sent.notice, sent.language);
      g_test_message ("[%s]", sent.notice->name);
      tests[t].test (&sent, ours);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  returned_set_up ();
  for (guint i = 0; returned_language (i) != NULL; i++)
    for (guint t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path = g_strdup_printf ("/returned/%s/%s", returned_language (i), tests[t].name);
        g_test_add_data_func (path, GUINT_TO_POINTER (i * G_N_ELEMENTS (tests) + t), run_language);
      }
  int code = g_test_run ();
  returned_tear_down ();
  return code;
}
