/* tables.c - the tables, column by column, and what can be done with any row. */
#include "backend.h"

#include <string.h>

/* clang-format off */
#define TEXT(row, field) { #field, STORE_TEXT, G_STRUCT_OFFSET (row, field), FALSE }
#define MAYBE(row, field) { #field, STORE_TEXT, G_STRUCT_OFFSET (row, field), TRUE }
#define NUMBER(row, field) { #field, STORE_NUMBER, G_STRUCT_OFFSET (row, field), FALSE }
#define BYTES(row, field) { #field, STORE_BYTES, G_STRUCT_OFFSET (row, field), FALSE }

static const StoreColumn event_columns[] = {
  NUMBER (StoreEventRow, seq),
  TEXT (StoreEventRow, id),
  TEXT (StoreEventRow, action),
  TEXT (StoreEventRow, reason),
  NUMBER (StoreEventRow, received_at),
  NUMBER (StoreEventRow, recorded_at),
  TEXT (StoreEventRow, channel),
  MAYBE (StoreEventRow, scope),
  MAYBE (StoreEventRow, kept),
  MAYBE (StoreEventRow, wish),
  TEXT (StoreEventRow, actor),
  MAYBE (StoreEventRow, related),
  TEXT (StoreEventRow, program),
  MAYBE (StoreEventRow, confirmation),
  TEXT (StoreEventRow, digest),
  TEXT (StoreEventRow, mac),
};
static const StoreColumn person_columns[] = {
  NUMBER (StorePersonRow, seq),
  NUMBER (StorePersonRow, key_version),
  TEXT (StorePersonRow, salt),
  MAYBE (StorePersonRow, address),
  MAYBE (StorePersonRow, evidence),
  MAYBE (StorePersonRow, evidence_salt),
  MAYBE (StorePersonRow, details),
};
static const StoreColumn person_name_columns[] = {
  TEXT (StorePersonRow, address),
  NUMBER (StorePersonRow, seq),
};
static const StoreColumn standing_columns[] = {
  TEXT (StoreStandingRow, who),
  TEXT (StoreStandingRow, category),
  TEXT (StoreStandingRow, reason),
  TEXT (StoreStandingRow, hold),
  NUMBER (StoreStandingRow, key_version),
  NUMBER (StoreStandingRow, is_out),
  NUMBER (StoreStandingRow, received_at),
  MAYBE (StoreStandingRow, kept),
  TEXT (StoreStandingRow, event),
  TEXT (StoreStandingRow, channel),
};
static const StoreColumn reply_columns[] = {
  TEXT (StoreReplyRow, id),
  MAYBE (StoreReplyRow, event),
  TEXT (StoreReplyRow, sender),
  TEXT (StoreReplyRow, recipient),
  BYTES (StoreReplyRow, mail),
  NUMBER (StoreReplyRow, queued_at),
  NUMBER (StoreReplyRow, next_at),
  NUMBER (StoreReplyRow, tries),
  TEXT (StoreReplyRow, state),
  MAYBE (StoreReplyRow, last_error),
  NUMBER (StoreReplyRow, settled_at),
  NUMBER (StoreReplyRow, asked_at),
};
static const StoreColumn budget_columns[] = {
  TEXT (StoreBudgetRow, id),
  TEXT (StoreBudgetRow, name),
  NUMBER (StoreBudgetRow, spent_at),
  NUMBER (StoreBudgetRow, until_at),
};
static const StoreColumn held_columns[] = {
  TEXT (StoreHeldRow, id),
  MAYBE (StoreHeldRow, address),
  TEXT (StoreHeldRow, why),
  TEXT (StoreHeldRow, summary),
  MAYBE (StoreHeldRow, sender),
  MAYBE (StoreHeldRow, recipient),
  NUMBER (StoreHeldRow, held_at),
  NUMBER (StoreHeldRow, decided_at),
  MAYBE (StoreHeldRow, decision),
  MAYBE (StoreHeldRow, actor),
  MAYBE (StoreHeldRow, event),
};
static const StoreColumn mark_columns[] = {
  TEXT (StoreMarkRow, name),
  TEXT (StoreMarkRow, value),
};
static const StoreColumn erased_columns[] = {
  NUMBER (StoreErasedRow, seq),
  TEXT (StoreErasedRow, who),
};
static const StoreColumn request_columns[] = {
  TEXT (StoreRequestRow, id),
  TEXT (StoreRequestRow, kind),
  TEXT (StoreRequestRow, who),
  NUMBER (StoreRequestRow, opened_at),
  NUMBER (StoreRequestRow, closed_at),
  MAYBE (StoreRequestRow, outcome),
  MAYBE (StoreRequestRow, actor),
  MAYBE (StoreRequestRow, event),
};
static const StoreColumn partner_columns[] = {
  TEXT (StorePartnerRow, name),
  NUMBER (StorePartnerRow, generation),
  MAYBE (StorePartnerRow, seed),
  NUMBER (StorePartnerRow, added_at),
  NUMBER (StorePartnerRow, retired_at),
  TEXT (StorePartnerRow, actor),
  TEXT (StorePartnerRow, event),
};
static const StoreColumn handover_columns[] = {
  TEXT (StoreHandoverRow, partner),
  NUMBER (StoreHandoverRow, number),
  TEXT (StoreHandoverRow, kind),
  NUMBER (StoreHandoverRow, since_seq),
  NUMBER (StoreHandoverRow, upto_seq),
  NUMBER (StoreHandoverRow, entries),
  TEXT (StoreHandoverRow, sha256),
  NUMBER (StoreHandoverRow, made_at),
  NUMBER (StoreHandoverRow, acked_at),
  TEXT (StoreHandoverRow, actor),
  TEXT (StoreHandoverRow, event),
};
static const StoreColumn partner_hash_columns[] = {
  TEXT (StorePartnerHashRow, who),
  TEXT (StorePartnerHashRow, partner),
  NUMBER (StorePartnerHashRow, generation),
  TEXT (StorePartnerHashRow, hash),
};
static const StoreColumn link_columns[] = {
  TEXT (StoreLinkRow, who),
  TEXT (StoreLinkRow, other),
  NUMBER (StoreLinkRow, linked_at),
  TEXT (StoreLinkRow, event),
};

