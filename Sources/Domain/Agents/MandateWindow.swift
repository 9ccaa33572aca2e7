/// The 15-minute window of mandate activations, and the 15 minutes before it.
///
/// Each activation leaves the window exactly 15 minutes after its own time, in whatever order
/// activations arrive. At most `bound` are held in each half; beyond it the oldest leave early.
struct MandateWindow: Codable, Sendable {
  /// Activations of one point at one moment; several when a snapshot told only their number.
  struct Entry: Equatable, Sendable {
    let mandate: Int, point: Int
    var satisfied: Int, violated: Int
    let at: Timestamp
  }

  /// What was observed of a mandate.
  struct Balance: Codable, Sendable {
    var satisfied = 0, violated = 0
  }

  /// The length of the window.
  static let length = Span.minutes(15)
  /// The most activations held in each half.
  static let bound = 65_536

  private var current = DueQueue<Entry>()
  private var previous = DueQueue<Entry>()
  /// What was observed of each mandate in the window before this one.
  private(set) var before = [Balance](
    repeating: Balance(), count: MandateCatalogue.mandates.count)

  /// When the next activation leaves a half.
  var nextDue: Timestamp? {
    guard let current = current.next else { return previous.next }
    return min(current, previous.next ?? current)
  }

  /// Adds an activation; returns the one that had to give way.
  mutating func add(_ entry: Entry) -> Entry? {
    current.schedule(entry, at: entry.at + Self.length)
    guard current.count > Self.bound else { return nil }
    return leave(by: Timestamp(microseconds: .max))
  }

  /// The next activation that has left the window by `now`.
  mutating func leave(by now: Timestamp) -> Entry? {
    guard let (entry, due) = current.pop(dueBy: now) else { return nil }
    before[entry.mandate].satisfied += entry.satisfied
    before[entry.mandate].violated += entry.violated
    previous.schedule(entry, at: due + Self.length)
    if previous.count > Self.bound { _ = forget(by: Timestamp(microseconds: .max)) }
    return entry
  }

  /// Forgets an activation that has left the window before by `now`; its mandate.
  mutating func forget(by now: Timestamp) -> Int? {
    guard let (entry, _) = previous.pop(dueBy: now) else { return nil }
    before[entry.mandate].satisfied -= entry.satisfied
    before[entry.mandate].violated -= entry.violated
    return entry.mandate
  }
}

// In one number each: the window may hold 131,072 of them.
extension MandateWindow.Entry: Codable {
  private static let amountBits = 21

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    let amounts = violated << Self.amountBits | satisfied
    try container.encode(amounts << 9 | (point + 1) << 4 | mandate)
    try container.encode(at)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let number = try container.decode(Int.self)
    let mask = 1 << Self.amountBits - 1
    self.init(
      mandate: number & 15, point: (number >> 4 & 31) - 1, satisfied: number >> 9 & mask,
      violated: number >> (9 + Self.amountBits) & mask, at: try container.decode(Timestamp.self))
  }
}

extension MandateWindow {
  /// Throws unless it has a balance for each mandate.
  func check() throws(StateFault) {
    try StateFault.check(
      before.count == MandateCatalogue.mandates.count, "mandates are missing in their window")
  }
}
