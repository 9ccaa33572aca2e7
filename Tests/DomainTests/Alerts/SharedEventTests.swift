import Domain
import Testing

@Suite("Alerts that sources raise")
struct SharedEventTests {
  private static func event(
    _ id: String, _ kind: EventKind, subject: String? = nil,
    _ data: KeyValuePairs<Field, FieldValue>
  ) -> Event {
    Event(id: id, source: "pos", type: .known(kind), subject: subject, data: Fields(data))
  }

  private func alert(_ board: Board, _ code: String, _ subject: String) -> Alert? {
    board.alerts.alert(Alert.Key(code: code, subject: subject))
  }

  @Test("a raised alert is asserted, keeps its severity, and can be closed by its source")
  func raised() {
    var board = Board()
    _ = board.apply(
      Self.event(
        "1", .alertRaised,
        [.code: .string("FRIDGE"), .subject: .string("f1"), .severity: .integer(4)]),
      at: Timestamp(seconds: 0))
    #expect(alert(board, "FRIDGE", "f1")?.basis == .asserted)
    #expect(alert(board, "FRIDGE", "f1")?.severity == 4)
    #expect(alert(board, "FRIDGE", "f1")?.causes == ["1"])
    _ = board.apply(
      Self.event(
        "2", .alertChanged,
        [.code: .string("FRIDGE"), .subject: .string("f1"), .state: .string("false_positive")]),
      at: Timestamp(seconds: 1))
    #expect(alert(board, "FRIDGE", "f1")?.state == .falsePositive)
    #expect(alert(board, "FRIDGE", "f1")?.closedAt == Timestamp(seconds: 1))
    #expect(board.alerts.openCount == 0)
  }

  @Test(
    "an absurd severity is brought to 1-5",
    arguments: [
      (Int64.min, 1), (0, 1), (3, 3), (6, 5), (.max, 5),
    ])
  func severity(_ told: Int64, _ kept: Int) {
    var board = Board()
    _ = board.apply(
      Self.event("1", .alertRaised, [.code: .string("X"), .severity: .integer(told)]),
      at: Timestamp(seconds: 0))
    #expect(alert(board, "X", "")?.severity == kept)
    #expect(board.alerts.openBySeverity[kept] == 1)
  }

  @Test("an alert without a code, or changed to no or an unknown state, is reported")
  func malformed() {
    var board = Board()
    let events: [Event] = [
      Self.event("1", .alertRaised, [.text: .string("?")]),
      Self.event("2", .alertChanged, [.code: .string("X")]),
      Self.event("3", .alertChanged, [.code: .string("X"), .state: .string("gone")]),
    ]
    for event in events { _ = board.apply(event, at: Timestamp(seconds: 0)) }
    #expect(board.stream.unmapped == 3)
    #expect(board.stream.unmappedWords["gone"] == 1)
  }

  @Test("a gap a source reports is an alert until it is resynchronised")
  func gap() {
    var board = Board()
    _ = board.apply(
      Self.event("1", .streamGap, [.from: .integer(5), .to: .integer(9)]),
      at: Timestamp(seconds: 0))
    #expect(alert(board, "STREAM_GAP", "pos")?.text == "source reports 5-9 missing")
    _ = board.apply(Self.event("2", .streamResynced, [:]), at: Timestamp(seconds: 10))
    _ = board.tick(now: Timestamp(seconds: 40))
    #expect(alert(board, "STREAM_GAP", "pos")?.state == .resolved)
  }

  @Test("a sequence that jumps over the whole range of numbers is a gap, not a crash")
  func absurdJump() {
    var board = Board()
    for (number, sequence) in [Int64.min, .max, .min, 0].enumerated() {
      let event = Event(
        id: "\(number)", source: "pos", type: .known(.streamHeartbeat), sequence: sequence,
        sequenceBasis: .upstream)
      _ = board.apply(event, at: Timestamp(seconds: 0))
    }
    #expect(board.stream.gaps == 1)
  }
}
