/// What happened over the whole of a session or tape: how much in each stretch of time, and where
/// its alerts were raised and its markers are.
///
/// At most `bucketBound` stretches, all of one length: when they are full, each two become one.
package struct Timeline: Sendable {
  /// A stretch of time.
  package struct Bucket: Equatable, Sendable {
    /// The events that came.
    package var events = 0
    /// The worst severity of the alerts raised in it; 0 for none.
    package var severity = 0
    package var markers = 0
    /// Whether events are missing that others of their sequence tell of.
    package var hasGap = false
    /// Whether a connection was not current at some time of it.
    package var hasOutage = false

    /// A stretch in which nothing has happened yet.
    package init() {}

    /// Adds what happened in another stretch.
    package mutating func merge(_ other: Bucket) {
      events &+= other.events
      severity = max(severity, other.severity)
      markers &+= other.markers
      hasGap = hasGap || other.hasGap
      hasOutage = hasOutage || other.hasOutage
    }
  }

  /// A moment worth going to: an alert was raised, or someone put a marker.
  package struct Stop: Equatable, Sendable {
    package let at: Timestamp
    /// The alert's code and subject, or the marker's label.
    package let words: String
    package let isMarker: Bool
  }

  package static let bucketBound = 1_024
  /// The most stops kept; beyond it the oldest are forgotten.
  package static let stopBound = 16_384
  /// The length of a bucket at first.
  private static let firstWidth = Span.milliseconds(250)

  package let start: Timestamp
  /// The moment up to which everything is known.
  package private(set) var end: Timestamp
  /// The length of a bucket.
  package private(set) var width = Timeline.firstWidth
  /// The stretches from the start to the end, in order.
  package private(set) var buckets: [Bucket] = []
  /// The stops in order of time, one a moment.
  package private(set) var stops: [Stop] = []
  /// Whether nothing more will come.
  package var isComplete = false

  private var received: Int
  private var isCurrent = true

  /// A timeline on which nothing has happened yet; `received` events came before.
  package init(start: Timestamp, received: Int = 0) {
    self.start = start
    self.received = received
    end = start
  }

  /// Notes what became of a board up to a moment; `changes` is what changed on it since the last
  /// call.
  package mutating func note(_ board: Board, _ changes: Changes, at now: Timestamp) {
    let last = end
    reach(now)
    let stream = board.stream
    if changes.collections.contains(.stream) {
      if stream.received > received {
        buckets[place(of: now)].events &+= stream.received - received
        received = stream.received
      }
      let wasCurrent = isCurrent
      isCurrent = stream.isCurrent
      if !isCurrent { buckets[place(of: now)].hasOutage = true }
      if !wasCurrent { noteOutage(from: last, to: now) }
    } else if !isCurrent {
      noteOutage(from: last, to: now)
    }
    if changes.collections.contains(.alerts) { noteAlerts(board.alerts, changes, since: last) }
  }

  /// Notes a marker.
  package mutating func mark(_ label: String, at moment: Timestamp) {
    reach(max(end, moment))
    buckets[place(of: moment)].markers += 1
    insert(Stop(at: max(start, moment), words: label, isMarker: true))
  }

  /// How many markers there are.
  package var markerCount: Int { buckets.reduce(0) { $0 &+ $1.markers } }

  /// The nearest stop after a moment (`direction` 1) or before it (-1); nil when none is known.
  package func stop(from moment: Timestamp, _ direction: Int) -> Stop? {
    if direction > 0 {
      let next = place(in: stops, after: moment)
      return next < stops.count ? stops[next] : nil
    }
    // The last that is not at or after the moment.
    let next = place(in: stops, after: Timestamp(microseconds: moment.microseconds &- 1))
    return next > 0 ? stops[next - 1] : nil
  }

  /// The bucket of a moment; one outside has that of the nearest end.
  package func place(of moment: Timestamp) -> Int {
    let passed = max(0, (moment - start).microseconds)
    return min(max(0, buckets.count - 1), Int(clamping: passed / width.microseconds))
  }
}

extension Timeline {
  /// Lets the end reach a moment; time never steps back.
  private mutating func reach(_ moment: Timestamp) {
    end = max(end, moment)
    let last = (end - start).microseconds
    while last / width.microseconds >= Int64(Self.bucketBound) { halve() }
    let count = Int(last / width.microseconds) + 1
    if buckets.count < count {
      buckets += Array(repeating: Bucket(), count: count - buckets.count)
    }
  }

  private mutating func halve() {
    width = Span(microseconds: width.microseconds * 2)
    buckets = stride(from: 0, to: buckets.count, by: 2).map { place in
      var bucket = buckets[place]
      if place + 1 < buckets.count { bucket.merge(buckets[place + 1]) }
      return bucket
    }
  }

  private mutating func noteOutage(from: Timestamp, to: Timestamp) {
    for place in place(of: from)...max(place(of: from), place(of: to)) {
      buckets[place].hasOutage = true
    }
  }

  /// Notes the alerts among what changed that were raised since a moment.
  private mutating func noteAlerts(_ book: AlertBook, _ changes: Changes, since last: Timestamp) {
    let changed =
      changes.isTruncated
      ? book.alerts(from: 0, limit: Changes.entityBound)
      : changes.entities.lazy.filter { $0.collection == .alerts }.compactMap {
        book.alert(inSlot: $0.slot)
      }
    for alert in changed where alert.lastAt >= last || alert.raisedAt >= last {
      let place = place(of: alert.raisedAt)
      if alert.key.code == AlertCode.streamGap.rawValue, alert.lastAt >= last {
        buckets[self.place(of: alert.lastAt)].hasGap = true
      }
      guard alert.state.isOpen, alert.raisedAt >= last else { continue }
      buckets[place].severity = max(buckets[place].severity, alert.severity)
      insert(
        Stop(
          at: alert.raisedAt, words: "\(alert.key.code) \(alert.key.subject)", isMarker: false))
    }
  }

  /// Inserts a stop; at a moment that has one already, a marker wins.
  private mutating func insert(_ stop: Stop) {
    let place = place(in: stops, after: stop.at)
    if place > 0, stops[place - 1].at == stop.at {
      if stop.isMarker { stops[place - 1] = stop }
      return
    }
    if stops.count >= Self.stopBound {
      stops.removeFirst(Self.stopBound / 8)
      return insert(stop)
    }
    stops.insert(stop, at: place)
  }

  /// The place of the first stop after a moment.
  private func place(in stops: [Stop], after moment: Timestamp) -> Int {
    var (low, high) = (0, stops.count)
    while low < high {
      let middle = (low + high) / 2
      if stops[middle].at <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
