import Domain
import Testing

@Suite("Stream ledger")
struct StreamLedgerTests {
  private func event(
    _ id: String, sequence: Int64? = nil, basis: SequenceBasis = .upstream, source: String = "/s",
    subject: String? = nil, version: Int64? = nil, second: Int64? = nil,
    kind: EventKind = .taskState
  ) -> Event {
    var data = Fields([.task: "T"])
    if let version { data[.version] = .integer(version) }
    return Event(
      id: id, source: source, type: .known(kind), subject: subject,
      time: second.map(Timestamp.init(seconds:)), sequence: sequence, sequenceBasis: basis,
      data: data)
  }

  @Test("a repeated event is counted and not applied")
  func duplicates() {
    var board = Board()
    for id in ["1", "2", "1"] {
      _ = board.apply(event(id), at: Timestamp(seconds: 1))
    }
    #expect(board.stream.received == 3)
    #expect(board.stream.applied == 2)
    #expect(board.stream.duplicates == 1)
    #expect(board.stream.sources.map(\.duplicates) == [1])
    #expect(board.stream.tail.newest(0)?.admission == .duplicate)
  }

  @Test("an event older than its subject is late, unless it adds a fact of its own")
  func late() {
    var board = Board()
    let now = Timestamp(seconds: 100)
    _ = board.apply(event("1", subject: "task/T", version: 5), at: now)
    _ = board.apply(event("2", subject: "task/T", version: 4), at: now)
    _ = board.apply(
      event("3", subject: "task/T", version: 3, kind: .agentUsage), at: now)
    #expect(board.stream.late == 1)
    #expect(board.stream.applied == 2)
    #expect(board.stream.tail.newest(1)?.admission == .late)
  }

  @Test("a jump in an upstream sequence opens a gap, raises an alert, and narrows again")
  func gaps() {
    var board = Board()
    let now = Timestamp(seconds: 1)
    for number: Int64 in [10, 11, 15] {
      _ = board.apply(event("e\(number)", sequence: number), at: now)
    }
    #expect(board.stream.gaps == 1)
    #expect(board.stream.missing == 3)
    #expect(board.stream.sources[0].recentGaps.map(\.from) == [12])
    #expect(board.stream.sources[0].recentGaps.map(\.to) == [14])
    #expect(board.alerts.alerts(from: 0, limit: 1).first?.text == "3 missing (12-14)")
    for number: Int64 in [13, 12, 13, 14, 14] {
      _ = board.apply(event("f\(number)", sequence: number), at: now)
    }
    #expect(board.stream.missing == 0)
    #expect(board.stream.gaps == 1)
  }

  @Test("only upstream numbers show gaps; without any there is no number of gaps")
  func bases() {
    var board = Board()
    for number: Int64 in [1, 5, 9] {
      _ = board.apply(
        event("a\(number)", sequence: number, basis: .adapter), at: Timestamp(seconds: 1))
      _ = board.apply(
        event("u\(number)", sequence: number, basis: .unstated), at: Timestamp(seconds: 1))
    }
    #expect(board.stream.gaps == nil)
    #expect(board.stream.missing == 0)
  }

  @Test("a resynchronisation closes the gaps of its source only")
  func resync() {
    var board = Board()
    let now = Timestamp(seconds: 1)
    for source in ["/a", "/b"] {
      for number: Int64 in [1, 4] {
        _ = board.apply(event("\(number)", sequence: number, source: source), at: now)
      }
    }
    #expect(board.stream.missing == 4)
    _ = board.apply(
      Event(id: "r", source: "/a", type: .known(.streamResynced)), at: Timestamp(seconds: 2))
    #expect(board.stream.missing == 2)
    #expect(board.stream.sources[0].recentGaps[0].resyncedAt == Timestamp(seconds: 2))
    _ = board.apply(event("late", sequence: 2, source: "/a"), at: now)
    #expect(board.stream.missing == 2)
  }

  @Test("the furthest sequence numbers do not trap")
  func extremes() {
    var board = Board()
    for number: Int64 in [.min, .max, 0, .min, -1, .max] {
      for source in ["/a", "/b"] {
        for (id, moment) in [("x", Int64.max), ("y", .min)] {
          _ = board.apply(
            event("\(id)\(number)", sequence: number, source: source),
            at: Timestamp(microseconds: moment))
        }
      }
    }
    #expect(board.stream.gaps == 2)
    #expect(board.stream.missing > 0)
  }

  @Test("the lag is arrival minus origin time, where one is told")
  func lag() {
    var board = Board()
    _ = board.apply(event("1", second: 10), at: Timestamp(microseconds: 10_040_000))
    _ = board.apply(event("2"), at: Timestamp(seconds: 11))
    #expect(board.stream.sources[0].lag.count == 1)
    #expect(board.stream.sources[0].lag.maximum == .milliseconds(40))
  }

  @Test("the peak is the most events of one second")
  func peak() {
    var board = Board()
    for (number, second) in [1, 1, 1, 2, 2, 3].enumerated() {
      _ = board.apply(event("\(number)"), at: Timestamp(seconds: Int64(second)))
    }
    #expect(board.stream.peakRate == 3)
    #expect(board.stream.rate.total == 6)
  }

  @Test("random order with losses agrees with counting what is missing", arguments: [61, 62])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var board = Board()
    var waiting: [Int64] = []
    var seen: Set<Int64> = [0]
    _ = board.apply(event("0", sequence: 0), at: Timestamp(seconds: 1))
    for number: Int64 in 1...400 {
      switch random.next() % 8 {
      case 0: continue
      case 1: waiting.append(number)
      default:
        seen.insert(number)
        _ = board.apply(event("\(number)", sequence: number), at: Timestamp(seconds: 1))
      }
      if random.next() % 4 == 0, let late = waiting.popLast() {
        seen.insert(late)
        _ = board.apply(event("\(late)", sequence: late), at: Timestamp(seconds: 1))
      }
    }
    let highest = seen.max() ?? 0
    #expect(board.stream.missing == highest + 1 - Int64(seen.count))
  }
}
