// The part of the terminal's life that must work inside a signal handler: leaving the screen,
// giving back the line's modes, and turning signals into a readable descriptor.
//
// One terminal per process. All functions are called from the thread that owns the screen, except
// `cterminal_leave`, which any thread and any signal handler may call.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Signals seen since the last `cterminal_take_signals`, as bits.
enum {
  CTERMINAL_RESIZE = 1 << 0,
  CTERMINAL_STOP = 1 << 1,
  CTERMINAL_CONTINUE = 1 << 2,
  CTERMINAL_INTERRUPT = 1 << 3,
  CTERMINAL_TERMINATE = 1 << 4,
  CTERMINAL_HANGUP = 1 << 5,
};

// The most bytes `cterminal_open` keeps of each of its two sequences; terminfo's take about 60.
enum { CTERMINAL_SEQUENCE_LIMIT = 512 };

// Saves the modes of the terminal `input`, keeps the bytes that enter and leave its screen, and
// installs the handlers. Changes nothing on the screen yet.
// Returns 0, or the errno of what failed (EBUSY when one is open, E2BIG for a long sequence).
int cterminal_open(int input, int output, const uint8_t *enter, size_t enter_length,
                   const uint8_t *leave, size_t leave_length);

// Puts the line into key-at-a-time mode and writes the entering bytes. Returns 0 or an errno.
// Until leaving, standard error is held back (64 KiB) if it would appear on the screen.
int cterminal_enter(void);

// Writes the leaving bytes, restores the modes found by `cterminal_open`, and then writes what
// standard error has received since entering. Does nothing when
// the screen has been left already. Async-signal-safe.
void cterminal_leave(void);

// Leaves, and gives every signal its former action back.
void cterminal_close(void);

// Leaves, stops the process as its terminal's stop character would, and returns once it runs again
// in the foreground or has been told to end. Does not enter again.
void cterminal_stop(void);

// A descriptor to poll: readable when a signal has come. -1 before `cterminal_open`.
int cterminal_signal_descriptor(void);

// The signals since the last call; empties the descriptor.
uint32_t cterminal_take_signals(void);

// Writes all bytes, waiting for a slow terminal. Returns 0, or an errno: ECANCELED when the screen
// has been left or the process has been told to end meanwhile.
int cterminal_write(const uint8_t *bytes, size_t length);

// Columns and rows by TIOCGWINSZ; 0 and 0 when the terminal does not know.
void cterminal_size(int *columns, int *rows);
