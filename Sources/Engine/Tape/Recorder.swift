package import Domain
import Glibc
package import Recording
package import Wire

/// The tape of a live session: records beside the loop, on a thread of its own, so that neither the
/// disk nor a keyframe keeps a key waiting; and can be opened while it grows.
package final class Recorder {
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
