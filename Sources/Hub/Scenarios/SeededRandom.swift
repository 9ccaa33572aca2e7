import Domain

/// xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64: the same numbers for the
/// same seed on every machine and with every release of the standard library.
///
/// Everything drawn from it is whole: no floating point takes part in what a stream says.
struct SeededRandom: Sendable {
  private var s0: UInt64, s1: UInt64, s2: UInt64, s3: UInt64

  /// A generator for a seed.
  init(seed: UInt64) {
    var seeds = SplitMix64(seed: seed)
    s0 = seeds.next()
    s1 = seeds.next()
    s2 = seeds.next()
    s3 = seeds.next()
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 << 45 | s3 >> 19
    return result
  }

  /// A place in a list of `count`; 0 for an empty one.
  mutating func index(below count: Int) -> Int {
    guard count > 1 else { return 0 }
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number of a range.
  mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(index(below: Int(range.upperBound - range.lowerBound) + 1))
  }

  /// A span of whole milliseconds.
  mutating func span(milliseconds range: ClosedRange<Int64>) -> Span {
    .milliseconds(number(range))
  }

  /// A span of seconds, to the millisecond.
  mutating func span(seconds range: ClosedRange<Int64>) -> Span {
    .milliseconds(number(range.lowerBound * 1_000...range.upperBound * 1_000))
  }

  /// True `perMille` times of a thousand.
  mutating func chance(_ perMille: Int) -> Bool {
    index(below: 1_000) < perMille
  }

  /// One of a list, nil of an empty one.
  mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.isEmpty ? nil : choices[index(below: choices.count)]
  }

  /// One of a list by weight, the first where no weight is above zero.
  mutating func pick<Element>(weighted choices: KeyValuePairs<Element, Int>) -> Element {
    var rest = index(below: choices.reduce(0) { $0 + $1.value })
    for choice in choices {
      guard rest >= choice.value else { return choice.key }
      rest -= choice.value
    }
    return choices[0].key
  }

  /// A waiting time of a Poisson process that happens every `mean` on average.
  mutating func wait(mean: Span) -> Span {
    Quantiles.exponential.sample(&self, unit: mean)
  }
}
