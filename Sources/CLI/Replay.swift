import ArgumentParser
import Domain
import Engine
import Glibc
import Recording
import Wire

/// `podium replay TAPE`
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Play a tape.")

  @Argument(help: "The tape.")
  var tape: String

  @Option(help: "How many seconds of tape pass in a second.")
  var speed: Double = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Where to begin: 90, 1:30, -2m (before the end), 19:42:08 or end.", valueName: "TIME"))
  var from: TimeReference?

  @Option(parsing: .unconditional, help: ArgumentHelp("Where to stop.", valueName: "TIME"))
  var to: TimeReference?

  @Flag(help: "Begin with the clock standing; p lets it run.")
  var paused = false

  @Flag(help: "Begin anew at the end, until you leave.")
  var loop = false

  @OptionGroup var gating: GateOptions
  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if gating.until != nil, from != nil || to != nil || paused || loop {
      throw ValidationError("--until looks at the whole tape, at once: leave --from and the like")
    }
    guard speed.isFinite, speed >= 0.01, speed <= 10_000 else {
      throw ValidationError("--speed is between 0.01 and 10000")
    }
  }

  func run() async throws {
    if let gate = try gating.gate() { return try gating.pass(gate, tape: tape) }
    try await Self.play(
      tape, speed: speed, from: from, to: to, isPaused: paused, loops: loop, drawing: drawing)
  }

  static func play(
    _ path: String, speed: Double = 1, from: TimeReference? = nil, to: TimeReference? = nil,
    isPaused: Bool = false, loops: Bool = false, drawing: DrawingOptions
  ) async throws {
    guard isatty(STDOUT_FILENO) == 1 else {
      return try Snapshot.printEnd(of: path, drawing: drawing)
    }
    do {
      let input = try TapeInput(path: path)
      let offset = WallClock.utcOffset
      let playback = try Playback(
        input, from: (from ?? .afterStart(.zero)).moment(onTapeAt: path, utcOffset: offset),
        to: to?.moment(onTapeAt: path, utcOffset: offset), speed: speed, isPaused: isPaused,
        loops: loops)
      let scanned = try TapeInput(path: path)
      nonisolated(unsafe) let engineInput = EngineInput.playback(playback, scanned)
      try await Dashboarding.play(engineInput, drawing: drawing)
    } catch let error as FileError {
      throw Failure(error)
    }
  }
}
