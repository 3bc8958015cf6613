/* network.h - learning what parts speak for; while building only */
#ifndef PARSER_NETWORK_H
#define PARSER_NETWORK_H

#include "school.h"

/* What was learned: how much a stretch is like something is @base, and the weights of its parts, and of each unit that
 * is above 0 its height times @outs. A unit is as high as its @bias, and the ways of those parts that have any, divided by
 * the root of their number. 1 and more is what an example is taught to be, or -1. */
typedef struct
{
  float *weights; /* of each part: PARSER_N_LIKE */
  float *ways;    /* of each that is seen often: PARSER_UNITS */
  float bias[PARSER_UNITS];
  float outs[PARSER_N_LIKE][PARSER_UNITS], base[PARSER_N_LIKE];
} ParserNetwork;

/* Learns from @school; the same each time.   Cost: its length, in rounds; four threads. */
ParserNetwork *parser_network_learn (const School *school);
void parser_network_free (ParserNetwork *network);

#endif