#define TABLE(name, Row, columns, n_key, append) { name, sizeof (Row), columns, G_N_ELEMENTS (columns), n_key, append, NULL }
const StoreTable store_table_event = { "event", sizeof (StoreEventRow), event_columns, G_N_ELEMENTS (event_columns), 1, TRUE, "id" };
const StoreTable store_table_person = TABLE ("person", StorePersonRow, person_columns, 1, FALSE);
const StoreTable store_table_person_name = TABLE ("person", StorePersonRow, person_name_columns, 2, FALSE);
const StoreTable store_table_standing = TABLE ("standing", StoreStandingRow, standing_columns, 4, FALSE);
const StoreTable store_table_reply = TABLE ("reply", StoreReplyRow, reply_columns, 1, FALSE);
const StoreTable store_table_budget = TABLE ("budget", StoreBudgetRow, budget_columns, 1, FALSE);
const StoreTable store_table_held = TABLE ("held", StoreHeldRow, held_columns, 1, FALSE);
const StoreTable store_table_mark = TABLE ("mark", StoreMarkRow, mark_columns, 1, FALSE);
const StoreTable store_table_erased = TABLE ("erased", StoreErasedRow, erased_columns, 1, FALSE);
const StoreTable store_table_request = TABLE ("request", StoreRequestRow, request_columns, 1, FALSE);
const StoreTable store_table_partner = TABLE ("partner", StorePartnerRow, partner_columns, 1, FALSE);
const StoreTable store_table_handover = TABLE ("handover", StoreHandoverRow, handover_columns, 2, FALSE);
const StoreTable store_table_partner_hash = TABLE ("partner_hash", StorePartnerHashRow, partner_hash_columns, 2, FALSE);
const StoreTable store_table_link = TABLE ("link", StoreLinkRow, link_columns, 2, FALSE);
/* clang-format on */

gpointer
store_row_new (const StoreTable *table)
{
  StoreRow *row = g_malloc0 (table->size);
  row->table = table;
  return row;
}

gpointer
store_row_copy (gconstpointer row)
{
  const StoreTable *table = ((const StoreRow *)row)->table;
  gpointer copy = store_row_new (table);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const StoreColumn *column = &table->columns[i];
      switch (column->type)
        {
        case STORE_TEXT:
          *store_row_text (copy, column) = g_strdup (*store_row_text (row, column));
          break;
        case STORE_NUMBER:
          *store_row_number (copy, column) = *store_row_number (row, column);
          break;
        case STORE_BYTES:
          *store_row_bytes (copy, column) = g_bytes_ref (*store_row_bytes (row, column));
          break;
        }
    }
  return copy;
}

void
store_row_free (gpointer row)
{
  if (row == NULL)
    return;
  const StoreTable *table = ((StoreRow *)row)->table;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const StoreColumn *column = &table->columns[i];
      if (column->type == STORE_TEXT)
        g_free (*store_row_text (row, column));
      else if (column->type == STORE_BYTES)
        g_clear_pointer (store_row_bytes (row, column), g_bytes_unref);
    }
  g_free (row);
}

const StoreColumn *
store_table_column (const StoreTable *table, const char *name)
{
  guint i = 0;
  while (strcmp (table->columns[i].name, name) != 0)
    g_assert (++i < table->n_columns);
  return &table->columns[i];
}

char **
store_row_text (gconstpointer row, const StoreColumn *column)
{
  g_assert (column->type == STORE_TEXT);
  return G_STRUCT_MEMBER_P (row, column->offset);
}

gint64 *
store_row_number (gconstpointer row, const StoreColumn *column)
{
  g_assert (column->type == STORE_NUMBER);
  return G_STRUCT_MEMBER_P (row, column->offset);
}

GBytes **
store_row_bytes (gconstpointer row, const StoreColumn *column)
{
  g_assert (column->type == STORE_BYTES);
  return G_STRUCT_MEMBER_P (row, column->offset);
}
