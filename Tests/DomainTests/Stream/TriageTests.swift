import Domain
import Testing

@Suite struct TriageTests {
  private static func event(
    _ id: String, _ kind: EventKind, _ subject: String?,
    _ data: KeyValuePairs<Field, FieldValue> = [:]
  ) -> Event {
    Event(id: id, source: "/s", type: .known(kind), subject: subject, data: Fields(data))
  }

  private static func usage(_ id: String, _ agent: String = "a", tokens: Int64 = 1) -> Event {
    event(
      id, .agentUsage, "agent/\(agent)",
      [.agent: .string(agent), .tokensIn: .integer(tokens), .cost: .number(0.25)])
  }

  private static func station(
    _ id: String, _ name: String, _ data: KeyValuePairs<Field, FieldValue>
  )
    -> Event
  {
    event(id, .stationUpdated, "station/\(name)", data)
  }

  private static func urgent(_ triage: inout Triage) -> [String] {
    triage.takeUrgent { _ in true }.map(\.event.id)
  }

  private static func telemetry(_ triage: inout Triage) -> [String] {
    triage.takeTelemetry { _ in true }.map(\.event.id)
  }

  @Test("alerts come before orders and orders before telemetry, each in their order")
  func priority() {
    var triage = Triage()
    _ = triage.add(Self.usage("1"), from: 0)
    _ = triage.add(Self.event("2", .ticketFired, "ticket/204:grill"), from: 0)
    _ = triage.add(Self.event("3", .alertRaised, "alert/x", [.subject: "x"]), from: 0)
    _ = triage.add(Self.event("4", .taskCreated, "task/t"), from: 0)
    _ = triage.add(Self.event("5", .alertRaised, "alert/y", [.subject: "y"]), from: 0)
    #expect(Self.urgent(&triage) == ["3", "5", "2", "4"])
    #expect(Self.telemetry(&triage) == ["1"])
    #expect(triage.isEmpty)
  }

  @Test("two events of one subject keep their order")
  func subjects() {
    var triage = Triage()
    _ = triage.add(Self.usage("1"), from: 0)
    _ = triage.add(Self.usage("2", "b"), from: 0)
    _ = triage.add(Self.event("3", .agentStopped, "agent/a"), from: 0)
    _ = triage.add(Self.event("4", .alertRaised, "alert/1", [.subject: "a"]), from: 0)
    _ = triage.add(Self.event("5", .alertChanged, "alert/2", [.subject: "z"]), from: 0)
    _ = triage.add(Self.event("6", .alertRaised, "alert/3", [.subject: "z"]), from: 0)
    #expect(Self.urgent(&triage) == ["1", "3", "4", "5", "6"])
    #expect(Self.telemetry(&triage) == ["2"])
  }

  @Test("nothing passes a snapshot, nor what names no subject")
  func barriers() {
    var triage = Triage()
    _ = triage.add(Self.usage("1"), from: 0)
    _ = triage.add(Self.event("2", .agentSnapshot, "fleet/all"), from: 0)
    _ = triage.add(Self.event("3", .alertRaised, "alert/x", [.subject: "x"]), from: 0)
    _ = triage.add(Self.usage("4"), from: 0)
    _ = triage.add(Self.event("5", .taskCreated, nil), from: 0)
    #expect(Self.urgent(&triage) == ["1", "2", "3", "4", "5"])
    #expect(triage.isEmpty)
  }

