import Domain
package import Wire

/// Events as lines of JSON, each once, in the order they came, and what is to be said about them.
package struct EventLog {
  private var output: LineOutput
  private var filter: EventFilter?
  private let encoder = CloudEventEncoder()
  private var seen = DuplicateWindow()
  private var sequences = UpstreamSequences()

  /// A log of at most so many events, of those that pass a filter.
  package init(limit: Int = .max, filter: EventFilter? = nil) {
    output = LineOutput(limit: limit)
    self.filter = filter
  }

  /// Events printed so far.
  package var printed: Int { output.count }

  /// The lines printed since the last call.
  package mutating func takeOutput() -> [UInt8] { output.take() }

  /// Whether it has all it wants.
  package var isFull: Bool { output.isFull }

  /// Prints an event that was not printed before; tells what is missing before it, or what was no
  /// event.
  package mutating func take(_ item: DecodedItem, _ tell: (String) -> Void) {
    switch item {
    case .heartbeat: break
    case .malformed(let reason): tell("no event: \(reason)")
    case .damaged, .missing: Self.words(fault: item).map(tell)
    case .event(let event, let json):
      guard !isFull,
        seen.insert(source: DuplicateWindow.seed(event.source), id: event.id)
      else { return }
      if let gap = sequences.follow(event) { tell("gap: \(gap) missing from \(event.source)") }
      if event.type == .known(.streamGap) {
        tell("gap: \(Self.words(gap: event.data)), says \(event.source)")
      }
      guard filter?.passes(event, json: json, tell) ?? true else { return }
      append(event, json)
    }
  }

  /// What to say of damage in transit and of events that will not come any more; nil of an item
  /// that tells of neither.
  package static func words(fault item: DecodedItem) -> String? {
    switch item {
    case .damaged(let reason): "damaged in transit, connecting anew: \(reason)"
    case .missing(let events): "gap: \(events.words) missing: the feed went on without"
    case .event, .heartbeat, .malformed: nil
    }
  }

  private static func words(gap: Fields) -> String {
    guard let from = gap.text(.from) else { return gap.text(.text) ?? "of unknown length" }
    let to = gap.text(.to) ?? "?"
    return "\(from == to ? from : "\(from)-\(to)") missing"
  }

  private mutating func append(_ event: Event, _ json: UnsafeRawBufferPointer?) {
    output.add { bytes in
      if let json {
        bytes.append(contentsOf: json.lazy.map(onOneLine))
      } else {
        encoder.append(event, to: &bytes)
      }
    }
  }
}

/// A line end inside JSON is only ever blank space between its tokens.
func onOneLine(_ byte: UInt8) -> UInt8 {
  byte == 0x0A || byte == 0x0D ? 0x20 : byte
}

/// Follows the numbers that origins give their events: a jump is a gap.
struct UpstreamSequences {
  /// The most sources followed; further ones are not.
  static let sourceBound = 4_096
  private var newest: [String: Int64] = [:]

  /// The numbers missing before an event, such as `57-60`; nil when none are, or when nobody
  /// upstream numbered it.
  mutating func follow(_ event: Event) -> String? {
    guard event.sequenceBasis == .upstream, let number = event.sequence else { return nil }
    guard let last = newest[event.source] else {
      if newest.count < Self.sourceBound { newest[event.source] = number }
      return nil
    }
    guard number > last else { return nil }
    newest[event.source] = number
    guard number &- last != 1 else { return nil }
    return number - 1 == last + 1 ? "\(last + 1)" : "\(last + 1)-\(number - 1)"
  }
}
