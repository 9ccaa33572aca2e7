// Linux calls that Glibc's module leaves out: they are declared only under _GNU_SOURCE, or are
// macros.
#pragma once
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <time.h>

extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);

/// poll(2) with a timeout in microseconds, where poll's milliseconds would round a frame away.
static inline int clinux_poll(struct pollfd *descriptors, nfds_t count, long long microseconds) {
  struct timespec timeout = {microseconds / 1000000, (microseconds % 1000000) * 1000};
  return ppoll(descriptors, count, &timeout, NULL);
}

/// A descriptor that is readable while something waits; -1 with errno when there is none to have.
static inline int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
