/* The words and emoji that the sentiment rules know, as read-only tables that cost nothing to open.
 *
 * words.c and emoji.c are generated; Plugins/sentiment/README.md says from what and how. */
#ifndef SENTIMENT_LEXICON_H
#define SENTIMENT_LEXICON_H

#include <stdint.h>

/* Words that a rule names.  Zero is every other word. */
enum {
    SENTIMENT_ASS = 1, SENTIMENT_AT, SENTIMENT_BAD, SENTIMENT_BEATING, SENTIMENT_BOMB,
    SENTIMENT_BUS, SENTIMENT_BUT, SENTIMENT_DEATH, SENTIMENT_DIE, SENTIMENT_DOUBT,
    SENTIMENT_ENOUGH, SENTIMENT_FOR, SENTIMENT_HEART, SENTIMENT_JUST, SENTIMENT_KIND,
    SENTIMENT_KISS, SENTIMENT_LEAST, SENTIMENT_NEVER, SENTIMENT_NO, SENTIMENT_NOR,
    SENTIMENT_OF, SENTIMENT_OR, SENTIMENT_RIGHT, SENTIMENT_SHIT, SENTIMENT_SO,
    SENTIMENT_SORT, SENTIMENT_STOP, SENTIMENT_THE, SENTIMENT_THIS, SENTIMENT_TO,
    SENTIMENT_VERY, SENTIMENT_WITHOUT, SENTIMENT_YEAH
};

/* What a word does in a sentence; bits of sentiment_word.roles. */
enum {
    SENTIMENT_LEXICAL = 1, /* has a valence of its own                  */
    SENTIMENT_NEGATES = 2, /* turns what follows                        */
    SENTIMENT_BOOSTS = 4,  /* makes what follows stronger               */
    SENTIMENT_DAMPENS = 8  /* makes what follows weaker                 */
};

enum {
    SENTIMENT_KEY_BYTES = 23, /* the longest word of the table fits */
    SENTIMENT_SLOT_BITS = 14  /* twice as many slots as words       */
};

/* One word in lower case.  text and length are hashed and compared as three 64-bit words. */
typedef struct sentiment_word {
    _Alignas(8) char text[SENTIMENT_KEY_BYTES]; /* zeros behind the word             */
    uint8_t length;                             /* bytes of text                     */
    int8_t tenths;                              /* the mean valence, times ten       */
    uint8_t roles;                              /* SENTIMENT_LEXICAL and other bits  */
    uint8_t name;                               /* SENTIMENT_ASS ... or 0            */
} sentiment_word;

/* One emoji of a single code point, and the words that stand for it. */
typedef struct sentiment_emoji {
    uint32_t scalar;
    char description[44]; /* zeros behind it */
} sentiment_emoji;

#define SENTIMENT_HIDDEN __attribute__((visibility("hidden")))

extern SENTIMENT_HIDDEN const sentiment_word sentiment_words[];
extern SENTIMENT_HIDDEN const uint16_t sentiment_slots[1 << SENTIMENT_SLOT_BITS];
extern SENTIMENT_HIDDEN const sentiment_emoji sentiment_emojis[];
extern SENTIMENT_HIDDEN const uint32_t sentiment_emoji_count;

/* Ordered by text. */
static inline const sentiment_word *sentiment_word_table(void) { return sentiment_words; }

/* Open addressing with linear probing: index into the words plus one, 0 = free. */
static inline const uint16_t *sentiment_slot_table(void) { return sentiment_slots; }

/* Ordered by scalar; sentiment_emoji_count of them. */
static inline const sentiment_emoji *sentiment_emoji_table(void) { return sentiment_emojis; }

#endif