  @Test("of a replaced state the newest is applied, with what only older ones said")
  func replacing() throws {
    var triage = Triage()
    #expect(
      triage.add(Self.station("1", "grill", [.state: "paused", .maxOrders: .integer(4)]), from: 0)
        == .waits)
    #expect(triage.add(Self.station("2", "salad", [.state: "active"]), from: 0) == .waits)
    #expect(
      triage.add(Self.station("3", "grill", [.state: "active", .name: "Grill"]), from: 0)
        == .coalesced)
    let taken = triage.takeTelemetry { _ in true }.map(\.event)
    #expect(taken.map(\.id) == ["2", "3"])
    let data = try #require(taken.last?.data)
    #expect(data.text(.state) == "active")
    #expect(data.text(.name) == "Grill")
    #expect(data.integer(.maxOrders) == 4)
  }

  @Test("what was withdrawn stays withdrawn")
  func withdrawn() {
    var newer = Self.station("2", "grill", [.maxOrders: .null])
    newer.absorb(Self.station("1", "grill", [.maxOrders: .integer(4)]), by: .replacing)
    #expect(newer.data.withdraws(.maxOrders))
  }

  @Test("increments are added up")
  func adding() throws {
    var triage = Triage()
    #expect(triage.add(Self.usage("1", tokens: 5), from: 0) == .waits)
    #expect(triage.add(Self.usage("2", tokens: .max), from: 0) == .coalesced)
    #expect(triage.add(Self.usage("3", tokens: 2), from: 0) == .coalesced)
    let event = try #require(triage.takeTelemetry { _ in true }.first?.event)
    #expect(event.id == "3")
    #expect(event.data.integer(.tokensIn) == .max)
    #expect(event.data.number(.cost) == 0.75)
  }

  @Test("telemetry beyond the bound is dropped, the oldest first, only of whom may be dropped")
  func bound() {
    var triage = Triage()
    for number in 0..<Triage.heldBound {
      let kept = triage.add(
        Self.station("\(number)", "s\(number)", [:]), from: 0, mayDrop: number > 0)
      #expect(kept == .waits)
    }
    #expect(triage.add(Self.station("x", "x", [:]), from: 0, mayDrop: true) == .waits)
    #expect(Self.urgent(&triage) == ["0"])
    #expect(
      triage.add(Self.station("y", "y", [:]), from: 0, mayDrop: true) == .dropped(source: "/s"))
    #expect(triage.heldCount == Triage.heldBound)
    let taken = Self.telemetry(&triage)
    #expect(taken.first == "2")
    #expect(taken.suffix(2) == ["x", "y"])
  }

  @Test("sums are never dropped")
  func sums() {
    var triage = Triage()
    for number in 0...Triage.heldBound {
      #expect(triage.add(Self.usage("\(number)", "a\(number)"), from: 0, mayDrop: true) == .waits)
    }
    #expect(Self.urgent(&triage) == ["0"])
  }

  @Test("orders of a connection that may not go on wait; those of another do not")
  func waiting() {
    var triage = Triage()
    _ = triage.add(Self.event("1", .taskCreated, "task/a"), from: 0)
    _ = triage.add(Self.event("2", .taskCreated, "task/b"), from: 1)
    _ = triage.add(Self.event("3", .taskState, "task/a"), from: 1)
    _ = triage.add(Self.event("4", .alertRaised, "alert/x", [.subject: "x"]), from: 0)
    #expect(triage.takeUrgent { $0 == 1 }.map(\.event.id) == ["4", "2"])
    #expect(triage.waitingConnections == [0, 1])
    #expect(triage.isAhead(of: Self.event("5", .taskState, "task/a")))
    #expect(!triage.isAhead(of: Self.event("6", .taskState, "task/c")))
    #expect(Self.urgent(&triage) == ["1", "3"])
    #expect(triage.isEmpty)
  }

  @Test("however often one subject is heard of, no more waits than its newest event")
  func flat() {
    var triage = Triage()
    for number in 0..<20_000 {
      _ = triage.add(Self.station("\(number)", "s\(number % 7)", [:]), from: 0, mayDrop: true)
    }
    #expect(triage.heldCount == 7)
    #expect(Self.telemetry(&triage) == (19_993..<20_000).map(String.init))
  }
}

@Suite struct TokenBucketTests {
  private static func drain(_ bucket: inout TokenBucket, atMost limit: Int = 1_000) -> Int {
    var taken = 0
    while taken < limit, bucket.take() { taken += 1 }
    return taken
  }

  @Test("a second's worth at once, then as many a second as were allowed")
  func rate() {
    var bucket = TokenBucket(rate: 10)
    let start = Timestamp(seconds: 100)
    bucket.refill(at: start)
    #expect(Self.drain(&bucket) == 10)
    #expect(bucket.nextToken == start + .milliseconds(100))
    bucket.refill(at: start + .milliseconds(250))
    #expect(Self.drain(&bucket) == 2)
    bucket.refill(at: start)
    #expect(Self.drain(&bucket) == 0)
    bucket.refill(at: start + .seconds(100))
    #expect(Self.drain(&bucket) == 10)
  }

  @Test(
    "a rate that is none is held within bounds", arguments: [-1, 0, Double.nan, .infinity, 1e300])
  func odd(rate: Double) {
    var bucket = TokenBucket(rate: rate)
    bucket.refill(at: Timestamp(seconds: 1))
    #expect(Self.drain(&bucket, atMost: 1) == 1)
    #expect((0.1...10_000_000).contains(bucket.rate))
  }
}
