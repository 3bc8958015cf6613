/* scope.h - between scope.c, which tells of which mail the writer wants no more, and scope-clause.c, which
 * tells what single clauses say of it */
#ifndef PARSER_SCOPE_H
#define PARSER_SCOPE_H

#include "intent.h"

typedef struct
{
  const ParserSaid *said;
  int language;  /* of the mail, -1 when it cannot be told */
  gboolean rest; /* all else is to stop: "the rest, please, no more" */
} ParserScopeText;

const ParserClause *parser_scope_clause (const ParserSaid *said, guint i);
/* Is @cue of the mail's language, or known in all? */
gboolean parser_scope_counts (const ParserScopeText *text, const ParserCue *cue);
/* Has @clause a cue of the kinds @from .. @to that counts? */
gboolean parser_scope_acts_by (const ParserScopeText *text, guint clause, ParserCueKind from,
                               ParserCueKind to);
/* Does it stop something by a word for that? */
gboolean parser_scope_acts_by_rule (const ParserScopeText *text, guint clause);
/* And by that, or by what was learned? */
gboolean parser_scope_acts (const ParserScopeText *text, guint clause);
/* "Keep the invitations coming", and nothing denies it. */
gboolean parser_scope_keeps (const ParserScopeText *text, guint clause);
/* "I want the invitations", where the rest is to stop. */
gboolean parser_scope_prefers (const ParserScopeText *text, guint clause);
/* "The rest", which may not go on. */
gboolean parser_scope_speaks_of_rest (const ParserScopeText *text, guint clause);
/* Does it act on mail in general: "from all your lists"? */
gboolean parser_scope_is_general (const ParserScopeText *text, guint clause);
/* Does it name mail, or all of something? */
gboolean parser_scope_names_any (const ParserScopeText *text, guint clause);
gboolean parser_scope_says_all (const ParserScopeText *text, guint clause);
/* "Remove me from all your lists but leave the invitations": is @topic kept, because it stands behind a "but"
 * with all that is left, or one thing, before it in its clause, or, as @all_before says, all in one before?
 */
gboolean parser_scope_excepts (const ParserScopeText *text, const ParserCue *topic, gboolean all_before);
/* "I do answer the surveys but want no other mail": is @topic before a "but" that the rest stands behind, and
 * nothing before it to stop? */
gboolean parser_scope_is_before_rest (const ParserScopeText *text, const ParserCue *topic);

#endif
