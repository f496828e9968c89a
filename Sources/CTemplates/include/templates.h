/* templates.h - the files of which `textexplain plugin new` makes a plugin, as the build found them in the
 * repository: nothing has to be installed beside the program. */
#ifndef TEXTEXPLAIN_TEMPLATES_H
#define TEXTEXPLAIN_TEMPLATES_H

#include <stddef.h>

/* A file: its language's folder, its path in the new folder, and its bytes. Constant for the program's life. */
typedef struct template_file {
    const char *language, *path;
    const unsigned char *bytes;
    size_t length;
} template_file;

/* All files; *count is how many. */
const template_file *template_files(size_t *count);

#endif
