package import Canvas
package import Domain
package import Engine
import Inspection
package import Recording
import Wire

/// A tape as a sequence of screens: at most so many a second, none where nothing changed.
///
/// Drawn are only moments at which something arrived, something came true by time, or another second
/// began, which is when clocks on the screen move.
package struct Film {
  /// What comes next.
  package enum Step {
    /// A screen, seen from so far into the film.
    case frame(Grid, at: Span)
    /// A line of the tape that was taken in, and when it is in the film.
    case line(TapeEntry, at: Span)
    /// Nothing more comes; the last screen stands until then.
    case end(at: Span)
  }

  /// The most frames a second.
  package static let maximumRate = 60

  private enum Stage {
    case playing, ending, ended
  }

  private let input: TapeInput
  private let clock: FilmClock
  private let end: Timestamp?
  private let rate: Int
  private let scene: Scene
  private var session: Session
  private var tick: Int64 = 0
  private var last: Grid?
  private var newest: Timestamp
  private var isTouched = true
  private var second = Int64.min
  private var stage = Stage.playing

  /// The film of a tape from where its clock starts, `rate` frames a second, to a moment or its end.
  ///
  /// `start` is nil to begin before the first line. Throws when the tape cannot be read.
  package init(
    _ input: TapeInput, scene: Scene, clock: FilmClock, from start: Timestamp?,
    to end: Timestamp?, rate: Int
  ) throws(FileError) {
    self.input = input
    self.scene = scene
    self.clock = clock
    self.end = end
    self.rate = min(Self.maximumRate, max(1, rate))
    session = try Session(beginning: input, at: start)
    newest = clock.start
  }

  /// The moment of the tape shown so far.
  package var position: Timestamp { session.now }

  /// The next step; nil after the end.
  package mutating func next() throws(FileError) -> Step? {
    switch stage {
    case .playing: return try play()
    case .ending:
      stage = .ended
      return .end(at: clock.film(at: newest))
    case .ended: return nil
    }
  }

  private mutating func play() throws(FileError) -> Step {
    while true {
      let shown = Span(microseconds: tick * 1_000_000 / Int64(rate))
      let moment = clock.moment(at: shown)
      if let entry = try takeEntry(by: moment) {
        return .line(entry, at: clock.film(at: entry.at))
      }
      if let last = try lastMoment(by: moment) {
        stage = .ending
        newest = last
        // Ages on the screen also change between two seconds: the last frame is exact.
        isTouched = true
        guard let grid = draw(at: last) else { continue }
        return .frame(grid, at: clock.film(at: last))
      }
      tick += 1
      if let grid = draw(at: moment) { return .frame(grid, at: shown) }
    }
  }

  /// Takes the next line that is due.
  private mutating func takeEntry(by moment: Timestamp) throws(FileError) -> TapeEntry? {
    guard let entry = try input.peek(), entry.at <= moment, end.map({ entry.at <= $0 }) ?? true
    else { return nil }
    _ = try input.next()
    newest = max(newest, entry.at)
    if case .inbound(let connection, let body) = entry.body {
      session.ingest(Inbound(connection: connection, at: entry.at, body: body))
      isTouched = true
    }
    return entry
  }

  /// The moment the film ends with, once nothing more comes by it.
  private mutating func lastMoment(by moment: Timestamp) throws(FileError) -> Timestamp? {
    guard let entry = try input.peek() else { return newest }
    guard let end, end < entry.at, end <= moment else { return nil }
    return end
  }

  /// The screen at a moment; nil where it is the last one still.
  private mutating func draw(at moment: Timestamp) -> Grid? {
    if let due = session.board.nextDue, due <= moment { isTouched = true }
    session.advance(to: moment)
    let second = moment.microseconds / 1_000_000
    guard isTouched || second != self.second else { return nil }
    (isTouched, self.second) = (false, second)
    _ = session.takeChanges()
    let grid = session.draw(scene)
    guard grid != last else { return nil }
    last = grid
    return grid
  }
}
