/// Counts over the last stretch of time, in equal buckets.
///
/// Memory is the number of buckets; the sum is exact to one bucket. Time is passed in.
package struct SlidingWindow: Equatable, Sendable {
  private var buckets: [Int64]
  private var newest: Int64 = .min
  /// The length of one bucket.
  package let bucket: Span
  /// The sum over all buckets still inside the window.
  package private(set) var total: Int64 = 0

  /// A window of `count` buckets (at least one) of `bucket` each.
  package init(bucket: Span, count: Int) {
    self.bucket = bucket
    buckets = Array(repeating: 0, count: max(1, count))
  }

  /// Adds to the bucket of a moment; a moment older than the window is ignored.
  package mutating func add(_ amount: Int64 = 1, at moment: Timestamp) {
    let index = bucketIndex(of: moment)
    advance(to: index)
    guard index > newest - Int64(buckets.count) else { return }
    buckets[place(index)] += amount
    total += amount
  }

  /// Lets buckets that lie outside the window at `now` fall out.
  package mutating func advance(to now: Timestamp) {
    advance(to: bucketIndex(of: now))
  }

  /// The buckets, oldest first, the last one being that of the newest moment seen.
  package var values: [Int64] {
    guard newest != .min else { return buckets }
    let count = Int64(buckets.count)
    return (0..<count).map { buckets[place(newest - count + 1 + $0)] }
  }

  private mutating func advance(to index: Int64) {
    guard newest != .min else {
      newest = index
      return
    }
    guard index > newest else { return }
    let steps = min(index - newest, Int64(buckets.count))
    for step in 0..<steps {
      let place = place(index - step)
      total -= buckets[place]
      buckets[place] = 0
    }
    newest = index
  }

  private func bucketIndex(of moment: Timestamp) -> Int64 {
    let quotient = moment.microseconds / bucket.microseconds
    return moment.microseconds % bucket.microseconds < 0 ? quotient - 1 : quotient
  }

  private func place(_ index: Int64) -> Int {
    let count = Int64(buckets.count)
    let remainder = index % count
    return Int(remainder < 0 ? remainder + count : remainder)
  }
}

extension SlidingWindow: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(bucket)
    try container.encode(newest)
    try container.encode(buckets)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    bucket = try container.decode(Span.self)
    newest = try container.decode(Int64.self)
    buckets = try container.decode([Int64].self)
    for amount in buckets { try StateFault.check(total: amount) }
    total = buckets.reduce(0, +)
    let isIndex = newest == .min || abs(newest / 2) <= .max / 4
    try StateFault.check(
      bucket > .zero && (1...1_024).contains(buckets.count) && isIndex,
      "there is no window of \(buckets.count) times \(bucket.microseconds) µs")
  }
}

extension SlidingWindow {
  /// Throws unless it is a window of so many buckets of that length.
  func check(_ count: Int, times length: Span) throws(StateFault) {
    try StateFault.check(
      buckets.count == count && bucket == length && buckets.allSatisfy { $0 >= 0 },
      "a window of time has another length")
  }
}
