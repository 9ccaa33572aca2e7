/// The mandates: what satisfied and violated them in the last 15 minutes.
struct MandateBook: Codable, Sendable {
  /// The most tracking points of a mandate; activations of further ones count for it alone.
  static let pointBound = 16
  /// The most violations listed with a mandate.
  static let violationBound = 32
  /// How far a rate may fall below the window before, in points.
  static let degradationPoints = 20.0

  /// The sixteen mandates by number.
  var mandates = MandateCatalogue.mandates
  /// The newest activations.
  private(set) var activations = Ring<PatternActivation>(bound: 200)
  /// The violations that are open.
  var violations = ViolationLog()
  var window = MandateWindow()
  private var activationCounts = MandateCatalogue.mandates.map { _ in
    [Int](repeating: 0, count: MandateBook.pointBound)
  }
  private var warmth = Cluster.allCases.map { _ in
    SlidingWindow(bucket: .minutes(1), count: 15)
  }
  private var warmUntil: Timestamp?
  private var alarms = MandateAlarms()

  /// When the book next changes by time alone.
  var nextDue: Timestamp? {
    [window.nextDue, violations.nextDue, warmUntil].compactMap(\.self).min()
  }

  /// Applies a mandate or pattern event.
  mutating func apply(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    if kind == .mandateSnapshot {
      restore(event, at: now, context: &context)
      return
    }
    guard let index = index(of: event, at: now, context: &context) else { return }
    let time = min(event.time ?? now, now)
    mandates[index].firstSeen = mandates[index].firstSeen ?? now
    mandates[index].lastEventAt = max(mandates[index].lastEventAt ?? time, time)
    context.changes.insert(.mandates, slot: index)
    switch kind {
    case .mandatePointActivated:
      activate(index, event, at: time, now: now, context: &context)
    case .patternExpired:
      list(index, event, point: point(of: event, in: index), outcome: .expired, at: time)
      context.changes.insert(.activations)
    case .mandateViolationOpened: open(index, event, at: time, now: now, context: &context)
    case .mandateViolationResolved: resolve(index, event, at: time, now: now, context: &context)
    default: break
    }
  }

