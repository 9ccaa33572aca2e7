package import Domain
import Recording
import Wire

extension Session {
  /// The session of a tape at a moment; nil plays it to its end.
  ///
  /// From whatever place the tape stands at: it begins with the last keyframe before the moment.
  /// Throws when the tape cannot be read. A tape that was cut off counts as ending there.
  package init(
    playing input: TapeInput, until moment: Timestamp?, codec: SessionCodec? = .standard
  ) throws(FileError) {
    try self.init(input, at: moment.map { .moment($0) } ?? .end, codec)
    while let entry = try input.peek(), moment.map({ entry.at <= $0 }) ?? true {
      try take(entry, from: input)
    }
    if let moment { advance(to: moment) }
  }

  /// The session of a tape with everything before a line taken in (lines are counted as
  /// `TapeInput.line` has it).
  package init(
    playing input: TapeInput, untilLine line: Int, codec: SessionCodec? = .standard
  ) throws(FileError) {
    try self.init(input, at: .line(line), codec)
    while let entry = try input.peek(), input.line < line { try take(entry, from: input) }
  }

  /// The session at the keyframe of a tape before a target, or at its beginning.
  private init(
    _ input: TapeInput, at target: TapeTarget, _ codec: SessionCodec?
  ) throws(FileError) {
    if let codec, let keyframe = try input.seek(to: target, format: codec.format) {
      guard let session = codec.decode(keyframe.state) else {
        throw input.fault(keyframe.head.place.line, Self.brokenState)
      }
      self = session
      return
    }
    _ = try input.seek(to: .start, format: nil)
    self.init(start: input.header.start)
    for source in input.header.sources { addConnection(source) }
  }

  private static let brokenState =
    "the keyframe of what comes before this line is broken; \(TapeReader.withoutKeyframes)"

  private mutating func take(_ entry: TapeEntry, from input: TapeInput) throws(FileError) {
    _ = try input.next()
    guard case .inbound(let connection, let body) = entry.body else {
      return advance(to: entry.at)
    }
    ingest(Inbound(connection: connection, at: entry.at, body: body))
  }
}
