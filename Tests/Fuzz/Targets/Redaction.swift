import Domain
import Recording
import Wire

/// What is redacted is alike however it is split, decodes to as many items as it did, with the same
/// pieces, and stays JSON where it was.
func fuzzRedactor(_ input: Input) {
  func written(_ pieces: [ArraySlice<UInt8>], _ format: FrameFormat) -> [[UInt8]] {
    var redactor = Redactor(RedactionRules(role: .viewer, fields: ["member"]))
    let arrivals = pieces.enumerated().flatMap { place, piece in
      redactor.redact(
        Inbound(
          connection: 0, at: Timestamp(microseconds: Int64(place)),
          body: .frame(format, Array(piece))))
    }
    return (arrivals + redactor.finish()).map {
      if case .frame(_, let bytes) = $0.body { bytes } else { [] }
    }
  }
  /// How many items but comments came of each frame: a comment may stand within a block.
  func items(_ frames: [[UInt8]], _ format: FrameFormat) -> [Int] {
    var decoder = FrameDecoder()
    return frames.map { bytes in
      var count = 0
      decoder.receive(bytes, format: format) { item in
        if case .heartbeat = item { return }
        count += 1
      }
      return count
    }
  }
  for format in [FrameFormat.sse, .ndjson] {
    let split = written(input.pieces, format)
    let whole = Array(written([input.bytes[...]], format).joined())
    require(Array(split.joined()) == whole, "what is redacted is alike however it is split")
    // What is held at the end comes as one more frame, which completes nothing.
    let counts = items(input.pieces.map { Array($0) }, format)
    require(
      Array(items(split, format).prefix(counts.count)) == counts,
      "as many items come of what is redacted, with the same pieces")
  }
  for format in [FrameFormat.document] + MessageKind.allCases.map(FrameFormat.message) {
    let shown = written([input.bytes[...]], format).first ?? []
    let wasJSON = (try? JSONValue(parsing: input.bytes)) != nil
    require(
      !wasJSON || (try? JSONValue(parsing: shown)) != nil, "a document of JSON stays one")
  }
}
