import Domain
import Testing

@Suite("Histogram")
struct HistogramTests {
  @Test("nothing recorded has no percentile")
  func empty() {
    #expect(Histogram().percentile(0.5) == nil)
  }

  @Test("small values are exact and a negative one counts as zero")
  func small() {
    var histogram = Histogram()
    for value in [-5, 0, 3, 15] as [Int64] { histogram.record(Span(microseconds: value)) }
    #expect(histogram.count == 4)
    #expect(histogram.percentile(0.5) == .zero)
    #expect(histogram.percentile(0.75) == Span(microseconds: 3))
    #expect(histogram.percentile(1) == Span(microseconds: 15))
    #expect(histogram.maximum == Span(microseconds: 15))
  }

  @Test("percentiles are at most one sixteenth too high and never too low", arguments: [9, 10])
  func error(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var histogram = Histogram()
    var values: [Int64] = []
    for _ in 0..<5_000 {
      let value = Int64(random.next() % (1 << (random.next() % 36)))
      histogram.record(Span(microseconds: value))
      values.append(value)
    }
    values.sort()
    for fraction in [0.5, 0.9, 0.95, 0.99, 1] {
      let rank = max(1, Int((Double(values.count) * fraction).rounded(.up)))
      let exact = values[rank - 1]
      let found = try #require(histogram.percentile(fraction)).microseconds
      #expect(found >= exact)
      #expect(Double(found) <= Double(exact) * 1.0625 + 1)
    }
  }

  @Test("the longest span does not trap and is reported as the maximum")
  func longest() {
    var histogram = Histogram()
    histogram.record(Span(microseconds: .max))
    #expect(histogram.percentile(0.5)?.microseconds ?? 0 > 0)
    #expect(histogram.maximum == Span(microseconds: .max))
    histogram.reset()
    #expect(histogram.count == 0)
  }
}
