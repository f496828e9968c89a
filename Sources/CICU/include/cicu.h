/*
 * CICU: the little of ICU that segmentation needs, behind a header that shows none of ICU.
 *
 * ICU's own headers cannot be seen by Swift: its functions are macros that append the version
 * ("ubrk_open_72"), and its types clash with those of the copy of ICU inside Foundation.
 *
 * Text is UTF-16. Over UTF-8 (through UText) ICU 72 breaks short runs of Burmese, Khmer and Lao
 * differently.
 */
#ifndef CICU_H
#define CICU_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a segmenter looks for. */
typedef enum { CICU_WORD, CICU_GRAPHEME, CICU_SENTENCE, CICU_LINE } cicu_unit;

/* The end of a segment, in UTF-16 code units, and the status of the rule that ended it. */
typedef struct {
  int32_t end;
  int32_t status;
} cicu_boundary;

/* Word rule statuses: the lowest value of each range of one hundred (ICU: UWordBreak). */
enum {
  CICU_STATUS_NUMBER = 100,
  CICU_STATUS_LETTER = 200,
  CICU_STATUS_KANA = 300,
  CICU_STATUS_IDEOGRAPH = 400
};
/* Line rule status: a break that must be taken (ICU: UBRK_LINE_HARD). */
enum { CICU_STATUS_HARD_LINE = 100 };

/* A break iterator. Not for two threads at once. */
typedef struct cicu_segmenter cicu_segmenter;

/*
 * Opens a segmenter for an ICU locale id ("" is root), which ICU does not check (see
 * cicu_canonical_locale). Returns NULL and sets *error to an ICU error code on failure. Close it
 * with cicu_close.
 */
cicu_segmenter *cicu_open(cicu_unit unit, const char *locale, int32_t *error);
void cicu_close(cicu_segmenter *segmenter); /* NULL is allowed */

/*
 * Begins a text of `length` code units, which must stay unchanged and in place until the last
 * cicu_next of it and the cicu_end_text that follows. Returns an ICU error code, 0 when all is
 * well.
 */
int32_t cicu_begin_text(cicu_segmenter *segmenter, const uint16_t *text, int32_t length);
/*
 * Writes up to `capacity` further boundaries, ascending, the last one at `length`. Returns how
 * many; 0 at the end.
 */
int32_t cicu_next(cicu_segmenter *segmenter, cicu_boundary *boundaries, int32_t capacity);
/* Forgets the text, so that no pointer to it stays behind. */
void cicu_end_text(cicu_segmenter *segmenter);

/*
 * Turns a BCP 47 tag ("zh-Hant", "en-u-ss-standard"), or the same with underscores, into an ICU
 * locale id. Returns its length, or -1 where the tag is ill-formed, its language is not in ICU's
 * list of languages, or `capacity` is too small. "", "root" and "und" are root, whose id is "".
 */
int32_t cicu_canonical_locale(const char *tag, char *locale, int32_t capacity);

/* Properties of a code point, as bits. Of the first seven, its general category, one is set. */
enum {
  CICU_LETTER = 1 << 0,      /* L* */
  CICU_MARK = 1 << 1,        /* M* */
  CICU_NUMBER = 1 << 2,      /* N* */
  CICU_PUNCTUATION = 1 << 3, /* P* */
  CICU_SYMBOL = 1 << 4,      /* S* */
  CICU_SEPARATOR = 1 << 5,   /* Z* */
  CICU_OTHER = 1 << 6,       /* C*: control, format, surrogate, private use, unassigned */
  CICU_WHITE_SPACE = 1 << 7,
  CICU_IDEOGRAPH = 1 << 8, /* Ideographic, or a letter of script Han such as U+3005 */
  CICU_KANA = 1 << 9, /* script Hiragana or Katakana, or written in both */
  CICU_EMOJI_PRESENTATION = 1 << 10,
  CICU_EXTENDED_PICTOGRAPHIC = 1 << 11
};
uint32_t cicu_properties(uint32_t code_point);

/* Names and versions, static strings: "U_MISSING_RESOURCE_ERROR", "72.1", "15.0". */
const char *cicu_error_name(int32_t error);
/* Writes at most 20 bytes with the final NUL. */
void cicu_version(char *version);
void cicu_unicode_version(char *version);

#ifdef __cplusplus
}
#endif
#endif
