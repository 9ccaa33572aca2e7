import Domain
import Engine
import Recording
import Testing
import Wire

@Suite struct PlaybackTests {
  private let folder = Folder()

  private func playback(
    _ moments: [Int64], from position: Int64 = 0, to end: Int64? = nil, speed: Double = 1,
    isPaused: Bool = false
  ) throws -> Playback {
    let arrivals = moments.map {
      Inbound(connection: 0, at: at($0), body: .fact(.heartbeat))
    }
    return Playback(
      try TapeInput(path: folder.tape(arrivals)), from: at(position), to: end.map { at($0) },
      speed: speed, isPaused: isPaused)
  }

  @Test("tape time passes at the speed asked for", arguments: [0.5, 1, 4])
  func speed(speed: Double) throws {
    var playback = try playback([1_000, 2_000], speed: speed)
    let wall = Timestamp(seconds: 5)
    #expect(playback.advance(to: wall) == at(0))
    #expect(try playback.due(limit: 9).isEmpty)
    let first = Span(microseconds: Int64(1_000_000 / speed))
    #expect(try playback.nextDue() == wall + first)
    _ = playback.advance(to: wall + first)
    #expect(try playback.due(limit: 9).map(\.at) == [at(1_000)])
    #expect(!playback.isFinished)
    _ = playback.advance(to: wall + first + first)
    #expect(try playback.due(limit: 9).map(\.at) == [at(2_000)])
    #expect(playback.isFinished)
    #expect(try playback.nextDue() == nil)
  }

  @Test("a speed out of range is brought into it", arguments: [(0, 0.01), (1e9, 10_000)])
  func speedRange(asked: Double, given: Double) throws {
    #expect(try playback([1], speed: asked).speed == given)
  }

  @Test("while paused tape time stands, and goes on from there")
  func pause() throws {
    var playback = try playback([1_000], isPaused: true)
    let wall = Timestamp(seconds: 5)
    #expect(playback.advance(to: wall) == at(0))
    #expect(playback.advance(to: wall + .seconds(60)) == at(0))
    #expect(try playback.nextDue() == nil)
    playback.togglePause()
    #expect(playback.advance(to: wall + .seconds(90)) == at(0))
    #expect(playback.advance(to: wall + .milliseconds(90_400)) == at(400))
    playback.togglePause()
    #expect(playback.advance(to: wall + .seconds(200)) == at(400))
    #expect(try playback.due(limit: 9).isEmpty)
  }

  @Test("it stops where it is told to, and not before")
  func end() throws {
    var playback = try playback([1_000, 9_000], to: 5_000)
    let wall = Timestamp(seconds: 5)
    _ = playback.advance(to: wall)
    _ = playback.advance(to: wall + .seconds(2))
    #expect(try playback.due(limit: 9).count == 1)
    #expect(!playback.isFinished)
    #expect(try playback.nextDue() == wall + .seconds(5))
    #expect(playback.advance(to: wall + .seconds(60)) == at(5_000))
    #expect(try playback.due(limit: 9).isEmpty)
    #expect(playback.isFinished)
    #expect(playback.hasStopped)
    #expect(playback.position == at(5_000))
  }

  @Test("no more is taken at once than the limit")
  func limit() throws {
    var playback = try playback(Array(repeating: 10, count: 5))
    _ = playback.advance(to: at(0))
    _ = playback.advance(to: at(60_000))
    #expect(try playback.due(limit: 2).count == 2)
    #expect(try playback.due(limit: 2).count == 2)
    #expect(!playback.isFinished)
    #expect(try playback.due(limit: 2).count == 1)
    #expect(playback.isFinished)
  }

  @Test("a clock that jumps either way breaks nothing", arguments: [Int64.min, -1, .max])
  func jumps(moment: Int64) throws {
    var playback = try playback([1_000], speed: 10_000)
    _ = playback.advance(to: at(0))
    let position = playback.advance(to: Timestamp(microseconds: moment))
    #expect(position >= at(0))
    #expect(try playback.nextDue() != nil)
  }
}
