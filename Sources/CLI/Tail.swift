import ArgumentParser
import Canvas
import Domain
import Engine
import Glibc
import Transport
import Wire

/// `podium tail SOURCE...`
struct Tail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every event once, in order, as a line of JSON.",
    discussion: """
      Facts of the connection go to the standard error, and so does what is missing. With --raw \
      each message is printed as it came, repeats included: {"event":…,"data":…,"id":…} of an \
      event stream, {"opcode":1,"data":…} of a WebSocket (binary: 2, in Base64), {"document":…} \
      of a poll.
      """)

  @Argument(help: "What to read.")
  var sources: [String]

  @Flag(help: "Print what arrives as it came, without judging it.")
  var raw = false

  @Flag(help: "Say nothing of the connection; what is missing is told all the same.")
  var quiet = false

  @Option(help: ArgumentHelp("Stop after this many events.", valueName: "N"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "Stop after this many seconds; exit 1 if --count was not reached.", valueName: "SECONDS"))
  var timeout: Double?

  @OptionGroup var reading: SourceOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count is at least 1") }
    try Seconds.check(timeout, of: "--timeout")
  }

  func run() async throws {
    let named = try sources.map { try reading.source($0, follow: true) }
    try await Listening.listen(to: named, reading.transport) { mailbox, group in
      try await MainActor.run { try tail(from: mailbox, group, names: named.map(\.name)) }
    }
  }

  private func tail(from mailbox: Mailbox, _ group: TransportGroup, names: [String]) throws {
    var intake = Intake(connections: names, at: WallClock.now)
    var printer = TailPrinter(names: names, isRaw: raw, isQuiet: quiet, limit: count ?? .max)
    let ending = Pump.run(mailbox, seconds: timeout, output: STDOUT_FILENO) { arrived in
      for inbound in arrived {
        let unknown = intake.take(inbound) { printer.take($0, of: inbound.connection) }
        printer.take(inbound, unknown: unknown)
      }
      intake.note(in: mailbox)
      for connection in intake.takeDamaged() { group.reconnect(connection: connection) }
      return printer.flush() && intake.isOpen
    }
    if ending == .deadline, let count, printer.printed < count {
      throw Failure(
        .checkFailed,
        "only \(printer.printed) of \(count) events in \(timeout ?? 0) seconds; allow more time")
    }
  }
}

/// Writes events or raw messages to the standard output, and what is to be said of them to the
/// standard error, in the order in which both happened.
private struct TailPrinter {
  private let names: [String]
  private let isRaw: Bool
  private let isQuiet: Bool
  private let isTerminal = isatty(STDOUT_FILENO) == 1
  private var events: EventLog
  private var messages: RawLog
  private var isRead = true

  init(names: [String], isRaw: Bool, isQuiet: Bool, limit: Int) {
    self.names = names
    self.isRaw = isRaw
    self.isQuiet = isQuiet
    events = EventLog(limit: limit)
    messages = RawLog(limit: limit)
  }

  /// Lines printed so far.
  var printed: Int { isRaw ? messages.printed : events.printed }

  /// Prints an item of a connection.
  mutating func take(_ item: DecodedItem, of connection: Int) {
    var said: [String] = []
    if isRaw {
      if let words = EventLog.words(fault: item) { said.append(words) }
    } else {
      events.take(item) { said.append($0) }
    }
    tell(said, of: connection)
  }

  /// Prints a raw message, or says what the fact is.
  mutating func take(_ inbound: Inbound, unknown: Intake.UnknownStretch?) {
    var said: [String] = []
    if isRaw { messages.take(inbound) { said.append($0) } }
    if case .fact(let fact) = inbound.body, !isQuiet,
      let words = FactLine.text(fact, at: inbound.at)
    {
      said.append(words)
    }
    if let unknown { said.append(FactLine.text(unknown)) }
    tell(said, of: inbound.connection)
  }

  /// Writes what is printed; false when nobody reads any more or nothing more is wanted.
  mutating func flush() -> Bool {
    write(isRaw ? messages.takeOutput() : events.takeOutput())
    return isRead && !events.isFull && !messages.isFull
  }

  private mutating func tell(_ said: [String], of connection: Int) {
    guard !said.isEmpty else { return }
    _ = flush()
    for words in said { standardError("podium: \(names[connection]): \(words)") }
  }

  private mutating func write(_ output: [UInt8]) {
    guard !output.isEmpty, isRead else { return }
    guard isTerminal else {
      isRead = writeAll(output, to: STDOUT_FILENO)
      return
    }
    let text = String(decoding: output, as: UTF8.self)
    let shown = HostileText.escaped(text, keepsLineFeeds: true)
    isRead = writeAll(Array(shown.utf8), to: STDOUT_FILENO)
  }
}
