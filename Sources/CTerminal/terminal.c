#define _GNU_SOURCE
#include "CTerminal.h"
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct sequence {
  uint8_t bytes[CTERMINAL_SEQUENCE_LIMIT];
  size_t length;
};

static struct {
  int input, output;
  pid_t owner;
  struct termios found;
  struct sequence enter, leave;
} terminal = {.input = -1, .output = -1};

static atomic_bool is_open, is_entered;

static void leave_at_exit(void) { cterminal_leave(); }

static void keep(struct sequence *sequence, const uint8_t *bytes, size_t length) {
  if (length > 0) memcpy(sequence->bytes, bytes, length);
  sequence->length = length;
}

int cterminal_open(int input, int output, const uint8_t *enter, size_t enter_length,
                   const uint8_t *leave, size_t leave_length) {
  static bool exit_is_watched;
  if (atomic_load(&is_open)) return EBUSY;
  if (enter_length > CTERMINAL_SEQUENCE_LIMIT || leave_length > CTERMINAL_SEQUENCE_LIMIT)
    return E2BIG;
  if (tcgetattr(input, &terminal.found) != 0) return errno;
  keep(&terminal.enter, enter, enter_length);
  keep(&terminal.leave, leave, leave_length);
  terminal.input = input;
  terminal.output = output;
  terminal.owner = getpid();
  int failure = cterminal_watch_signals();
  if (failure != 0) return failure;
  if (!exit_is_watched) exit_is_watched = atexit(leave_at_exit) == 0;
  atomic_store(&is_open, true);
  return 0;
}

// Keys come one by one, unechoed and untranslated; bytes go out unchanged. ISIG stays on, so that
// Ctrl-C and Ctrl-Z reach every process of a pipeline that feeds us, as the user expects.
static struct termios key_mode(void) {
  struct termios mode = terminal.found;
  mode.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | IXON);
  mode.c_oflag &= ~(tcflag_t)OPOST;
  mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
  mode.c_cflag = (mode.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  return mode;
}

static int set_mode(const struct termios *mode) {
  while (tcsetattr(terminal.input, TCSANOW, mode) != 0) {
    if (errno != EINTR) return errno;
    if (cterminal_is_ending()) return ECANCELED;
  }
  return 0;
}

int cterminal_enter(void) {
  if (!atomic_load(&is_open)) return EBADF;
  if (atomic_load(&is_entered)) return 0;
  struct termios mode = key_mode();
  int failure = set_mode(&mode);
  if (failure != 0) return failure;
  atomic_store(&is_entered, true);
  cterminal_hold_messages();
  return cterminal_write(terminal.enter.bytes, terminal.enter.length);
}

static void write_leaving_bytes(void) {
  size_t done = 0;
  while (done < terminal.leave.length) {
    struct pollfd room = {.fd = terminal.output, .events = POLLOUT};
    int ready = poll(&room, 1, CTERMINAL_PATIENCE_MS);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return;
    ssize_t count =
        write(terminal.output, terminal.leave.bytes + done, terminal.leave.length - done);
    if (count < 0 && errno != EINTR && errno != EAGAIN) return;
    if (count > 0) done += (size_t)count;
  }
}

void cterminal_leave(void) {
  if (!atomic_exchange(&is_entered, false)) return;
  // A forked child that exits must not take its parent's screen away.
  if (getpid() != terminal.owner) return;
  int saved_errno = errno;
  // A process in the background would be stopped by SIGTTOU in the middle of restoring.
  sigset_t background, before;
  sigemptyset(&background);
  sigaddset(&background, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &background, &before);
  write_leaving_bytes();
  while (tcsetattr(terminal.input, TCSANOW, &terminal.found) != 0 && errno == EINTR) continue;
  cterminal_show_messages();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = saved_errno;
}

void cterminal_close(void) {
  cterminal_leave();
  if (!atomic_exchange(&is_open, false)) return;
  cterminal_unwatch_signals();
  cterminal_release_messages();
}

void cterminal_stop(void) {
  cterminal_leave();
  for (;;) {
    bool has_continued = cterminal_stop_process();
    // `bg` continues us without the terminal: wait for the foreground. A process that could not be
    // stopped (its group is orphaned) saw no SIGCONT and must not spin here.
    bool has_terminal = tcgetpgrp(terminal.input) == getpgrp();
    if (has_terminal || !has_continued || cterminal_is_ending()) return;
  }
}

int cterminal_write(const uint8_t *bytes, size_t length) {
  size_t done = 0;
  while (done < length) {
    // Asked before the write: one that begins after the signal would wait for ever.
    if (!atomic_load(&is_entered) || cterminal_is_ending()) return ECANCELED;
    ssize_t count = write(terminal.output, bytes + done, length - done);
    if (count >= 0) {
      done += (size_t)count;
    } else if (errno == EAGAIN) {
      struct pollfd room[2] = {{.fd = terminal.output, .events = POLLOUT},
                               {.fd = cterminal_signal_descriptor(), .events = POLLIN}};
      // A signal that does not end us stays readable: then only the terminal is waited for,
      // with a pause now and then to see whether an ending one has joined it.
      bool is_told = cterminal_has_signals();
      poll(room, is_told ? 1 : 2, is_told ? 100 : -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

void cterminal_size(int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(terminal.output, TIOCGWINSZ, &size) != 0) size = (struct winsize){0};
  *columns = size.ws_col;
  *rows = size.ws_row;
}
