import ArgumentParser
import Canvas
import Domain
import Engine
import Export
import Recording

/// How a tape becomes a film.
struct FilmOptions: ParsableArguments {
  @Option(help: "The size, as COLUMNSxROWS, such as 120x40; each from 1 to 1000.")
  var size = Size(width: 120, height: 40)

  @Option(help: "How many seconds of tape pass in a second.")
  var speed: Double = 1

  @Option(
    help: ArgumentHelp(
      "Let stretches in which nothing but heartbeats arrives pass in so many seconds.",
      valueName: "SECONDS"))
  var idleLimit: Double?

  @Option(help: ArgumentHelp("The most frames a second, from 1 to 60.", valueName: "N"))
  var fps = 10

  @Option(help: "The version of a cast: 2, which every asciinema plays, or 3.")
  var castVersion: CastWriter.Version = .two

  @Flag(
    help: "Keep the tape's own lines in the cast: podium plays these, asciinema 3 the picture.")
  var withData = false

  func validate() throws {
    guard speed.isFinite, speed >= 0.01, speed <= 10_000 else {
      throw ValidationError("--speed is between 0.01 and 10000")
    }
    guard (1...Film.maximumRate).contains(fps) else {
      throw ValidationError("--fps is between 1 and \(Film.maximumRate)")
    }
    if let idleLimit, !(idleLimit >= 0 && idleLimit <= 1e6) {
      throw ValidationError("--idle-limit is between 0 and 1000000 seconds")
    }
  }

  /// When each moment is shown.
  func clock(
    ofTapeAt path: String, _ input: TapeInput, from start: Timestamp?, to end: Timestamp?
  ) throws(FileError) -> FilmClock {
    let begun = start ?? input.header.start
    guard let idleLimit else { return FilmClock(start: begun, speed: speed) }
    let limit = Span(microseconds: Int64(idleLimit * 1e6))
    let stretches = try IdleScan.stretches(
      on: TapeInput(path: path), from: start, to: end,
      longerThan: Span(microseconds: Int64(min(1e15, idleLimit * speed * 1e6))))
    return FilmClock(start: begun, speed: speed, idle: stretches, limit: limit)
  }
}

extension CastWriter.Version: ExpressibleByArgument {}
