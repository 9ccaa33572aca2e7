import Domain
import Testing

@Suite struct TimelineTests {
  private var board = Board()
  private var timeline = Timeline(start: TimelineTests.at(0))

  init() {
    _ = board.addConnection("hub", at: Self.at(0))
    board.note(.connected(.sse, resumedFrom: nil), connection: 0, at: Self.at(0))
  }

  private static func at(_ milliseconds: Int64) -> Timestamp {
    Timestamp(seconds: 1_773_511_200) + .milliseconds(milliseconds)
  }

  /// Lets the board hear of tasks at a moment, and the timeline of the board.
  private mutating func hear(_ count: Int, at milliseconds: Int64) {
    let now = Self.at(milliseconds)
    board.advance(to: now)
    for number in 0..<count {
      let event = Event(
        id: "\(milliseconds).\(number)", source: "/s", type: .known(.taskCreated),
        data: Fields([.task: .string("\(milliseconds).\(number)")]))
      board.record(event, at: now)
    }
    timeline.note(board, board.takeChanges(), at: now)
  }

  private mutating func raise(_ code: AlertCode, _ subject: String, at milliseconds: Int64) {
    let now = Self.at(milliseconds)
    let event = Event(
      id: "a\(milliseconds)", source: "/s", type: .known(.alertRaised),
      data: Fields([
        .code: .string(code.rawValue), .subject: .string(subject), .severity: .integer(5),
      ]))
    board.record(event, at: now)
    timeline.note(board, board.takeChanges(), at: now)
  }

  @Test("events are counted in the quarter of a second in which they came")
  mutating func counts() {
    hear(3, at: 0)
    hear(1, at: 249)
    hear(2, at: 1_000)
    #expect(timeline.buckets.map(\.events) == [4, 0, 0, 0, 2])
    #expect(timeline.end == Self.at(1_000))
    #expect(!timeline.buckets.contains { $0.hasOutage })
  }

  @Test("full buckets become one of two, and nothing of them is lost")
  mutating func merging() {
    for second in 0..<1_000 { hear(1, at: Int64(second) * 1_000) }
    #expect(timeline.width == .seconds(1))
    #expect(timeline.buckets.count == 1_000)
    #expect(timeline.buckets.allSatisfy { $0.events == 1 })
    hear(1, at: 86_400_000 * 300)
    #expect(timeline.buckets.count <= Timeline.bucketBound)
    #expect(timeline.buckets.reduce(0) { $0 + $1.events } == 1_001)
  }

  @Test("a time without a current connection is an outage, from its beginning to its end")
  mutating func outage() {
    hear(1, at: 0)
    board.note(.lost(reason: "reset"), connection: 0, at: Self.at(600))
    timeline.note(board, board.takeChanges(), at: Self.at(600))
    timeline.note(board, board.takeChanges(), at: Self.at(1_500))
    board.note(.connected(.sse, resumedFrom: "9"), connection: 0, at: Self.at(2_100))
    timeline.note(board, board.takeChanges(), at: Self.at(2_100))
    hear(1, at: 2_600)
    #expect(
      timeline.buckets.map(\.hasOutage)
        == [false, false, true, true, true, true, true, true, true, false, false])
  }

  @Test("each alert is a stop at the moment it was raised, once, as long as it lasts")
  mutating func alerts() {
    raise(.ticketLate, "204:grill", at: 1_000)
    raise(.ticketLate, "204:grill", at: 2_000)
    raise(.kdsSyncError, "hub", at: 3_000)
    #expect(timeline.stops.map(\.at) == [Self.at(1_000), Self.at(3_000)])
    #expect(timeline.stops.map(\.words) == ["TICKET_LATE 204:grill", "KDS_SYNC_ERROR hub"])
    #expect(timeline.buckets.map(\.severity).max() == 5)
  }

  @Test("a jump in a sequence is a gap, also where its alert is open already")
  mutating func gaps() {
    for (milliseconds, number) in [(0, 1), (1_000, 5), (2_000, 9)] as [(Int64, Int64)] {
      var event = Event(
        id: "g\(number)", source: "/s", type: .known(.taskCreated),
        data: Fields([.task: .string("t")]))
      event.sequence = number
      event.sequenceBasis = .upstream
      board.record(event, at: Self.at(milliseconds))
      timeline.note(board, board.takeChanges(), at: Self.at(milliseconds))
    }
    let places = timeline.buckets.indices.filter { timeline.buckets[$0].hasGap }
    #expect(places == [4, 8])
    #expect(timeline.stops.map(\.words) == ["STREAM_GAP /s"])
  }

  @Test("the next and the previous stop are those nearest to a moment, markers among them")
  mutating func stops() {
    raise(.ticketLate, "a", at: 1_000)
    raise(.ticketLate, "b", at: 5_000)
    timeline.mark("here", at: Self.at(3_000))
    timeline.mark("same", at: Self.at(5_000))
    #expect(timeline.stop(from: Self.at(0), 1)?.words == "TICKET_LATE a")
    #expect(timeline.stop(from: Self.at(1_000), 1)?.words == "here")
    #expect(timeline.stop(from: Self.at(3_000), 1)?.words == "same")
    #expect(timeline.stop(from: Self.at(5_000), 1) == nil)
    #expect(timeline.stop(from: Self.at(5_000), -1)?.words == "here")
    #expect(timeline.stop(from: Self.at(3_001), -1)?.words == "here")
    #expect(timeline.stop(from: Self.at(1_000), -1) == nil)
    #expect(timeline.markerCount == 2)
  }

  @Test("beyond the bound the oldest stops are forgotten")
  mutating func stopBound() {
    for number in 0..<Timeline.stopBound + 10 {
      timeline.mark("m\(number)", at: Self.at(Int64(number)))
    }
    #expect(timeline.stops.count <= Timeline.stopBound)
    #expect(timeline.stops.last?.words == "m\(Timeline.stopBound + 9)")
    #expect(timeline.stops.first?.words == "m2048")
  }

  @Test("moments before the start and far away break nothing", arguments: [Int64.min, .max])
  mutating func extremes(_ moment: Int64) {
    hear(1, at: 0)
    timeline.mark("far", at: Timestamp(microseconds: moment))
    timeline.note(board, Changes(), at: Timestamp(microseconds: moment))
    #expect(timeline.buckets.count <= Timeline.bucketBound)
    #expect(timeline.buckets.indices.contains(timeline.place(of: Timestamp(microseconds: moment))))
  }
}
