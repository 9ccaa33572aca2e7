/// The rates and durations of the kitchen as a whole.
///
/// Ticket time runs from the creation of an order until all its tickets are bumped; station time
/// runs from the firing of a ticket until its bump. They are never mixed.
struct KitchenStatistics: Codable, Sendable {
  /// Orders created in each of the last 60 minutes.
  private(set) var created = SlidingWindow(bucket: .minutes(1), count: 60)
  /// Bumps, and of these the late ones, in the last 15 minutes.
  var bumped = SlidingWindow(bucket: .minutes(1), count: 15)
  var bumpedLate = SlidingWindow(bucket: .minutes(1), count: 15)
  /// Ticket and station times of the last 15 minutes.
  var ticketTimes = SampleWindow()
  var stationTimes = SampleWindow()
  /// Transitions the state machine of tickets does not know.
  var syncErrors = 0
  /// Whether the kitchen-wide conditions hold now.
  var isOverloaded = false, isSpiking = false
  private var firstOrderAt: Timestamp?

  /// Notes an order's creation.
  mutating func noteOrder(createdAt: Timestamp) {
    created.add(at: createdAt)
    firstOrderAt = min(firstOrderAt ?? createdAt, createdAt)
  }

  /// Lets what is too old fall out.
  mutating func advance(to now: Timestamp) {
    created.advance(to: now)
    bumped.advance(to: now)
    bumpedLate.advance(to: now)
    ticketTimes.advance(to: now)
    stationTimes.advance(to: now)
  }

  /// Whether anything is left that will fall out.
  var isEmpty: Bool {
    created.total == 0 && bumped.total == 0 && ticketTimes.count == 0 && stationTimes.count == 0
  }

  /// Whether orders came in the last 5 minutes at twice their usual rate, and at least 10.
  ///
  /// The usual rate is the mean of the 55 minutes before, or of as many whole minutes of them as
  /// orders have been seen for; below 5 minutes nothing is usual yet. Minutes are clock minutes,
  /// the current one included.
  func isRushSpike(at now: Timestamp) -> Bool {
    guard let firstOrderAt else { return false }
    let observed = min(55, now.minute - firstOrderAt.minute - 4)
    guard observed >= 5 else { return false }
    let newest = created.values.suffix(5).reduce(0, +)
    let before = created.total - newest
    return newest >= 10 && newest * observed >= 2 * before * 5
  }
}

extension KitchenStatistics {
  /// Throws unless its windows are those it was made with.
  func check() throws(StateFault) {
    try created.check(60, times: .minutes(1))
    for window in [bumped, bumpedLate] { try window.check(15, times: .minutes(1)) }
  }
}
