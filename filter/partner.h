/* partner.h - partners, whom we tell who opted out: what the parts of "optout partner" share. */
#ifndef FILTER_PARTNER_H
#define FILTER_PARTNER_H

#include "admin.h"

G_BEGIN_DECLS

/** filter_partner_find - the partner called @name, who must be one: "acme: no such partner" */
gboolean filter_partner_find (const FilterAdmin *admin, const char *name, StorePartner **partner_out, int *code_out);

typedef struct
{
  const char *name;
  gboolean full;
  gboolean jsonl;     /* else CSV */
  const char *output; /* NULL: standard output */
  const char *by, *note;
} FilterPartnerHand;

/**
 * filter_partner_hand - write what is to be handed to a partner, and that it was (R104): "optout partner hand" and
 * "optout export --partner"; @admin is loaded and not yet open
 * The ledger has it before the file gets its name: what was handed on is never unknown, and a number whose file did not
 * come to be is never confirmed, so that the next one tells it again. Returns an exit code, having complained.
 */
int filter_partner_hand (FilterAdmin *admin, const FilterPartnerHand *hand);

/** filter_partner_list - who there is, and how far each is behind */
int filter_partner_list (FilterAdmin *admin, FilterListFormat format);
/** filter_partner_overdue - who has not confirmed within @days business days what it must know; 1 when there is one */
int filter_partner_overdue (FilterAdmin *admin, guint days, FilterListFormat format);

G_END_DECLS

#endif
