#define _GNU_SOURCE
#include "CTerminal.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { ALTERNATE_STACK_BYTES = 64 * 1024 };

struct watched {
  int signal;
  uint32_t bit;
  int flags;
};

// The ending signals interrupt a write that waits for a stuck terminal; the others restart it.
// The kernel may give a signal to any thread, so an ending one is passed on to the thread that
// writes. SIGCONT and SIGTSTP must not be: sending them cancels stops that are under way.
static const struct watched told[] = {
    {SIGWINCH, CTERMINAL_RESIZE, SA_RESTART},  {SIGTSTP, CTERMINAL_STOP, SA_RESTART},
    {SIGCONT, CTERMINAL_CONTINUE, SA_RESTART}, {SIGINT, CTERMINAL_INTERRUPT, 0},
    {SIGTERM, CTERMINAL_TERMINATE, 0},         {SIGHUP, CTERMINAL_HANGUP, 0},
};

// Swift traps raise SIGILL or SIGTRAP. SIGQUIT (Ctrl-\) is the way out of a loop that hangs.
static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS, SIGQUIT};

enum { TOLD_COUNT = sizeof told / sizeof told[0], FATAL_COUNT = sizeof fatal / sizeof fatal[0] };

static struct sigaction former_told[TOLD_COUNT], former_fatal[FATAL_COUNT];
static atomic_uint pending;
static const uint32_t ending = CTERMINAL_INTERRUPT | CTERMINAL_TERMINATE | CTERMINAL_HANGUP;
static pthread_t owner;
static sigset_t owner_mask;
static int signal_pipe[2] = {-1, -1};
static uint8_t alternate_stack[ALTERNATE_STACK_BYTES];

static void tell(int signal) {
  int saved_errno = errno;
  uint32_t bit = 0;
  for (int index = 0; index < TOLD_COUNT; index++)
    if (told[index].signal == signal) bit = told[index].bit;
  if ((bit & ending) != 0 && !pthread_equal(pthread_self(), owner)) {
    pthread_kill(owner, signal);
    errno = saved_errno;
    return;
  }
  atomic_fetch_or(&pending, bit);
  // A full pipe is readable already, which is all a byte has to say.
  ssize_t ignored = write(signal_pipe[1], "", 1);
  (void)ignored;
  errno = saved_errno;
}

static bool is_fault(int signal, const siginfo_t *information) {
  bool can_fault = signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE;
  // Positive codes come from the processor; kill and raise send 0 or less.
  return can_fault && information->si_code > 0;
}

// Has the former action (Swift's backtrace, if switched on) report the death.
static void report(const struct sigaction *former, int signal, siginfo_t *information,
                   void *context) {
  if (former->sa_handler == SIG_DFL || former->sa_handler == SIG_IGN) return;
  if (former->sa_flags & SA_SIGINFO)
    former->sa_sigaction(signal, information, context);
  else
    former->sa_handler(signal);
}

// Gives the terminal back and dies of the signal. A faulting instruction faults again by itself,
// into the former action. A signal sent by kill would be survived by an action that relies on
// that: it is reported and then raised again with the default action.
static void give_back_and_die(int signal, siginfo_t *information, void *context) {
  cterminal_leave();
  for (int index = 0; index < FATAL_COUNT; index++) {
    if (fatal[index] != signal) continue;
    sigaction(signal, &former_fatal[index], NULL);
    if (is_fault(signal, information)) return;
    report(&former_fatal[index], signal, information, context);
  }
  struct sigaction die = {.sa_handler = SIG_DFL};
  sigemptyset(&die.sa_mask);
  sigaction(signal, &die, NULL);
  raise(signal);
}

// Traps on the owning thread's stack overflow need a stack of their own; Swift's backtrace may
// have installed one already.
static void provide_alternate_stack(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
}

// An ignored signal (nohup, a job of a script) stays ignored.
static void install(int signal, const struct sigaction *action, struct sigaction *former) {
  sigaction(signal, NULL, former);
  if (former->sa_handler != SIG_IGN) sigaction(signal, action, NULL);
}

// A thread of a pool comes with its signals blocked: nothing would interrupt its writes, and the
// terminal would let it draw from the background, where SIGTTOU has to stop it.
static void unblock_signals(void) {
  sigset_t needed;
  sigemptyset(&needed);
  sigaddset(&needed, SIGTTOU);
  sigaddset(&needed, SIGTTIN);
  for (int index = 0; index < TOLD_COUNT; index++) sigaddset(&needed, told[index].signal);
  pthread_sigmask(SIG_UNBLOCK, &needed, &owner_mask);
}

int cterminal_watch_signals(void) {
  if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
  atomic_store(&pending, 0);
  owner = pthread_self();
  provide_alternate_stack();
  for (int index = 0; index < TOLD_COUNT; index++) {
    struct sigaction action = {.sa_handler = tell, .sa_flags = told[index].flags};
    sigfillset(&action.sa_mask);
    install(told[index].signal, &action, &former_told[index]);
  }
  for (int index = 0; index < FATAL_COUNT; index++) {
    struct sigaction action = {.sa_sigaction = give_back_and_die,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    install(fatal[index], &action, &former_fatal[index]);
  }
  unblock_signals();
  return 0;
}

void cterminal_unwatch_signals(void) {
  pthread_sigmask(SIG_SETMASK, &owner_mask, NULL);
  for (int index = 0; index < TOLD_COUNT; index++)
    sigaction(told[index].signal, &former_told[index], NULL);
  for (int index = 0; index < FATAL_COUNT; index++)
    sigaction(fatal[index], &former_fatal[index], NULL);
  close(signal_pipe[0]);
  close(signal_pipe[1]);
  signal_pipe[0] = signal_pipe[1] = -1;
}

bool cterminal_stop_process(void) {
  struct sigaction stop = {.sa_handler = SIG_DFL}, ours;
  sigset_t unblocked, before;
  atomic_fetch_and(&pending, ~(uint32_t)(CTERMINAL_STOP | CTERMINAL_CONTINUE));
  sigemptyset(&stop.sa_mask);
  sigaction(SIGTSTP, &stop, &ours);
  sigemptyset(&unblocked);
  sigaddset(&unblocked, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &unblocked, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGTSTP, &ours, NULL);
  uint32_t seen = atomic_fetch_and(&pending, ~(uint32_t)CTERMINAL_CONTINUE);
  return (seen & CTERMINAL_CONTINUE) != 0;
}

int cterminal_signal_descriptor(void) { return signal_pipe[0]; }

uint32_t cterminal_take_signals(void) {
  char bytes[64];
  while (read(signal_pipe[0], bytes, sizeof bytes) > 0) continue;
  return atomic_exchange(&pending, 0);
}

bool cterminal_has_signals(void) { return atomic_load(&pending) != 0; }

bool cterminal_is_ending(void) { return (atomic_load(&pending) & ending) != 0; }
