import Domain

/// A board and a clock that a test sets: seconds count from a fixed day.
struct Fixture {
  /// 2026-11-21T06:00:00Z.
  static let start = Timestamp(seconds: 1_795_240_800)
  var board = Board()
  private var count = 0

  var fleet: AgentFleet { board.fleet }

  /// The moment so many seconds after the start.
  static func at(_ seconds: Double) -> Timestamp {
    start + Span(microseconds: Int64((seconds * 1_000_000).rounded()))
  }

  /// Applies an event that arrives `seconds` after the start, having happened then or at `origin`.
  @discardableResult
  mutating func tell(
    _ kind: EventKind, _ data: KeyValuePairs<Field, FieldValue>, at seconds: Double,
    origin: Double? = nil, subject: String? = nil
  ) -> Changes {
    count += 1
    return board.apply(
      Event(
        id: "e\(count)", source: "/test", type: .known(kind), subject: subject,
        time: origin.map(Self.at), data: Fields(data)), at: Self.at(seconds))
  }

  /// Lets time pass.
  @discardableResult
  mutating func pass(to seconds: Double) -> Changes { board.tick(now: Self.at(seconds)) }

  /// The alert of a code about a subject, if it asks for attention.
  func alert(_ code: AlertCode, _ subject: String) -> Alert? {
    let alert = board.alerts.alert(Alert.Key(code: code.rawValue, subject: subject))
    return alert.flatMap { $0.state.isOpen && $0.falseSince == nil ? $0 : nil }
  }
}

extension FieldValue: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
}

extension FieldValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int64) { self = .integer(value) }
}
