/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed everywhere.
struct SeededRandom: Sendable {
  private var state: UInt64

  /// A generator for a seed.
  init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of a range; its lower bound where the range is not to be drawn from.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    let count = UInt64(clamping: range.upperBound &- range.lowerBound) &+ 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
  }

  /// One of a list; nil of an empty one.
  mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.isEmpty ? nil : choices[number(0...choices.count - 1)]
  }
}
