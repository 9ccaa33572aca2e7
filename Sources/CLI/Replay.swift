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

  @Option(help: ArgumentHelp("Where to begin: 90, 1:30 or end.", valueName: "TIME"))
  var from: TapeTime?

  @Option(help: ArgumentHelp("Where to stop.", valueName: "TIME"))
  var to: TapeTime?

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
    _ path: String, speed: Double = 1, from: TapeTime? = nil, to: TapeTime? = nil,
    isPaused: Bool = false, loops: Bool = false, drawing: DrawingOptions
  ) async throws {
    func begin() throws(FileError) -> (Session, Playback) {
      let input = try TapeInput(path: path)
      let start = input.header.start
      let session = try Session(playing: input, until: (from ?? .after(.zero)).moment(from: start))
      let playback = Playback(
        input, from: session.now, to: to?.moment(from: start), speed: speed, isPaused: isPaused)
      return (session, playback)
    }
    guard isatty(STDOUT_FILENO) == 1 else {
      return try Snapshot.printEnd(of: path, drawing: drawing)
    }
    do {
      let (session, playback) = try begin()
      let restart: (() throws(FileError) -> (Session, Playback))? = loops ? begin : nil
      try await Dashboarding.play(playback, session: session, drawing: drawing, restart: restart)
    } catch let error as FileError {
      throw Failure(error)
    }
  }
}

/// A time on a tape: seconds, minutes and seconds, or its end.
enum TapeTime: ExpressibleByArgument, Equatable {
  case after(Span), end

  init?(argument: String) {
    if argument == "end" {
      self = .end
      return
    }
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var seconds = 0.0
    for part in parts {
      guard let value = Double(part), value >= 0, value.isFinite else { return nil }
      seconds = seconds * 60 + value
    }
    guard seconds < 1e9 else { return nil }
    self = .after(Span(microseconds: Int64((seconds * 1e6).rounded())))
  }

  /// The moment on a tape that began at `start`; nil for its end.
  func moment(from start: Timestamp) -> Timestamp? {
    switch self {
    case .after(let span): start + span
    case .end: nil
    }
  }
}
