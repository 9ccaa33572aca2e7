/// The 15-minute window of mandate activations, and the 15 minutes before it.
///
/// Each activation leaves the window exactly 15 minutes after its own time, in whatever order
/// activations arrive. At most `bound` are held in each half; beyond it the oldest leave early.
struct MandateWindow: Sendable {
  /// Activations of one point at one moment; several when a snapshot told only their number.
  struct Entry: Sendable {
    let mandate: Int, point: Int
    var satisfied: Int, violated: Int
    let at: Timestamp
  }

  /// The length of the window.
  static let length = Span.minutes(15)
  /// The most activations held in each half.
  static let bound = 65_536

  private var current = DueQueue<Entry>()
  private var previous = DueQueue<Entry>()
  /// What was observed of each mandate in the window before this one.
  private(set) var before = [(satisfied: Int, violated: Int)](
    repeating: (0, 0), count: MandateCatalogue.mandates.count)

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
