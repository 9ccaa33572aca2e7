package import Domain

/// When a moment of a tape is shown in a film: at a speed, and stretches in which nothing happens
/// shortened. A straight line between breaks, so that time never steps back.
package struct FilmClock: Equatable, Sendable {
  private struct Break: Equatable, Sendable {
    /// Microseconds since the first moment, on the tape and in the film.
    let tape: Int64, film: Int64
  }

  /// The first moment shown.
  package let start: Timestamp
  /// How many seconds of tape pass in a second of film.
  package let speed: Double
  private var breaks = [Break(tape: 0, film: 0)]

  /// A clock that shortens each of the stretches, which follow on each other, to at most `limit`.
  package init(
    start: Timestamp, speed: Double = 1, idle stretches: [ClosedRange<Timestamp>] = [],
    limit: Span? = nil
  ) {
    self.start = start
    self.speed = min(10_000, max(0.01, speed))
    guard let limit else { return }
    for stretch in stretches where stretch.lowerBound >= start {
      let length = stretch.upperBound - stretch.lowerBound
      guard scaled(length) > max(0, limit.microseconds) else { continue }
      let begin = film(at: stretch.lowerBound)
      breaks.append(
        Break(tape: (stretch.lowerBound - start).microseconds, film: begin.microseconds))
      breaks.append(
        Break(
          tape: (stretch.upperBound - start).microseconds,
          film: begin.microseconds + max(0, limit.microseconds)))
    }
  }

  /// How far into the film a moment is shown.
  package func film(at moment: Timestamp) -> Span {
    let tape = max(0, (moment - start).microseconds)
    let index = breaks.partition { $0.tape > tape }
    let from = breaks[max(0, index - 1)]
    guard index < breaks.count else {
      return Span(microseconds: from.film + scaled(Span(microseconds: tape - from.tape)))
    }
    let next = breaks[index]
    let share = Double(tape - from.tape) / Double(max(1, next.tape - from.tape))
    return Span(
      microseconds: from.film + Int64((Double(next.film - from.film) * share).rounded()))
  }

  /// The moment shown so far into the film.
  package func moment(at film: Span) -> Timestamp {
    let film = max(0, film.microseconds)
    let index = breaks.partition { $0.film > film }
    let from = breaks[max(0, index - 1)]
    guard index < breaks.count else {
      let passed = Double(film - from.film) * speed
      return start + Span(microseconds: from.tape + Int64(min(passed, 1e15).rounded()))
    }
    let next = breaks[index]
    let share = Double(film - from.film) / Double(max(1, next.film - from.film))
    let passed = Double(next.tape - from.tape) * share
    return start + Span(microseconds: from.tape + Int64(passed.rounded()))
  }

  private func scaled(_ span: Span) -> Int64 {
    Int64(min(1e15, (Double(span.microseconds) / speed).rounded()))
  }
}

extension Array {
  /// The index of the first element for which the test is true; all before it are false.
  fileprivate func partition(_ test: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if test(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
