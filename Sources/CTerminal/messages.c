#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

// While the screen is ours, standard error goes into a pipe: a library's warning must not land
// among the cells, and the last words of a trap must not vanish with the alternate screen. The
// pipe holds 64 KiB; what is written beyond that is lost.
static int messages[2] = {-1, -1};
static int standard_error = -1;

void cterminal_hold_messages(void) {
  // A redirected standard error does not reach the screen.
  if (!isatty(STDERR_FILENO)) return;
  if (standard_error < 0) standard_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (messages[0] < 0 && pipe2(messages, O_CLOEXEC | O_NONBLOCK) != 0) return;
  if (standard_error >= 0) dup2(messages[1], STDERR_FILENO);
}

static void write_message(const char *bytes, ssize_t length) {
  while (length > 0) {
    struct pollfd room = {.fd = standard_error, .events = POLLOUT};
    if (poll(&room, 1, CTERMINAL_PATIENCE_MS) == 0) return;
    ssize_t count = write(standard_error, bytes, (size_t)length);
    if (count < 0 && errno != EINTR && errno != EAGAIN) return;
    if (count > 0) bytes += count, length -= count;
  }
}

void cterminal_show_messages(void) {
  if (standard_error < 0 || messages[0] < 0) return;
  dup2(standard_error, STDERR_FILENO);
  char bytes[4096];
  for (ssize_t count; (count = read(messages[0], bytes, sizeof bytes)) > 0;)
    write_message(bytes, count);
}

void cterminal_release_messages(void) {
  int *descriptors[] = {&messages[0], &messages[1], &standard_error};
  for (int index = 0; index < 3; index++) {
    if (*descriptors[index] >= 0) close(*descriptors[index]);
    *descriptors[index] = -1;
  }
}