  /// Makes true what is due by `now`.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
    settle(now: now, context: &context)
    if violations.tick(now: now) { context.changes.insert(.mandates) }
    cool(now: now, context: &context)
  }

  /// Lets leave the window what is 15 minutes old by `now`.
  mutating func settle(now: Timestamp, context: inout BoardContext) {
    while let entry = window.leave(by: now) {
      count(entry, sign: -1)
      judge(entry.mandate, at: now, context: &context)
    }
    while let index = window.forget(by: now) { judge(index, at: now, context: &context) }
  }

  // MARK: Activations

  private mutating func activate(
    _ index: Int, _ event: Event, at time: Timestamp, now: Timestamp,
    context: inout BoardContext
  ) {
    guard let outcome = outcome(of: event, at: now, context: &context) else { return }
    let point = point(of: event, in: index)
    list(index, event, point: point, outcome: outcome, at: time)
    if let place = point.place {
      mandates[index].points[place].lastAt =
        max(mandates[index].points[place].lastAt ?? time, time)
    }
    warm(mandates[index].cluster, at: time, now: now)
    context.changes.insert(.activations)
    guard outcome != .activated, time + MandateWindow.length > now else { return }
    let isViolation = outcome == .violated
    add(
      MandateWindow.Entry(
        mandate: index, point: point.place ?? -1, satisfied: isViolation ? 0 : 1,
        violated: isViolation ? 1 : 0, at: time))
    judge(index, at: now, context: &context)
  }

  private func outcome(
    of event: Event, at now: Timestamp, context: inout BoardContext
  ) -> PointOutcome? {
    guard let word = event.data.text(.state) else { return .satisfied }
    guard let outcome = PointOutcome(rawValue: word) else {
      context.reportUnmapped(word, event: event, at: now)
      return nil
    }
    return outcome
  }

  /// The point an event names and its place in the mandate.
  private mutating func point(of event: Event, in index: Int) -> (id: String, place: Int?) {
    let id = event.data.text(.point) ?? "-"
    return (id, place(of: id, in: index))
  }

  /// The place of a point in its mandate; a point it did not know is added while there is room.
  mutating func place(of id: String, in index: Int) -> Int? {
    if let place = mandates[index].points.firstIndex(where: { $0.id == id }) { return place }
    guard mandates[index].points.count < Self.pointBound else { return nil }
    mandates[index].points.append(TrackingPoint(id: id))
    return mandates[index].points.count - 1
  }

  private mutating func list(
    _ index: Int, _ event: Event, point: (id: String, place: Int?), outcome: PointOutcome,
    at time: Timestamp
  ) {
    let place = point.place ?? Self.pointBound - 1
    if outcome != .expired { activationCounts[index][place] += 1 }
    activations.append(
      PatternActivation(
        id: event.id, at: time, cluster: mandates[index].cluster, mandate: mandates[index].key,
        point: point.id, agent: event.data.text(.agent), outcome: outcome,
        number: activationCounts[index][place]))
  }

  /// Adds counts to the window and drops what it could not hold.
  mutating func add(_ entry: MandateWindow.Entry) {
    count(entry, sign: 1)
    if let dropped = window.add(entry) { count(dropped, sign: -1) }
  }

  private mutating func count(_ entry: MandateWindow.Entry, sign: Int) {
    mandates[entry.mandate].satisfied += sign * entry.satisfied
    mandates[entry.mandate].violated += sign * entry.violated
    guard mandates[entry.mandate].points.indices.contains(entry.point) else { return }
    mandates[entry.mandate].points[entry.point].satisfied += sign * entry.satisfied
    mandates[entry.mandate].points[entry.point].violated += sign * entry.violated
  }

  /// Takes over what the window knows and raises or withdraws the alerts of a mandate.
  mutating func judge(_ index: Int, at now: Timestamp, context: inout BoardContext) {
    let before = window.before[index]
    let observed = before.satisfied + before.violated
    mandates[index].previousRate =
      observed >= 5 ? Double(before.satisfied) / Double(observed) : nil
    context.changes.insert(.mandates, slot: index)
    alarms.judge(mandates[index], at: now, context: &context)
    alarms.judge(standing(of: mandates[index].cluster), at: now, context: &context)
  }

  // MARK: Heat

  private mutating func warm(_ cluster: Cluster, at time: Timestamp, now: Timestamp) {
    warmth[cluster.rawValue].advance(to: now)
    warmth[cluster.rawValue].add(at: time)
    warmUntil = warmUntil ?? Self.nextMinute(after: now)
  }

  /// Moves the heat rows on at each full minute while any of them is warm.
  private mutating func cool(now: Timestamp, context: inout BoardContext) {
    guard let due = warmUntil, due <= now else { return }
    for index in warmth.indices { warmth[index].advance(to: now) }
    warmUntil = warmth.contains { $0.total > 0 } ? Self.nextMinute(after: now) : nil
    context.changes.insert(.activations)
  }

  private static func nextMinute(after now: Timestamp) -> Timestamp {
    let minute: Int64 = 60_000_000
    let past = now.microseconds % minute
    return now + Span(microseconds: past < 0 ? -past : minute - past)
  }

  /// The activations of a cluster in each of the newest 15 minutes, oldest first.
  func heat(_ cluster: Cluster) -> [Int] { warmth[cluster.rawValue].values.map { Int($0) } }
}

extension MandateBook {
  /// Throws unless it is about the mandates of the catalogue.
  func check() throws(StateFault) {
    let isWhole =
      mandates.map(\.number) == Array(1...16) && mandates.allSatisfy(\.isPossible)
      && activationCounts.map(\.count) == Array(repeating: Self.pointBound, count: 16)
      && warmth.count == Cluster.allCases.count
    for row in warmth { try row.check(15, times: .minutes(1)) }
    try StateFault.check(isWhole, "the mandates are not those of the catalogue")
    try window.check()
    try violations.check()
  }
}

extension Mandate {
  fileprivate var isPossible: Bool {
    points.count <= MandateBook.pointBound && previousRate.map { (0...1).contains($0) } ?? true
  }
}
