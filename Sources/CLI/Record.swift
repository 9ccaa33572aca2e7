import ArgumentParser
import Domain
import Engine
import Recording
import Transport
import Wire

/// `podium record SOURCE -o TAPE`
struct Record: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record sources to a tape, without a screen.")

  @Argument(help: "What to record.")
  var sources: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The tape to create.", valueName: "TAPE"))
  var output: String

  @Option(help: ArgumentHelp("Stop after this many seconds.", valueName: "SECONDS"))
  var duration: Double?

  @Option(
    help: ArgumentHelp("Write the board as JSON to this file at the end.", valueName: "FILE"))
  var board: String?

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var reading: SourceOptions

  func validate() throws {
    try Seconds.check(duration, of: "--duration")
  }

  func run() async throws {
    let named = try sources.map { try reading.source($0, follow: true) }
    let redactor = try redaction.redactor()
    let start = WallClock.now
    try await Listening.listen(to: named, reading.transport) { mailbox, group in
      try await MainActor.run {
        try record(from: mailbox, group, sources: named, start: start, redactor)
      }
    }
  }

  private func record(
    from mailbox: Mailbox, _ group: TransportGroup, sources: [NamedSource], start: Timestamp,
    _ redactor: Redactor?
  ) throws {
    let end: (board: Board, at: Timestamp)
    do throws(FileError) {
      let tape = try TapeRecorder(
        .file(output), sources: sources.map(\.name), start: start, redactor: redactor)
      var intake = Intake(connections: sources.map(\.name), at: start)
      var counted = 0
      _ = Pump.run(mailbox, seconds: duration, tick: tape.flush) { arrived in
        for inbound in arrived {
          tape.append(inbound)
          _ = intake.take(inbound)
          counted += 1
        }
        intake.note(in: mailbox)
        for connection in intake.takeDamaged() { group.reconnect(connection: connection) }
        return intake.isOpen && tape.failure == nil
      }
      tape.finish(at: WallClock.now)
      if let failure = tape.failure { throw failure }
      end = tape.board
      standardError("podium: recorded \(counted) frames and facts to \(output)")
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
    try BoardFile.write(end, to: board)
  }
}

/// Lengths of time that a person types.
enum Seconds {
  /// Throws unless a time is left out, or is one to wait for.
  static func check(_ seconds: Double?, of option: String) throws {
    guard let seconds else { return }
    guard seconds >= 0.001, seconds <= 1e9 else {
      throw ValidationError("\(option) is between 0.001 and 1000000000 seconds")
    }
  }
}
