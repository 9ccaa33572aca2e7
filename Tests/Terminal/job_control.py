"""A shell of one job: runs a command in the foreground of this terminal as a shell would.

When the job stops it prints `stopped, modes restored: …`, waits for a line, and continues the job
in the foreground; with the line `bg` it continues it in the background first. Ends with the job's
exit status.
"""

import os
import signal
import sys
import termios


def give_terminal(group):
    os.tcsetpgrp(0, group)


def start(command):
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        give_terminal(os.getpgrp())
        for number in (signal.SIGTTOU, signal.SIGTSTP, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.execvp(command[0], command)
    return pid


def continue_job(pid, line):
    if line == "bg":
        os.kill(pid, signal.SIGCONT)
        os.waitpid(pid, os.WUNTRACED)
        print("stopped in the background", flush=True)
        sys.stdin.readline()
    give_terminal(pid)
    os.kill(pid, signal.SIGCONT)


def main(command):
    for number in (signal.SIGTTOU, signal.SIGTSTP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    modes = termios.tcgetattr(0)
    pid = start(command)
    while True:
        _, status = os.waitpid(pid, os.WUNTRACED)
        give_terminal(os.getpgrp())
        if not os.WIFSTOPPED(status):
            code = os.waitstatus_to_exitcode(status)
            print(f"job ended: {code}", flush=True)
            sys.exit(code if code >= 0 else 128 - code)
        print(f"stopped, modes restored: {termios.tcgetattr(0) == modes}", flush=True)
        continue_job(pid, sys.stdin.readline().strip())


main(sys.argv[1:])
