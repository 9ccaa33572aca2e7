/// A latency histogram with a relative error below 5 %, in 512 counters.
///
/// Buckets grow geometrically: 16 to each power of two of microseconds.
package struct Histogram: Equatable, Sendable {
  private static let bucketCount = 512
  private var counts = [UInt32](repeating: 0, count: bucketCount)
  /// How many values were recorded.
  package private(set) var count: UInt64 = 0
  /// The largest value recorded.
  package private(set) var maximum: Span = .zero

  /// An empty histogram.
  package init() {}

  /// Records a span; a negative one counts as zero.
  package mutating func record(_ span: Span) {
    let value = UInt64(max(0, span.microseconds))
    counts[Self.bucket(of: value)] &+= 1
    count &+= 1
    maximum = max(maximum, span)
  }

  /// The span that the given fraction of values does not exceed; nil when nothing was recorded.
  package func percentile(_ fraction: Double) -> Span? {
    guard count > 0 else { return nil }
    let wanted = max(1, UInt64((Double(count) * fraction).rounded(.up)))
    var seen: UInt64 = 0
    for (index, bucketCount) in counts.enumerated() {
      seen += UInt64(bucketCount)
      if seen >= wanted { return min(Self.upperBound(of: index), maximum) }
    }
    return maximum
  }

  /// Forgets every value.
  package mutating func reset() {
    self = Histogram()
  }

  private static func bucket(of value: UInt64) -> Int {
    guard value >= 16 else { return Int(value) }
    let exponent = 63 - value.leadingZeroBitCount
    let mantissa = Int((value >> UInt64(exponent - 4)) & 15)
    return min(bucketCount - 1, (exponent - 3) * 16 + mantissa)
  }

  private static func upperBound(of bucket: Int) -> Span {
    guard bucket >= 16 else { return Span(microseconds: Int64(bucket)) }
    let exponent = bucket / 16 + 3
    let mantissa = Int64(bucket % 16)
    return Span(microseconds: ((16 + mantissa + 1) << Int64(exponent - 4)) - 1)
  }
}

// Only the counters that are not zero, each after the distance to the one before.
extension Histogram: Codable {
  package func encode(to encoder: any Encoder) throws {
    var used: [Int] = []
    var last = -1
    for (index, number) in counts.enumerated() where number > 0 {
      used += [index - last, Int(number)]
      last = index
    }
    var container = encoder.unkeyedContainer()
    try container.encode(used)
    try container.encode(count)
    try container.encode(maximum)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let used = try container.decode([Int].self)
    count = try container.decode(UInt64.self)
    maximum = try container.decode(Span.self)
    try StateFault.check(count <= 1 << 52, "a histogram of \(count) values cannot have come about")
    var last = -1
    for place in stride(from: 0, to: used.count - 1, by: 2) {
      guard used[place] > 0, used[place] <= Self.bucketCount - 1 - last,
        let number = UInt32(exactly: used[place + 1])
      else { throw StateFault(problem: "a histogram has other counters") }
      last += used[place]
      counts[last] = number
    }
  }
}
