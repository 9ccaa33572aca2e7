// What terminal.c needs of signals.c.
#pragma once

#include <stdbool.h>

// Makes the pipe and installs all handlers. Returns 0 or an errno.
int cterminal_watch_signals(void);

// Gives every signal its former action back and closes the pipe.
void cterminal_unwatch_signals(void);

// Stops the process by SIGTSTP's default action; true when a SIGCONT has come since.
bool cterminal_stop_process(void);

// Whether signals wait to be taken; whether one of them asks the process to end.
bool cterminal_has_signals(void);
bool cterminal_is_ending(void);
