import Domain
import Hub
import Testing
import Wire

@Suite("Scenarios")
struct ScenarioTests {
  /// 2026-11-21T19:00:00Z.
  private static let start = Timestamp(seconds: 1_795_287_600)

  private func generator(_ scenario: Scenario, seed: UInt64 = 7) -> ScenarioGenerator {
    ScenarioGenerator(scenario: scenario, seed: seed, start: Self.start)
  }

  private func encoded(_ scenario: Scenario, seed: UInt64, count: Int) -> [UInt8] {
    var generator = generator(scenario, seed: seed)
    let encoder = CloudEventEncoder()
    var bytes: [UInt8] = []
    for _ in 0..<count {
      guard let (due, event) = generator.next() else { break }
      bytes += "\(due.microseconds) ".utf8
      encoder.append(event, to: &bytes)
    }
    return bytes
  }

  /// The events due within `span`, with their due times.
  private func play(
    _ scenario: Scenario, seed: UInt64 = 7, for span: Span
  ) -> [(due: Timestamp, event: Event)] {
    var generator = generator(scenario, seed: seed)
    var played: [(due: Timestamp, event: Event)] = []
    while let next = generator.next(), next.due <= Self.start + span { played.append(next) }
    return played
  }

  @Test("the same seed plays the same bytes", arguments: Scenario.allCases)
  func isDeterministic(scenario: Scenario) {
    let first = encoded(scenario, seed: 42, count: 700)
    #expect(first == encoded(scenario, seed: 42, count: 700))
    #expect(first != encoded(scenario, seed: 43, count: 700))
  }

  @Test(
    "every event survives the codec, and due times never step back", arguments: Scenario.allCases)
  func survivesCodec(scenario: Scenario) throws {
    let encoder = CloudEventEncoder()
    var decoder = CloudEventDecoder()
    var last = Self.start
    for (due, event) in play(scenario, for: .minutes(2)) {
      #expect(due >= last)
      last = due
      var bytes: [UInt8] = []
      encoder.append(event, to: &bytes)
      #expect(try decoder.decode(bytes) == event)
    }
  }

  @Test("ids are told once, but for a rare repeat of the whole event")
  func repeatsAreWhole() {
    var seen: [String: Event] = [:]
    var repeats = 0
    let played = play(.mixed, for: .minutes(10))
    for (_, event) in played {
      let key = "\(event.source) \(event.id)"
      if let known = seen[key] {
        repeats += 1
        #expect(known == event)
      }
      seen[key] = event
    }
    #expect(repeats > 0)
    #expect(repeats * 100 < played.count)
  }

  @Test(
    "a scenario keeps to the measured rates",
    arguments: [
      Pace(.dinnerRush, minutes: 30, sustained: 1.9...3.2, peak: 15...60),
      Pace(.smallRestaurant, minutes: 30, sustained: 0.25...0.5, peak: 3...16),
      Pace(.agentRun, minutes: 30, sustained: 0.2...0.8, peak: 3...20),
      Pace(.agentFleet, minutes: 3, sustained: 37...60, peak: 60...300),
      Pace(.mixed, minutes: 20, sustained: 8...15, peak: 15...80),
    ])
  func keepsRates(pace: Pace) {
    var bySecond: [Int64: Int] = [:]
    for (due, _) in play(pace.scenario, for: .minutes(pace.minutes)) where due > Self.start {
      bySecond[(due - Self.start).wholeSeconds, default: 0] += 1
    }
    let rate = Double(bySecond.values.reduce(0, +)) / Double(pace.minutes * 60)
    let peak = bySecond.values.max() ?? 0
    #expect(pace.sustained.contains(rate), "\(rate)/s")
    #expect(pace.peak.contains(peak), "\(peak)/s")
  }

  /// Events a second that a scenario must keep to.
  struct Pace: Sendable {
    let scenario: Scenario
    let minutes: Int64
    let sustained: ClosedRange<Double>
    let peak: ClosedRange<Int>

    init(
      _ scenario: Scenario, minutes: Int64, sustained: ClosedRange<Double>, peak: ClosedRange<Int>
    ) {
      self.scenario = scenario
      self.minutes = minutes
      self.sustained = sustained
      self.peak = peak
    }
  }

  @Test("the first five seconds of the mixed scenario fill every pane")
  func opensMidService() {
    var board = Board()
    for (due, event) in play(.mixed, for: .seconds(5)) {
      board.advance(to: due)
      board.record(event, at: due)
    }
    board.advance(to: Self.start + .seconds(5))
    #expect(board.fleet.mandates.count { $0.observed >= 5 } >= 6)
    #expect(board.fleet.activationCount > 20)
    #expect(board.fleet.agentCount >= 15)
    #expect(board.fleet.taskCount >= 10)
    #expect(board.fleet.evidenceCount >= 10)
    #expect(board.kitchen.stations.count == 7)
    #expect(board.kitchen.ticketCount >= 10)
    #expect(board.kitchen.allDayCount > 5)
    #expect(board.kitchen.tableCount == 64)
    #expect(board.kitchen.presenceCount == 24)
    #expect(board.kitchen.transcriptions(10).count >= 5)
    #expect(board.alerts.openCount >= 5)
  }

  @Test("an hour of the mixed scenario raises the alerts it plans, and no word but one is unknown")
  func raisesPlannedAlerts() {
    var board = Board()
    var codes: Set<String> = []
    for (place, (due, event)) in play(.mixed, for: .minutes(60)).enumerated() {
      board.advance(to: due)
      board.record(event, at: due)
      guard place % 64 == 0 else { continue }
      for alert in board.alerts.alerts(from: 0, limit: 500) { codes.insert(alert.key.code) }
    }
    let planned: [AlertCode] = [
      .allergenWarning, .evidenceFailed, .mandateViolation, .agentStalled, .orderUnrouted,
      .streamGap, .stationOverload, .duplicateOrder, .ticketLate, .agentWaiting, .chainBlocked,
      .agentOrphan, .unmappedStatus,
    ]
    #expect(planned.filter { !codes.contains($0.rawValue) } == [])
    #expect(board.stream.unmappedWords.keys.sorted() == ["preparing"])
    #expect(board.stream.refusedEntities == 0)
    #expect(board.stream.duplicates > 0)
    #expect((board.stream.gaps ?? 0) > 0)
  }
}
