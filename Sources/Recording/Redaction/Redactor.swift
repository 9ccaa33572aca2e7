import Domain
package import Wire

/// Takes secrets, home folders and what a role may not see out of what arrives, before it is written.
///
/// The laws:
/// - What holds nothing of the kind is passed on byte for byte, and every arrival at its time.
/// - What is decoded of it is as many events, at the same moments; a comment within the block of an
///   event comes with that.
/// - One redactor takes all connections of a recording.
package struct Redactor: Sendable {
  private let finder: SecretFinder
  private var streams: [Int: HeldParts] = [:]
  private var lines: [LineSource: HeldParts] = [:]
  /// The newest arrival of all.
  private var last: Timestamp?

  private struct LineSource: Hashable {
    let connection: Int
    let format: FrameFormat
  }

  /// A redactor by rules.
  package init(_ rules: RedactionRules = RedactionRules()) {
    finder = SecretFinder(rules)
  }

  /// A text without what is to be taken out: an address, a label.
  package func redact(_ text: String) -> String {
    Array(text.utf8).withUnsafeBytes { finder.redacted($0) }
      .map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// What is to be written of something that arrived, in order. What has come of an event or a line
  /// that is not whole is held back; an empty frame then stands for its arrival.
  package mutating func redact(_ inbound: Inbound) -> [Inbound] {
    last = max(last ?? inbound.at, inbound.at)
    switch inbound.body {
    case .frame(let format, let bytes):
      let format = redacted(format)
      let body = Inbound.Body.frame(format, redact(bytes, format, inbound.connection))
      return [Inbound(connection: inbound.connection, at: inbound.at, body: body)]
    case .fact(let fact):
      let told = Inbound(
        connection: inbound.connection, at: inbound.at, body: .fact(redacted(fact)))
      switch fact {
      case .connected: return takeHeld(inbound.connection, at: inbound.at) + [told]
      case .ended: return takeHeld(inbound.connection, at: inbound.at, isLast: true) + [told]
      // Behind the loss: it must not look as if something had been heard just before.
      case .lost: return [told] + takeHeld(inbound.connection, at: inbound.at)
      case .connecting, .heartbeat, .roundTrip, .compressed, .waiting, .fellBack, .refused:
        return [told]
      }
    }
  }

  /// What is still held back when a recording ends.
  package mutating func finish() -> [Inbound] {
    guard let last else { return [] }
    let connections = Set(streams.keys).union(lines.keys.map(\.connection))
    return connections.sorted().flatMap { takeHeld($0, at: last, isLast: true) }
  }

  private mutating func redact(
    _ bytes: [UInt8], _ format: FrameFormat, _ connection: Int
  ) -> [UInt8] {
    switch format {
    case .sse:
      var parts = streams.removeValue(forKey: connection) ?? HeldParts(.blocks(BlockEnds()))
      defer { streams[connection] = parts }
      return parts.receive(bytes, finder)
    case .ndjson, .claudeCode:
      let source = LineSource(connection: connection, format: format)
      var parts = lines.removeValue(forKey: source) ?? HeldParts(.lines)
      defer { lines[source] = parts }
      return parts.receive(bytes, finder)
    case .document, .message(.text), .message(.binary):
      return bytes.withUnsafeBytes { finder.redacted(document: $0) } ?? bytes
    case .message(.meta):
      return bytes.withUnsafeBytes { finder.redacted(meta: $0) } ?? bytes
    }
  }

  /// What is held back of a connection. A transcript goes on where another connection left it, unless
  /// that was the last.
  private mutating func takeHeld(
    _ connection: Int, at moment: Timestamp, isLast: Bool = false
  ) -> [Inbound] {
    var frames: [(FrameFormat, [UInt8])] = []
    if var parts = streams.removeValue(forKey: connection) {
      frames.append((.sse, parts.finish(finder)))
    }
    for source in lines.keys where source.connection == connection {
      if case .claudeCode = source.format, !isLast { continue }
      guard var parts = lines.removeValue(forKey: source) else { continue }
      frames.append((source.format, parts.finish(finder)))
    }
    return frames.filter { !$0.1.isEmpty }
      .map { Inbound(connection: connection, at: moment, body: .frame($0.0, $0.1)) }
  }

  private func redacted(_ format: FrameFormat) -> FrameFormat {
    guard case .claudeCode(let file) = format else { return format }
    return .claudeCode(file: redact(file))
  }

  private func redacted(_ fact: ConnectionFact) -> ConnectionFact {
    switch fact {
    case .connected(let kind, let position):
      .connected(kind, resumedFrom: position.map { redact($0) })
    case .lost(let reason): .lost(reason: redact(reason))
    case .waiting(let attempt, let until, let reason):
      .waiting(attempt: attempt, until: until, reason: redact(reason))
    case .fellBack(let kind, let reason): .fellBack(kind, reason: redact(reason))
    case .refused(let reason): .refused(reason: redact(reason))
    case .connecting, .heartbeat, .roundTrip, .compressed, .ended: fact
    }
  }
}
