// Linux calls that Glibc's module leaves out: they are declared only under _GNU_SOURCE, or are
// macros.
#pragma once
#include <fcntl.h>
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

#include <signal.h>
#include <unistd.h>

static int clinux_signal_descriptor = -1;

static void clinux_note_signal(int number) {
  unsigned long long value = (unsigned long long)number;
  // write(2) to an eventfd is async-signal-safe; the value only says that something came.
  (void)!write(clinux_signal_descriptor, &value, sizeof value);
}

/// Turns SIGINT, SIGTERM and SIGHUP into a readable descriptor, for programs without a screen.
static inline int clinux_watch_signals(void) {
  if (clinux_signal_descriptor >= 0) return clinux_signal_descriptor;
  clinux_signal_descriptor = clinux_eventfd();
  struct sigaction action = {0};
  action.sa_handler = clinux_note_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  return clinux_signal_descriptor;
}

#include <errno.h>
#include <sys/stat.h>

/// Microseconds since the Unix epoch on the clock on the wall.
static inline long long clinux_wall_microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/// Seconds that local time is east of UTC now.
static inline long clinux_utc_offset(void) {
  time_t now = time(NULL);
  struct tm local;
  return localtime_r(&now, &local) ? local.tm_gmtoff : 0;
}

/// 1 for a folder, 0 for anything else that exists, -1 with errno when there is nothing.
static inline int clinux_is_folder(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return -1;
  return S_ISDIR(info.st_mode) ? 1 : 0;
}

#include <spawn.h>
#include <sys/syscall.h>

extern char **environ;
extern int pipe2(int ends[2], int flags);

/// Starts `/bin/sh -c command` in a process group of its own: standard output into `output`, input
/// and errors from and to /dev/null, every signal as it is by default. Returns its process id, or
/// -1 with errno.
static inline int clinux_spawn_shell(const char *command, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if ((errno = posix_spawn_file_actions_init(&actions)) != 0) return -1;
  if ((errno = posix_spawnattr_init(&attributes)) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return -1;
  }
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  pid_t process = -1;
  int result = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  errno = result;
  return result == 0 ? process : -1;
}

/// A descriptor that is readable once a process has ended (Linux 5.3); -1 with errno.
static inline int clinux_process_descriptor(int process) {
  return (int)syscall(SYS_pidfd_open, process, 0);
}

/// A pipe whose ends do not survive exec, the first end non-blocking; -1 with errno.
static inline int clinux_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>

extern int memfd_create(const char *name, unsigned int flags);
extern int mkostemp(char *pattern, int flags);

#ifndef O_TMPFILE
#define O_TMPFILE (020000000 | O_DIRECTORY)
#endif

/// A file without a name in a folder, gone with its descriptor; -1 with errno.
static inline int clinux_nameless_file(const char *folder) {
  int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
  // Not every file system can: one that is created and unlinked is the next best.
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/podium-XXXXXX", folder);
  if (length < 0 || (size_t)length >= sizeof path) return -1;
  descriptor = mkostemp(path, O_CLOEXEC);
  if (descriptor >= 0) unlink(path);
  return descriptor;
}

/// A file in memory, gone with its descriptor; -1 with errno.
static inline int clinux_memory_file(void) { return memfd_create("podium-tape", 1 /* MFD_CLOEXEC */); }

/// Whether a descriptor is of a file that can be read at any place: 1, 0; -1 with errno.
static inline int clinux_is_file(int descriptor) {
  struct stat info;
  if (fstat(descriptor, &info) != 0) return -1;
  return S_ISREG(info.st_mode) ? 1 : 0;
}

/// The bytes of a file, and the seconds since the epoch at which it was last changed; -1 with errno.
static inline int clinux_file_facts(const char *path, long long *bytes, long long *changed) {
  struct stat info;
  if (lstat(path, &info) != 0) return -1;
  if (!S_ISREG(info.st_mode)) { errno = EINVAL; return -1; }
  *bytes = (long long)info.st_size;
  *changed = (long long)info.st_mtime;
  return 0;
}

/// The bytes of an open file; -1 with errno.
static inline long long clinux_file_size(int descriptor) {
  struct stat info;
  return fstat(descriptor, &info) == 0 ? (long long)info.st_size : -1;
}

#include <malloc.h>

/// Keeps what is freed instead of giving it back to the system, for programs that end soon: a page
/// that is asked for anew costs more than what is written to it.
static inline void clinux_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}
