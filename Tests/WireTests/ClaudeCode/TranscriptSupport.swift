import Domain
import Testing

@testable import Wire

/// One run of the decoder over some files.
struct TranscriptRun {
  var decoder = ClaudeCodeDecoder()
  private(set) var events: [Event] = []
  private(set) var problems: [TranscriptProblem] = []

  init(maximumLineBytes: Int = 16 << 20) {
    decoder = ClaudeCodeDecoder(maximumLineBytes: maximumLineBytes)
  }

  /// Gives the decoder a file in pieces of `size` bytes, without ending it.
  mutating func feed(_ bytes: [UInt8], as file: String, size: Int = .max) {
    var start = 0
    while start < bytes.count {
      let end = min(start + min(size, bytes.count), bytes.count)
      var items: [TranscriptItem] = []
      bytes[start..<end].withUnsafeBytes { piece in
        decoder.receive(piece, file: file) { items.append($0) }
      }
      take(items)
      start = end
    }
  }

  mutating func feed(_ text: String, as file: String = "main.jsonl") {
    feed(Array(text.utf8), as: file)
  }

  mutating func finish(_ file: String = "main.jsonl") {
    var items: [TranscriptItem] = []
    decoder.finish(file: file) { items.append($0) }
    take(items)
  }

  private mutating func take(_ items: [TranscriptItem]) {
    for item in items {
      switch item {
      case .event(let event): events.append(event)
      case .problem(let problem): problems.append(problem)
      }
    }
  }

  func count(_ kind: EventKind) -> Int { events(kind).count }

  func events(_ kind: EventKind) -> [Event] { events.filter { $0.type == .known(kind) } }

  func sum(_ field: Field) -> Int64 { events.reduce(0) { $0 + ($1.data.integer(field) ?? 0) } }

  /// Started tool calls by tool.
  var tools: [String: Int] {
    events(.agentToolStarted).reduce(into: [:]) { $0[$1.data.text(.tool) ?? "?", default: 0] += 1 }
  }

  /// One line an event, as the fixtures hold them.
  var lines: [String] {
    events.map { event in
      let members = event.data.entries.map { "\($0.field.rawValue)=\(text(of: $0.value))" }
      let head = [event.time?.rfc3339 ?? "-", event.type.name, event.subject ?? "-"]
      return (head + members).joined(separator: " ")
    }
  }

  private func text(of value: FieldValue) -> String {
    switch value {
    case .string(let text): "\"\(text)\""
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .bool(let flag): String(flag)
    case .null: "null"
    case .strings(let texts): "[\(texts.joined(separator: ","))]"
    case .records(let records): "\(records.count) records"
    }
  }
}

/// The public transcripts beside the repository.
enum Transcripts {
  static let folder = "data/claude-code-transcripts"
  static let session = "fa812bfe-b295-4cca-9c2f-fdf01028cb46"
  static var isExpected: Bool { SharedData.isExpected(folder) }

  static func bytes(_ name: String) throws -> [UInt8] {
    try SharedData.bytes("\(folder)/\(name)")
  }

  /// The names of the sub-agents' files of the long session.
  static let subagents = ["agent-a93ccab", "agent-aa84377", "agent-acompact-70d8e7"]
    .map { "\(session)/subagents/\($0).jsonl" }
}
