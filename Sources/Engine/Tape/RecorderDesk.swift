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
  /// How long arrivals are gathered before they are recorded, in microseconds: each waking costs as
  /// much as many of them. Where there are `many` bytes of them, no longer.
  private static let gathering: Int64 = 200_000, many = 256 << 10
  /// As long as nothing arrives, in microseconds.
  private static let long: Int64 = 3_600_000_000

  private let queue = Mutex(Queue())
  private let recorder: Mutex<TapeRecorder>
  /// Where something is to be recorded, and where that is to be done at once.
  private let wake: Int32, hurry: Int32

  init(_ recorder: sending TapeRecorder) {
    let state = recorder.state
    self.recorder = Mutex(recorder)
    (wake, hurry) = (clinux_eventfd(), clinux_eventfd())
    queue.withLock { $0.state = state }
  }

  deinit {
    Glibc.close(wake)
    Glibc.close(hurry)
  }

  var state: RecorderState { queue.withLock { $0.state } }

  func put(_ item: Item) {
    let (bytes, isFirst, isMany) = queue.withLock { queue -> (Int, Bool, Bool) in
      guard !queue.isClosed, !queue.hasGivenUp else { return (0, false, false) }
      queue.items.append(item)
      let before = queue.bytes
      queue.bytes += item.bytes
      return (queue.bytes, queue.items.count == 1, before <= Self.many && queue.bytes > Self.many)
    }
    if isFirst { Self.signal(wake) }
    if isMany { Self.signal(hurry) }
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
      Self.wait(for: wake, atMost: Self.long)
      Self.wait(for: hurry, atMost: Self.gathering)
      flush()
      isClosed = queue.withLock { $0.isClosed && $0.items.isEmpty }
    }
  }

  func close() {
    queue.withLock { $0.isClosed = true }
    Self.signal(wake)
    Self.signal(hurry)
  }

  private static func signal(_ event: Int32) {
    var word: UInt64 = 1
    _ = write(event, &word, 8)
  }

  /// Waits for a signal, so many microseconds at most, and takes it.
  private static func wait(for event: Int32, atMost microseconds: Int64) {
    var descriptors = [pollfd(fd: event, events: Int16(POLLIN), revents: 0)]
    guard clinux_poll(&descriptors, 1, microseconds) > 0 else { return }
    var word: UInt64 = 0
    _ = read(event, &word, 8)
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
