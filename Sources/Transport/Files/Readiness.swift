import CLinux
import Glibc
import Locking

/// Waits until a descriptor can be read without blocking, or has ended.
///
/// Nothing is polled: the kernel wakes us. Returns at once when the task is cancelled; false then.
func readable(_ descriptor: Int32) async -> Bool {
  await ReadinessWatch.shared.wait(for: descriptor)
}

/// One thread that waits for all descriptors that somebody waits for.
///
/// A descriptor may be closed, and its number be taken by another, as soon as nobody waits for it: the
/// system's queues of events, which are told of descriptors one by one, do not take that well.
private final class ReadinessWatch: Sendable {
  static let shared = ReadinessWatch()

  private struct State {
    var waiting: [Int: (descriptor: Int32, continuation: CheckedContinuation<Void, Never>)] = [:]
    var count = 0
    var isWatching = false
  }

  private let state = Mutex(State())
  /// Tells the thread that others are waited for.
  private let wake = clinux_eventfd()

  func wait(for descriptor: Int32) async -> Bool {
    let number = state.withLock { state in
      state.count += 1
      return state.count
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard !Task.isCancelled, watches(&state) else { return false }
          state.waiting[number] = (descriptor, continuation)
          return true
        }
        if waits { signal() } else { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.continuation.resume()
      signal()
    }
    return !Task.isCancelled
  }

  /// Begins to watch, once. Without a thread there is no waiting but in the reading itself.
  private func watches(_ state: inout State) -> Bool {
    guard !state.isWatching else { return true }
    var thread = pthread_t()
    state.isWatching =
      wake >= 0
      && pthread_create(
        &thread, nil,
        { _ in
          ReadinessWatch.shared.watch()
          return nil
        }, nil) == 0
    if state.isWatching { pthread_detach(thread) }
    return state.isWatching
  }

  private func watch() {
    while true {
      let waiting = state.withLock { state in state.waiting.map { ($0.key, $0.value.descriptor) } }
      var descriptors = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
      descriptors += waiting.map { pollfd(fd: $0.1, events: Int16(POLLIN), revents: 0) }
      guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
      if descriptors[0].revents != 0 {
        var word: UInt64 = 0
        _ = read(wake, &word, 8)
      }
      for (place, (number, _)) in waiting.enumerated() where descriptors[place + 1].revents != 0 {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.continuation.resume()
      }
    }
  }

  private func signal() {
    var word: UInt64 = 1
    _ = write(wake, &word, 8)
  }
}

/// What a call of the system answered through `errno`, in words.
func errorWords(_ code: Int32) -> String {
  String(cString: strerror(code)).lowercased()
}
