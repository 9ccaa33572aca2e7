import CLinux
import Glibc
import Locking
import NIOPosix

/// Runs the command that prints a token, by `/bin/sh -c`.
///
/// What it prints is a secret: no error repeats it, nor the command itself.
enum TokenCommand {
  /// How long a command may take, in milliseconds.
  static let limit: Int32 = 10_000

  /// What the command printed, at most `Credential.maximumTokenBytes`.
  ///
  /// - Throws: `SecurityError` when it cannot be started, fails, prints too much or takes too long.
  static func run(_ command: String) async throws(SecurityError) -> [UInt8] {
    try await run(command, limit: limit)
  }

  static func run(_ command: String, limit: Int32) async throws(SecurityError) -> [UInt8] {
    let shell = Shell()
    let result = await withTaskCancellationHandler {
      // Not on the caller's thread: that may be the loop which reads every socket.
      try? await NIOThreadPool.singleton.runIfActive { shell.outcome(of: command, limit: limit) }
    } onCancel: {
      shell.kill()
    }
    guard let result else { throw SecurityError("the token command could not be run") }
    return try result.get()
  }
}

/// One shell, from its start to its end, on a thread that may block.
private final class Shell: Sendable {
  /// The process while it may be killed: not once it was waited for, as its id is free again then.
  private let process = Mutex<State>(.idle)

  private enum State {
    case idle
    case running(pid_t)
    case cancelled
  }

  func outcome(of command: String, limit: Int32) -> Result<[UInt8], SecurityError> {
    var ends: [Int32] = [-1, -1]
    guard clinux_pipe(&ends) == 0 else { return .failure(cannotStart(errno)) }
    defer { close(ends[0]) }
    let process = clinux_spawn_shell(command, ends[1])
    let code = errno
    close(ends[1])
    guard process > 0 else { return .failure(cannotStart(code)) }
    began(process)
    let output = read(from: ends[0], of: process, until: now() + Int64(limit))
    if case .failure = output { kill() }
    let status = wait(for: process)
    return output.flatMap { bytes in
      status == 0 ? .success(bytes) : .failure(SecurityError(failureWords(status)))
    }
  }

  /// Ends the command and what it started, if it runs.
  func kill() {
    process.withLock { state in
      if case .running(let process) = state { Glibc.kill(-process, SIGKILL) }
      if case .idle = state { state = .cancelled }
    }
  }

  private func began(_ id: pid_t) {
    process.withLock { state in
      if case .cancelled = state { Glibc.kill(-id, SIGKILL) }
      state = .running(id)
    }
  }

  private func wait(for id: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    process.withLock { $0 = .idle }
    return status
  }

  /// Reads until the process has ended: what it left running in the background may hold the pipe.
  private func read(
    from pipe: Int32, of process: pid_t, until deadline: Int64
  ) -> Result<[UInt8], SecurityError> {
    let ending = clinux_process_descriptor(process)
    guard ending >= 0 else { return .failure(cannotStart(errno)) }
    defer { close(ending) }
    var bytes: [UInt8] = []
    var isOpen = true
    while true {
      let left = deadline - now()
      guard left > 0 else {
        return .failure(SecurityError("the token command took longer than 10 s: it was ended"))
      }
      var waits = [
        pollfd(fd: isOpen ? pipe : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waits, 2, Int32(clamping: left))
      let hasEnded = waits[1].revents != 0
      if isOpen { isOpen = drain(pipe, into: &bytes) }
      guard bytes.count <= Credential.maximumTokenBytes else {
        return .failure(SecurityError("the token command printed more than 16 KiB: no token"))
      }
      if hasEnded { return .success(bytes) }
    }
  }

  /// Reads what is there, to just beyond the limit; false at the end.
  private func drain(_ pipe: Int32, into bytes: inout [UInt8]) -> Bool {
    while bytes.count <= Credential.maximumTokenBytes {
      var length = 0
      bytes += [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
        length = Glibc.read(pipe, buffer.baseAddress, buffer.count)
        count = max(0, length)
      }
      if length == 0 { return false }
      if length < 0 { return errno == EAGAIN || errno == EINTR }
    }
    return true
  }

  private func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

private func cannotStart(_ code: Int32) -> SecurityError {
  SecurityError(
    "the token command cannot be started: \(String(cString: strerror(code)).lowercased())")
}

/// wait(2)'s status in words.
private func failureWords(_ status: Int32) -> String {
  let signal = status & 0x7F
  return signal == 0
    ? "the token command failed with exit code \((status >> 8) & 0xFF): run it by hand to see why"
    : "the token command was ended by signal \(signal)"
}
