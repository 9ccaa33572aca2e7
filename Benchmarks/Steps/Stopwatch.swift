/// Measures a piece of work many times and prints the median, so that a noisy machine shows.
enum Stopwatch {
  /// Runs `work` for `rounds` rounds after one that is not counted; `work` returns how many
  /// operations it did. Prints nanoseconds an operation: median, least and most.
  static func measure(_ name: String, rounds: Int = 9, _ work: () -> Int) {
    _ = work()
    let clock = ContinuousClock()
    let costs = (0..<rounds).map { _ -> Double in
      var operations = 0
      let time = clock.measure { operations = work() }
      let (seconds, attoseconds) = time.components
      return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(max(1, operations))
    }.sorted()
    print(
      name.padding(34), "median", number(costs[rounds / 2]), "ns   least", number(costs[0]),
      "  most", number(costs[rounds - 1]))
  }

  private static func number(_ value: Double) -> String {
    let text = value < 100 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
  }
}

extension String {
  /// The text filled with blanks to a width.
  func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
