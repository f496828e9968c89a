#include "textexplain_plugin.h"
