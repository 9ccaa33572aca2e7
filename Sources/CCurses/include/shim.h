// ncursesw as Podium uses it: terminfo and the decoding of key sequences. It never draws.
#pragma once
#define _XOPEN_SOURCE_EXTENDED 1
#include <ncurses.h>

// Declared here because <term.h> floods its importers with macros such as `lines` and `columns`.
// Unlike newterm and initscr, it reports a missing terminal instead of ending the process.
extern int setupterm(const char *term, int descriptor, int *error);
