/* segment-kit.h - what the tests of segments share. */
#ifndef TESTS_SEGMENT_KIT_H
#define TESTS_SEGMENT_KIT_H

#include "internal.h"

/** kit_words_of_writer - the lines of @content that are the writer's, sure or not, with bars between them; of
 * those that are empty nothing. The caller frees. */
char *kit_words_of_writer (const char *content);

#endif
