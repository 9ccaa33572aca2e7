import CLinux
import Domain
import Glibc
import Locking
import Recording
import Wire

/// What the loop and the thread that records share.
final class RecorderDesk: Sendable {
  enum Item: Sendable {
    case inbound(Inbound)
    case marker(String, Timestamp)
    case exit(Timestamp)

    var bytes: Int {
      if case .inbound(let inbound) = self { inbound.frameSize + 64 } else { 64 }
    }
  }

  private struct Queue {
    var items: [Item] = []
    var bytes = 0
    var isClosed = false
    var hasGivenUp = false
    var state = RecorderState()
  }

  /// The bytes of frames that may wait to be recorded; beyond it whoever brings more lends a hand,
  /// beyond eight times that it waits.
  private static let comfortable = 4 << 20
  /// How long it waits for a disk that takes nothing, before the recording is given up.
  private static let patience = Span.seconds(5)
  /// How long arrivals are gathered before they are recorded, in microseconds.
  private static let gathering: Int64 = 5_000

  private let queue = Mutex(Queue())
  private let recorder: Mutex<TapeRecorder>
  private let wake: Int32

  init(_ recorder: sending TapeRecorder) {
    let state = recorder.state
    self.recorder = Mutex(recorder)
    wake = clinux_eventfd()
    queue.withLock { $0.state = state }
  }

  deinit {
    Glibc.close(wake)
  }

  var state: RecorderState { queue.withLock { $0.state } }

  func put(_ item: Item) {
    let (bytes, isFirst) = queue.withLock { queue -> (Int, Bool) in
      guard !queue.isClosed, !queue.hasGivenUp else { return (0, false) }
      queue.items.append(item)
      queue.bytes += item.bytes
      return (queue.bytes, queue.items.count == 1)
    }
    if isFirst { signal() }
    if bytes > Self.comfortable { makeRoom() }
  }

  /// Everything given so far is written.
  func flush() {
    recorder.withLock { recorder in
      drain(into: recorder)
      recorder.flush()
      note(recorder)
    }
  }

  /// The file after a number; nil where there is none.
  func storage(after number: Int) throws(FileError) -> TapeStorage? {
    let piece = recorder.withLock { recorder -> (path: String, descriptor: Int32)? in
      guard let piece = recorder.pieces.first(where: { $0.number > number }) else { return nil }
      piece.file?.flush()
      return (piece.path, piece.path.isEmpty ? dup(piece.file?.descriptor ?? -1) : -1)
    }
    guard let piece else { return nil }
    return piece.path.isEmpty
      ? try TapeStorage(piece.descriptor, path: "the tape in memory", isInMemory: true)
      : try TapeStorage(opening: piece.path)
  }

  // MARK: The thread

  /// Records until it is closed.
  func work() {
    var isClosed = false
    while !isClosed {
      var descriptors = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
      // What is pending is a second old at most.
      let woken = clinux_poll(&descriptors, 1, 1_000_000)
      var word: UInt64 = 0
      if woken > 0 {
        // What comes within a few milliseconds is recorded with one waking.
        _ = clinux_poll(nil, 0, Self.gathering)
        _ = read(wake, &word, 8)
      }
      recorder.withLock { recorder in
        drain(into: recorder)
        if woken == 0 { recorder.flush() }
        note(recorder)
      }
      isClosed = queue.withLock { $0.isClosed && $0.items.isEmpty }
    }
    recorder.withLock { $0.flush() }
  }

  func close() {
    queue.withLock { $0.isClosed = true }
    signal()
  }

  private func signal() {
    var word: UInt64 = 1
    _ = write(wake, &word, 8)
  }

  /// Records what waits, in order: whoever does so has the recorder to itself.
  private func drain(into recorder: TapeRecorder) {
    while true {
      let items = queue.withLock { queue in
        defer { (queue.items, queue.bytes) = ([], 0) }
        return queue.items
      }
      guard !items.isEmpty else { return }
      for item in items {
        switch item {
        case .inbound(let inbound): recorder.append(inbound)
        case .marker(let label, let moment): recorder.mark(label, at: moment)
        case .exit(let moment): recorder.finish(at: moment)
        }
      }
    }
  }

  private func note(_ recorder: TapeRecorder) {
    let state = recorder.state
    queue.withLock { if !$0.hasGivenUp { $0.state = state } }
  }

  /// Lends the thread a hand; where the disk takes nothing at all, gives up in the end.
  private func makeRoom() {
    var waited = Span.zero
    while waited < Self.patience {
      let helped: Bool? = recorder.withLockIfAvailable { recorder in
        drain(into: recorder)
        note(recorder)
        return true
      }
      guard helped == nil else { return }
      guard queue.withLock({ $0.bytes > 8 * Self.comfortable }) else { return }
      clinux_poll(nil, 0, 1_000)
      waited = Span(microseconds: waited.microseconds + 1_000)
    }
    queue.withLock { queue in
      queue.hasGivenUp = true
      queue.items = []
      queue.bytes = 0
      queue.state.failure = FileError(
        "write", queue.state.path ?? "a tape in memory", code: ETIMEDOUT)
    }
  }
}
