import Domain

/// A distribution given by some of its quantiles, straight between them.
///
/// Measured distributions are published as percentiles; drawing from them directly needs no
/// formula and no floating point.
struct Quantiles: Sendable {
  /// Values in milliseconds at thousandths of the population, ascending, from 0 to 1,000.
  private let points: [(perMille: Int64, milliseconds: Int64)]

  /// A distribution through points, which must begin at 0 and end at 1,000 thousandths.
  init(_ points: KeyValuePairs<Int64, Int64>) {
    self.points = points.map { ($0.key, $0.value) }
  }

  /// The exponential distribution with mean 1,000 ms, cut at eight times its mean.
  static let exponential = Quantiles([
    0: 0, 100: 105, 200: 223, 300: 357, 400: 511, 500: 693, 600: 916, 700: 1_204, 800: 1_609,
    900: 2_303, 950: 2_996, 990: 4_605, 999: 6_908, 1_000: 8_000,
  ])

  /// A span drawn from the distribution.
  func sample(_ random: inout SeededRandom) -> Span {
    let rank = random.number(0...999_999)
    guard let upper = points.dropFirst().first(where: { $0.perMille * 1_000 > rank }),
      let lower = points.last(where: { $0.perMille * 1_000 <= rank })
    else { return .milliseconds(points.last?.milliseconds ?? 0) }
    let width = (upper.perMille - lower.perMille) * 1_000
    let rise = (upper.milliseconds - lower.milliseconds) * (rank - lower.perMille * 1_000)
    return .milliseconds(lower.milliseconds + rise / width)
  }

  /// A span drawn from the distribution, which is read in units of `unit` instead of a second.
  func sample(_ random: inout SeededRandom, unit: Span) -> Span {
    let drawn = sample(&random).microseconds / 1_000
    return .milliseconds(unit.microseconds / 1_000 * drawn / 1_000)
  }
}
