#include "cicu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

_Static_assert((int)CICU_STATUS_NUMBER == (int)UBRK_WORD_NUMBER, "number status");
_Static_assert((int)CICU_STATUS_LETTER == (int)UBRK_WORD_LETTER, "letter status");
_Static_assert((int)CICU_STATUS_KANA == (int)UBRK_WORD_KANA, "kana status");
_Static_assert((int)CICU_STATUS_IDEOGRAPH == (int)UBRK_WORD_IDEO, "ideograph status");
_Static_assert((int)CICU_STATUS_HARD_LINE == (int)UBRK_LINE_HARD, "hard line status");
_Static_assert(sizeof(UChar) == sizeof(uint16_t), "UTF-16 code units");
_Static_assert(U_MAX_VERSION_STRING_LENGTH <= 20, "length of a version string");

struct cicu_segmenter {
  UBreakIterator *iterator;
};

static UBreakIteratorType iterator_type(cicu_unit unit) {
  switch (unit) {
    case CICU_GRAPHEME: return UBRK_CHARACTER;
    case CICU_SENTENCE: return UBRK_SENTENCE;
    case CICU_LINE: return UBRK_LINE;
    case CICU_WORD: break;
  }
  return UBRK_WORD;
}

cicu_segmenter *cicu_open(cicu_unit unit, const char *locale, int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(iterator_type(unit), locale, NULL, 0, &status);
  cicu_segmenter *segmenter = NULL;
  if (U_SUCCESS(status)) {
    segmenter = malloc(sizeof *segmenter);
    if (segmenter == NULL) status = U_MEMORY_ALLOCATION_ERROR;
  }
  if (segmenter == NULL) {
    if (iterator != NULL) ubrk_close(iterator);
    *error = status;
    return NULL;
  }
  segmenter->iterator = iterator;
  *error = 0;
  return segmenter;
}

void cicu_close(cicu_segmenter *segmenter) {
  if (segmenter == NULL) return;
  ubrk_close(segmenter->iterator);
  free(segmenter);
}

int32_t cicu_begin_text(cicu_segmenter *segmenter, const uint16_t *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(segmenter->iterator, (const UChar *)text, length, &status);
  if (U_FAILURE(status)) return status;
  ubrk_first(segmenter->iterator);
  return 0;
}

int32_t cicu_next(cicu_segmenter *segmenter, cicu_boundary *boundaries, int32_t capacity) {
  int32_t count = 0;
  while (count < capacity) {
    const int32_t end = ubrk_next(segmenter->iterator);
    if (end == UBRK_DONE) break;
    boundaries[count].end = end;
    boundaries[count].status = ubrk_getRuleStatus(segmenter->iterator);
    count += 1;
  }
  return count;
}

void cicu_end_text(cicu_segmenter *segmenter) {
  static const UChar nothing[1] = {0};
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(segmenter->iterator, nothing, 0, &status);
}

int32_t cicu_canonical_locale(const char *tag, char *locale, int32_t capacity) {
  const size_t length = strlen(tag);
  char hyphenated[ULOC_FULLNAME_CAPACITY];
  if (length >= sizeof hyphenated || capacity < 1) return -1;
  for (size_t i = 0; i <= length; i++) hyphenated[i] = tag[i] == '_' ? '-' : tag[i];
  if (length == 0 || strcmp(tag, "root") == 0) {
    locale[0] = '\0';
    return 0;
  }

  /* ICU reads the well-formed beginning of a tag and ignores the rest; we want the whole of it. */
  UErrorCode status = U_ZERO_ERROR;
  int32_t parsed = 0;
  const int32_t written = uloc_forLanguageTag(hyphenated, locale, capacity, &parsed, &status);
  if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) return -1;
  if ((size_t)parsed != length) return -1;

  char language[ULOC_LANG_CAPACITY];
  uloc_getLanguage(locale, language, sizeof language, &status);
  if (U_FAILURE(status)) return -1;
  /* "und" has become the empty language, which has no three-letter code but is root's. */
  if (language[0] != '\0' && uloc_getISO3Language(locale)[0] == '\0') return -1;
  return written;
}

static uint32_t category(UChar32 c) {
  const uint32_t mask = U_GET_GC_MASK(c);
  if (mask & U_GC_L_MASK) return CICU_LETTER;
  if (mask & U_GC_M_MASK) return CICU_MARK;
  if (mask & U_GC_N_MASK) return CICU_NUMBER;
  if (mask & U_GC_P_MASK) return CICU_PUNCTUATION;
  if (mask & U_GC_S_MASK) return CICU_SYMBOL;
  if (mask & U_GC_Z_MASK) return CICU_SEPARATOR;
  return CICU_OTHER;
}

uint32_t cicu_properties(uint32_t code_point) {
  const UChar32 c = (UChar32)code_point;
  uint32_t bits = category(c);
  if (u_isUWhiteSpace(c)) bits |= CICU_WHITE_SPACE;
  if (c < 0x80) return bits; /* none of the following */
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) bits |= CICU_IDEOGRAPH;
  if ((bits & CICU_LETTER) && uscript_hasScript(c, USCRIPT_HAN)) bits |= CICU_IDEOGRAPH;
  if (uscript_hasScript(c, USCRIPT_HIRAGANA)) bits |= CICU_KANA;
  if (uscript_hasScript(c, USCRIPT_KATAKANA)) bits |= CICU_KANA;
  if (u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION)) bits |= CICU_EMOJI_PRESENTATION;
  if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) bits |= CICU_EXTENDED_PICTOGRAPHIC;
  return bits;
}

const char *cicu_error_name(int32_t error) { return u_errorName((UErrorCode)error); }

void cicu_version(char *version) {
  UVersionInfo info;
  u_getVersion(info);
  u_versionToString(info, version);
}

void cicu_unicode_version(char *version) {
  UVersionInfo info;
  u_getUnicodeVersion(info);
  u_versionToString(info, version);
}
