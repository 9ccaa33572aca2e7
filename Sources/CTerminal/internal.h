// What the files of this target need of each other.
#pragma once

#include <stdbool.h>

// How long leaving waits, in milliseconds, for a terminal that takes no bytes before giving up.
enum { CTERMINAL_PATIENCE_MS = 500 };

// Makes the pipe and installs all handlers. Returns 0 or an errno.
int cterminal_watch_signals(void);

// Gives every signal its former action back and closes the pipe.
void cterminal_unwatch_signals(void);

// Stops the process by SIGTSTP's default action; true when a SIGCONT has come since.
bool cterminal_stop_process(void);

// Whether signals wait to be taken; whether one of them asks the process to end.
bool cterminal_has_signals(void);
bool cterminal_is_ending(void);

// Keeps standard error away from the screen, if that is where it goes.
void cterminal_hold_messages(void);

// Gives standard error back and writes what was held to it. Async-signal-safe.
void cterminal_show_messages(void);

// Closes the descriptors used; only after `cterminal_show_messages`.
void cterminal_release_messages(void);
