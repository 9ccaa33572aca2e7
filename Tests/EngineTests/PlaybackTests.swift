import Domain
import Engine
import Recording
import Testing
import Wire

@Suite struct PlaybackClockTests {
  private static let wall = Timestamp(seconds: 5)

  @Test("tape time passes at the speed asked for", arguments: [0.5, 1, 4])
  func speed(speed: Double) {
    var clock = PlaybackClock(at: at(0), speed: speed)
    #expect(clock.advance(to: Self.wall) == at(0))
    let second = Span(microseconds: Int64(1_000_000 / speed))
    #expect(clock.wall(of: at(1_000)) == Self.wall + second)
    #expect(clock.advance(to: Self.wall + second) == at(1_000))
    #expect(clock.advance(to: Self.wall + second + second, bound: at(1_700)) == at(1_700))
  }

  @Test("a speed out of range is brought into it", arguments: [(0, 0.01), (1e9, 10_000)])
  func speedRange(asked: Double, given: Double) {
    var clock = PlaybackClock(at: at(0), speed: asked)
    #expect(clock.speed == given)
    clock.setSpeed(2)
    clock.setSpeed(asked)
    #expect(clock.speed == given)
  }

  @Test("while paused tape time stands, and goes on from there")
  func pause() {
    var clock = PlaybackClock(at: at(0), isPaused: true)
    #expect(clock.advance(to: Self.wall) == at(0))
    #expect(clock.advance(to: Self.wall + .seconds(60)) == at(0))
    #expect(clock.wall(of: at(9)) == nil)
    clock.setPaused(false)
    #expect(clock.advance(to: Self.wall + .seconds(90)) == at(0))
    #expect(clock.advance(to: Self.wall + .milliseconds(90_400)) == at(400))
    clock.setPaused(true)
    #expect(clock.advance(to: Self.wall + .seconds(200)) == at(400))
  }

  @Test("another speed or another place goes on from where it is")
  func changes() {
    var clock = PlaybackClock(at: at(0))
    _ = clock.advance(to: Self.wall)
    _ = clock.advance(to: Self.wall + .seconds(1))
    clock.setSpeed(10)
    #expect(clock.advance(to: Self.wall + .seconds(60)) == at(1_000))
    #expect(clock.advance(to: Self.wall + .seconds(61)) == at(11_000))
    clock.move(to: at(500))
    #expect(clock.advance(to: Self.wall + .seconds(99)) == at(500))
    #expect(clock.advance(to: Self.wall + .seconds(100)) == at(10_500))
  }

  @Test(
    "a clock on the wall that jumps either way breaks nothing", arguments: [Int64.min, -1, .max])
  func jumps(moment: Int64) {
    var clock = PlaybackClock(at: at(0), speed: 10_000)
    _ = clock.advance(to: at(0))
    #expect(clock.advance(to: Timestamp(microseconds: moment)) >= at(0))
    #expect(clock.wall(of: at(1_000)) != nil)
  }
}

@Suite struct PlaybackTests {
  private let folder = Folder()

  private func playback(
    _ moments: [Int64], to end: Int64? = nil, isPaused: Bool = false, loops: Bool = false
  ) throws -> Playback {
    let arrivals = moments.map { Inbound(connection: 0, at: at($0), body: .fact(.heartbeat)) }
    return try Playback(
      TapeInput(path: folder.tape(arrivals)), from: at(0), to: end.map { at($0) },
      isPaused: isPaused, loops: loops)
  }

  @Test("it takes what is due, tells what is next, and ends with the tape")
  func plays() throws {
    let playback = try playback([1_000, 2_000])
    try playback.take(until: at(50_000))
    #expect(try playback.nextDue() == at(51_000))
    try playback.take(until: at(51_500))
    #expect(playback.position == at(1_500))
    #expect(!playback.isAtEnd)
    try playback.take(until: at(60_000))
    #expect(playback.position == at(2_000))
    #expect(playback.isAtEnd)
    #expect(try playback.nextDue() == nil)
  }

  @Test("it stops where it is told to, and not before")
  func end() throws {
    let playback = try playback([1_000, 9_000], to: 5_000)
    try playback.take(until: at(0))
    try playback.take(until: at(2_000))
    #expect(!playback.isAtEnd)
    #expect(try playback.nextDue() == at(5_000))
    try playback.take(until: at(60_000))
    #expect(playback.isAtEnd)
    #expect(playback.position == at(5_000))
  }

  @Test("beyond what it was told to stay within it does not go")
  func bounds() throws {
    let path = folder.tape()
    let playback = try Playback(
      TapeInput(path: path), from: at(950), to: at(60_000), isPaused: true)
    try playback.jump(to: at(0))
    #expect(playback.position == at(950))
    try playback.jump(to: at(999_999))
    #expect(playback.position == at(60_000))
    try playback.jump(to: nil)
    #expect(playback.position == at(60_000))
    #expect(try playback.step(1) == .end)
    for _ in 0..<20 where try playback.step(-1) == .end { break }
    #expect(playback.position == at(950))
  }

  @Test("from the end, playing begins anew")
  func fromEnd() throws {
    let playback = try playback([1_000])
    try playback.take(until: at(0))
    try playback.take(until: at(9_000))
    #expect(playback.isAtEnd)
    try playback.setPaused(false)
    #expect(!playback.isAtEnd)
    #expect(playback.position == at(0))
  }

  @Test("as long as it may not go on it takes one batch")
  func batches() throws {
    let playback = try playback(Array(repeating: 10, count: 100))
    try playback.take(until: at(0))
    try playback.take(until: at(60_000)) { false }
    #expect(!playback.isAtEnd)
    try playback.take(until: at(60_000)) { false }
    #expect(playback.isAtEnd)
  }
}
