import Domain
import Export
import Testing

@Suite("The clock of a film")
struct FilmClockTests {
  private static let start = Timestamp(seconds: 1_000)

  private func at(_ seconds: Int64) -> Timestamp { Self.start + .seconds(seconds) }

  @Test("runs at its speed")
  func speed() {
    let clock = FilmClock(start: Self.start, speed: 4)
    #expect(clock.film(at: at(100)) == .seconds(25))
    #expect(clock.moment(at: .seconds(25)) == at(100))
    #expect(clock.film(at: at(-5)) == .zero)
  }

  @Test("lets each idle stretch pass in the time allowed, and none that is shorter")
  func idle() {
    let clock = FilmClock(
      start: Self.start, idle: [at(10)...at(40), at(50)...at(51), at(60)...at(160)],
      limit: .seconds(2))
    let moments: [Int64] = [0, 10, 25, 40, 50, 51, 60, 110, 160, 170]
    #expect(
      moments.map { clock.film(at: at($0)).wholeSeconds } == [
        0, 10, 11, 12, 22, 23, 32, 33, 34, 44,
      ])
    for seconds in moments {
      #expect(clock.moment(at: clock.film(at: at(seconds))) == at(seconds))
    }
  }

  @Test("an idle stretch may take no time at all")
  func noIdle() {
    let clock = FilmClock(start: Self.start, speed: 2, idle: [at(10)...at(40)], limit: .zero)
    #expect(clock.film(at: at(40)) == .seconds(5))
    #expect(clock.film(at: at(44)) == .seconds(7))
    #expect(clock.moment(at: .seconds(7)) == at(44))
  }

  @Test("never steps back, whatever the stretches")
  func order() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<50 {
      var bounds: [Int64] = []
      var last: Int64 = 0
      for _ in 0..<8 {
        last += Int64.random(in: 0...500, using: &random)
        bounds.append(last)
      }
      let idle = stride(from: 0, to: 8, by: 2).map { at(bounds[$0])...at(bounds[$0 + 1]) }
      let clock = FilmClock(
        start: Self.start, speed: 1.5, idle: idle, limit: .milliseconds(300))
      let film = (0...2_500).map { clock.film(at: at(Int64($0))) }
      #expect(film == film.sorted())
      let moments = (0...2_000).map { clock.moment(at: .milliseconds(Int64($0) * 500)) }
      #expect(moments == moments.sorted())
    }
  }
}
