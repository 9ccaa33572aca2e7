import CLinux
package import Domain
import Glibc
import Locking
package import Recording
package import Wire

/// The tape of a live session: records beside the loop, on a thread of its own, so that neither the
/// disk nor a keyframe keeps a key waiting; and can be opened while it grows.
package final class Recorder {
  /// The bytes of frames that may wait to be recorded; beyond it whoever brings more lends a hand,
  /// beyond eight times that it waits.
  static let comfortable = 4 << 20
  /// How long it waits for a disk that takes nothing, before the recording is given up.
  static let patience = Span.seconds(5)

  private let desk: RecorderDesk
  private var thread = pthread_t()
  private let isThreaded: Bool

  /// Begins a recording; see `TapeRecorder`.
  package init(
    _ place: RecordingPlace, sources: [String], start: Timestamp,
    codec: SessionCodec? = .standard, redactor: Redactor? = nil
  ) throws(FileError) {
    let recorder = try TapeRecorder(
      place, sources: sources, start: start, codec: codec, redactor: redactor)
    desk = RecorderDesk(recorder)
    let box = Unmanaged.passRetained(desk)
    isThreaded =
      pthread_create(
        &thread, nil,
        { box in
          guard let box else { return nil }
          let desk = Unmanaged<RecorderDesk>.fromOpaque(box).takeRetainedValue()
          desk.work()
          return nil
        }, box.toOpaque()) == 0
    if !isThreaded { box.release() }
  }

  deinit {
    desk.close()
    if isThreaded { pthread_join(thread, nil) }
  }

  /// Records what arrived.
  package func append(_ inbound: Inbound) { desk.put(.inbound(inbound)) }

  /// Records a marker.
  package func mark(_ label: String, at moment: Timestamp) { desk.put(.marker(label, moment)) }

  /// Records that the session was left at a moment, and writes everything.
  package func finish(at moment: Timestamp) {
    desk.put(.exit(moment))
    desk.flush()
  }

  /// Writes everything given so far; what is read of the tape then is whole.
  package func flush() { desk.flush() }

  /// What has become of it so far.
  package var state: RecorderState { desk.state }

  /// The tape so far, from the oldest of it that is still there. It grows: asked after `flush()`, it
  /// gives what has come meanwhile.
  package func openInput() throws(FileError) -> TapeInput {
    flush()
    let desk = desk
    guard let first = try desk.storage(after: 0) else {
      throw FileError("open", state.path ?? "a tape in memory", code: ENOENT)
    }
    return TapeInput(first) { (storage) throws(FileError) in
      try desk.storage(after: storage.header.segment?.number ?? 1)
    }
  }
}

/// How a recording stands.
package struct RecorderState: Equatable, Sendable {
  /// The path of its first file that is still there; nil where it is in memory alone.
  package var path: String?
  /// The files it was cut into.
  package var fileCount = 1
  /// Why what was asked for is not written to (any longer); looking back is possible all the same.
  package var failure: FileError?

  /// The file that is being written; nil when none is.
  package var writing: String? { failure == nil ? path : nil }
}

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
    if bytes > Recorder.comfortable { makeRoom() }
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
    while waited < Recorder.patience {
      let helped: Bool? = recorder.withLockIfAvailable { recorder in
        drain(into: recorder)
        note(recorder)
        return true
      }
      guard helped == nil else { return }
      guard queue.withLock({ $0.bytes > 8 * Recorder.comfortable }) else { return }
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
