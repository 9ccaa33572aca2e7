import Domain

extension SplitMix64 {
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
