/// What happened to events on their way in: applied, repeated, late, unmapped, missing.
package struct StreamLedger: Codable, Sendable {
  /// What to do with an event.
  package enum Admission: Equatable, NumberedCase, Sendable {
    case apply
    /// The same (source, id) was seen.
    case duplicate
    /// A newer event of the subject was applied.
    case late
  }

  /// One received event and when it came, for the tail.
  package struct Arrival: Codable, Sendable {
    package let event: Event
    package let at: Timestamp
    package let admission: Admission

    /// An event of a moment, and what was done with it.
    package init(event: Event, at: Timestamp, admission: Admission) {
      self.event = event
      self.at = at
      self.admission = admission
    }
  }

  /// The most sources told apart; events of further ones share the last place.
  package static let sourceBound = 4_096
  /// The most unmapped words counted each.
  package static let unmappedBound = 256

  /// The sources in order of appearance.
  package private(set) var sources: [SourceFacts] = []
  /// Our connections, in the order they were given.
  package private(set) var connections: [Connection] = []
  /// The newest events.
  package private(set) var tail = Ring<Arrival>(bound: 256)
  /// Events in each of the last 60 seconds, over all sources.
  package private(set) var rate = SlidingWindow(bucket: .seconds(1), count: 60)
  /// The most events seen in one second.
  package private(set) var peakRate: Int64 = 0
  /// What was received in all, and what became of it.
  package private(set) var received = 0, applied = 0, duplicates = 0, late = 0, unmapped = 0
  /// Of the applied: those that became part of a newer one, and those dropped, under overload.
  package private(set) var coalesced = 0, dropped = 0
  /// Inbound data that was no event at all (bad JSON, a missing attribute).
  package private(set) var malformed = 0
  /// The newest reason why data was no event.
  package private(set) var lastMalformed: String?
  /// How often a connection brought something else than was sent, and how that last showed.
  package private(set) var damaged = 0
  package private(set) var lastDamage: String?
  /// How often each type or status outside the catalogue was seen (at most `unmappedBound`).
  package private(set) var unmappedWords: [String: Int] = [:]
  /// Entities that were refused because their collection is full.
  package internal(set) var refusedEntities = 0

  private var duplicateWindow = DuplicateWindow()
  private var subjects = SubjectOrder()
  private var indexBySource: [String: Int] = [:]
  private var seeds: [UInt64] = []
  private var lastSource = -1
  private var lastSecond: Int64 = .min
  private var thisSecond: Int64 = 0

  /// Nothing received.
  package init() {}

  /// Judges an event and counts it.
  mutating func admit(_ event: Event, at now: Timestamp) -> (Admission, opened: SequenceGap?) {
    let source = sourceIndex(event.source)
    countArrival(event, source: source, at: now)
    guard duplicateWindow.insert(source: seeds[source], id: event.id) else {
      sources[source].duplicates += 1
      duplicates += 1
      tail.append(Arrival(event: event, at: now, admission: .duplicate))
      return (.duplicate, nil)
    }
    let opened = followSequence(event, source: source, at: now)
    let admission = judgeOrder(event, source: source)
    tail.append(Arrival(event: event, at: now, admission: admission))
    return (admission, opened)
  }

  /// Counts a type or status outside the catalogue.
  mutating func countUnmapped(_ word: String, source: String) {
    unmapped += 1
    sources[sourceIndex(source)].unmapped += 1
    if unmappedWords[word] != nil || unmappedWords.count < Self.unmappedBound {
      unmappedWords[word, default: 0] += 1
    }
  }

  /// Counts inbound data that was no event.
  mutating func countMalformed(_ reason: String) {
    malformed += 1
    lastMalformed = reason
  }

  /// Counts an event that became part of a newer one before it was applied.
  mutating func countCoalesced(_ source: String) {
    coalesced += 1
    sources[sourceIndex(source)].coalesced += 1
  }

  /// Counts an event that was never applied: its connection sent more than it may.
  mutating func countDropped(_ source: String) {
    dropped += 1
    sources[sourceIndex(source)].dropped += 1
  }

  /// Counts damage in transit.
  mutating func countDamaged(_ reason: String) {
    damaged += 1
    lastDamage = reason
  }

  /// Closes the open gaps of a source: a snapshot made up for them.
  mutating func resync(_ source: String, at now: Timestamp) {
    let index = sourceIndex(source)
    for gap in sources[index].recentGaps.indices
    where sources[index].recentGaps[gap].resyncedAt == nil {
      sources[index].recentGaps[gap].resyncedAt = now
    }
    sources[index].missing = 0
  }

  /// Adds a connection and returns its number.
  mutating func addConnection(_ name: String, at now: Timestamp) -> Int {
    connections.append(Connection(name: name, at: now))
    return connections.count - 1
  }

  /// Notes something about a connection; an unknown number is ignored.
  mutating func updateConnection(_ number: Int, _ change: (inout Connection) -> Void) {
    guard connections.indices.contains(number) else { return }
    change(&connections[number])
  }

  /// Whether every connection shows current data; true without any.
  package var isCurrent: Bool { connections.allSatisfy { $0.state.isCurrent } }

  /// Jumps in the sequences of sources and in the feeds of connections; nil while no source numbers
  /// its events and no feed has jumped.
  package var gaps: Int? {
    let counts = sources.compactMap(\.gaps) + connections.map(\.gaps).filter { $0 > 0 }
    return counts.isEmpty ? nil : counts.reduce(0, +)
  }

  /// Events still missing of those gaps.
  package var missing: Int64 {
    (sources.map(\.missing) + connections.map(\.missing)).reduce(Int64(0)) {
      $0.addingClamping($1)
    }
  }

  private mutating func sourceIndex(_ name: String) -> Int {
    if lastSource >= 0, sources[lastSource].name == name { return lastSource }
    if let index = indexBySource[name] {
      lastSource = index
      return index
    }
    guard sources.count < Self.sourceBound else { return sources.count - 1 }
    sources.append(SourceFacts(name: name))
    seeds.append(DuplicateWindow.seed(name))
    indexBySource[name] = sources.count - 1
    lastSource = sources.count - 1
    return lastSource
  }

  private mutating func countArrival(_ event: Event, source: Int, at now: Timestamp) {
    received += 1
    rate.add(at: now)
    sources[source].rate.add(at: now)
    sources[source].lastArrival = now
    if let time = event.time { countLag(now - time, source: source) }
    let second = now.microseconds / 1_000_000
    thisSecond = second == lastSecond ? thisSecond + 1 : 1
    lastSecond = second
    peakRate = max(peakRate, thisSecond)
  }

  private mutating func countLag(_ lag: Span, source: Int) {
    if lag < .milliseconds(-50) {
      sources[source].skewed += 1
      sources[source].skew = Span(microseconds: 0 &- max(lag.microseconds, .min + 1))
    } else if lag < .minutes(1) {
      sources[source].lag.record(lag)
    }
  }

  private mutating func judgeOrder(_ event: Event, source: Int) -> Admission {
    if let subject = event.subject, case .known(let kind) = event.type, !kind.isAdditive,
      !subjects.advance(event, subject: subject, source: source)
    {
      sources[source].late += 1
      late += 1
      return .late
    }
    sources[source].applied += 1
    applied += 1
    return .apply
  }

  /// Follows an upstream sequence: a jump opens a gap, a number from inside a gap narrows it.
  private mutating func followSequence(
    _ event: Event, source: Int, at now: Timestamp
  ) -> SequenceGap? {
    guard event.sequenceBasis == .upstream, let number = event.sequence else { return nil }
    guard let last = sources[source].lastSequence else {
      sources[source].lastSequence = number
      sources[source].gaps = 0
      return nil
    }
    guard number > last else {
      narrowGap(around: number, source: source)
      return nil
    }
    sources[source].lastSequence = number
    // An absurd jump counts as 10^12, so that sums of gaps stay numbers.
    let (step, overflow) = number.subtractingReportingOverflow(last)
    guard overflow || step > 1 else { return nil }
    let missing = overflow ? 1_000_000_000_000 : min(step - 1, 1_000_000_000_000)
    let gap = SequenceGap(from: last + 1, to: number - 1, missing: missing, at: now)
    sources[source].gaps = (sources[source].gaps ?? 0) + 1
    sources[source].missing = sources[source].missing.addingClamping(gap.missing)
    sources[source].recentGaps.append(gap)
    if sources[source].recentGaps.count > 64 { sources[source].recentGaps.removeFirst() }
    return gap
  }

  private mutating func narrowGap(around number: Int64, source: Int) {
    guard
      let gap = sources[source].recentGaps.lastIndex(where: {
        $0.from <= number && number <= $0.to && $0.missing > 0 && $0.resyncedAt == nil
      })
    else { return }
    sources[source].recentGaps[gap].missing -= 1
    sources[source].missing -= 1
  }
}

extension StreamLedger {
  /// What is written; `seeds`, `indexBySource` and `lastSource` follow from the sources.
  private enum CodingKeys: CodingKey {
    case sources, connections, tail, rate, peakRate, received, applied, duplicates, late, unmapped
    case coalesced, dropped, malformed, lastMalformed, damaged, lastDamage, unmappedWords
    case refusedEntities, duplicateWindow, subjects, lastSecond, thisSecond
  }

  /// Finds the sources again that were read back; throws when they cannot have been written.
  mutating func restore() throws(StateFault) {
    for (index, source) in sources.enumerated() {
      seeds.append(DuplicateWindow.seed(source.name))
      indexBySource[source.name] = indexBySource[source.name] ?? index
    }
    try StateFault.check(sources.count <= Self.sourceBound, "there are too many sources")
    for total in sources.map(\.missing) + [peakRate, thisSecond] {
      try StateFault.check(total: total)
    }
    for window in sources.map(\.rate) + [rate] { try window.check(60, times: .seconds(1)) }
    for connection in connections { try connection.check() }
  }
}
