/// The violations that are open, and how many of each type were opened in the last 15 minutes.
struct ViolationLog: Codable, Sendable {
  private struct Open: Codable, Sendable {
    let mandate: Int
    let type: String
    var isRecent: Bool
  }

  /// The most violations open at once; further ones are listed with their mandate only.
  static let bound = 4_096

  private var open: [String: Open] = [:]
  private var openByType: [String: Int] = [:]
  private var recentByType: [String: Int] = [:]
  private var expiry = DueQueue<String>()
  /// How many were opened in the last 15 minutes and are not resolved.
  private(set) var recentCount = 0

  /// When the next one turns 15 minutes old.
  var nextDue: Timestamp? { expiry.next }

  /// The types of the recent ones, the most frequent first.
  var counts: [ViolationCount] {
    recentByType.map { ViolationCount(type: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.type) < ($0.count, $1.type) }
  }

  /// Notes a violation; returns how many of its mandate and type are open, nil when its id is
  /// open already or the log is full.
  mutating func add(
    _ id: String, type: String, mandate: Int, at time: Timestamp, now: Timestamp
  ) -> Int? {
    guard open[id] == nil, open.count < Self.bound, expiry.count < 2 * Self.bound else {
      return nil
    }
    let isRecent = time + MandateWindow.length > now
    open[id] = Open(mandate: mandate, type: type, isRecent: isRecent)
    if isRecent {
      recentCount += 1
      recentByType[type, default: 0] += 1
      expiry.schedule(id, at: time + MandateWindow.length)
    }
    openByType[Self.subject(type, mandate), default: 0] += 1
    return openByType[Self.subject(type, mandate)]
  }

  /// Notes that a violation is resolved; its mandate and type, and how many more of them are open.
  mutating func resolve(_ id: String) -> (mandate: Int, type: String, left: Int)? {
    guard let violation = open.removeValue(forKey: id) else { return nil }
    if violation.isRecent { age(violation) }
    let subject = Self.subject(violation.type, violation.mandate)
    let left = (openByType[subject] ?? 1) - 1
    openByType[subject] = left > 0 ? left : nil
    return (violation.mandate, violation.type, left)
  }

  /// Ages the violations that are 15 minutes old by `now`; false when there were none.
  mutating func tick(now: Timestamp) -> Bool {
    var changed = false
    while let (id, _) = expiry.pop(dueBy: now) {
      guard let violation = open[id], violation.isRecent else { continue }
      age(violation)
      open[id]?.isRecent = false
      changed = true
    }
    return changed
  }

  /// Throws when one is of no mandate of the catalogue.
  func check() throws(StateFault) {
    try StateFault.check(
      open.values.allSatisfy { MandateCatalogue.mandates.indices.contains($0.mandate) },
      "a violation is of no mandate")
  }

  /// What the alert of a mandate's violations of one type is about.
  static func subject(_ type: String, _ mandate: Int) -> String {
    "\(MandateCatalogue.mandates[mandate].key) \(type)"
  }

  private mutating func age(_ violation: Open) {
    recentCount -= 1
    let left = (recentByType[violation.type] ?? 1) - 1
    recentByType[violation.type] = left > 0 ? left : nil
  }
}
