/* What Swift's importer does not see of malloc.h. */
#ifndef CPROCESS_HEAP_H
#define CPROCESS_HEAP_H
#include <stddef.h>

/* Bytes that this process has allocated with malloc and not freed, in all arenas. */
size_t cprocess_heap_bytes(void);

#endif
