import ArgumentParser
import CESQL
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

      --filter takes a CESQL expression over CloudEvents attributes and, as data.NAME, members of \
      the data; an event on which it fails is left out, which is told once. Exit codes: 0 when \
      --count was reached or none was given; 1 when it was not reached in time, or before every \
      source had ended; 64 for an expression that cannot be read.
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
      "Stop after this time, such as 60s or 2m; exit 1 if --count was not reached.",
      valueName: "TIME"))
  var timeout: Wait?

  @Option(
    help: ArgumentHelp(
      "Print, and count, only events of which this is true: \"type LIKE '%.ticket.%'\".",
      valueName: "EXPRESSION"))
  var filter: String?

  @OptionGroup var reading: SourceOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count is at least 1") }
    if raw, filter != nil {
      throw ValidationError("--filter judges events; --raw prints what is not judged")
    }
  }

  func run() async throws {
    let filter = try eventFilter()
    let named = try sources.map { try reading.source($0, follow: true) }
    try await Listening.listen(to: named, reading.transport) { mailbox, group in
      try await MainActor.run { try tail(from: mailbox, group, filter, names: named.map(\.name)) }
    }
  }

  private func eventFilter() throws -> EventFilter? {
    do throws(CESQLError) {
      return try filter.map { text throws(CESQLError) in try EventFilter(text) }
    } catch {
      throw Failure(.usage, "--filter: \(error)")
    }
  }

  private func tail(
    from mailbox: Mailbox, _ group: TransportGroup, _ filter: EventFilter?, names: [String]
  ) throws {
    var intake = Intake(connections: names, at: WallClock.now)
    var printer = TailPrinter(
      names: names, isRaw: raw, isQuiet: quiet, limit: count ?? .max, filter: filter)
    let ending = Pump.run(mailbox, seconds: timeout?.span.seconds, output: STDOUT_FILENO) {
      arrived in
      for inbound in arrived {
        let unknown = intake.take(inbound) { printer.take($0, of: inbound.connection) }
        printer.take(inbound, unknown: unknown)
      }
      intake.note(in: mailbox)
      for connection in intake.takeDamaged() { group.reconnect(connection: connection) }
      return printer.flush() && intake.isOpen
    }
    guard let count, printer.printed < count else { return }
    switch ending {
    case .deadline:
      throw Failure(
        .checkFailed,
        "only \(printer.printed) of \(count) events in \(timeout?.span.seconds ?? 0) seconds; "
          + "allow more time")
    case .stopped where !intake.isOpen:
      throw Failure(
        .checkFailed, "only \(printer.printed) of \(count) events came before the end")
    case .stopped, .interrupted, .unread: return
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

  init(names: [String], isRaw: Bool, isQuiet: Bool, limit: Int, filter: EventFilter?) {
    self.names = names
    self.isRaw = isRaw
    self.isQuiet = isQuiet
    events = EventLog(limit: limit, filter: filter)
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
      isRead = Pump.write(output, to: STDOUT_FILENO)
      return
    }
    let text = String(decoding: output, as: UTF8.self)
    let shown = HostileText.escaped(text, keepsLineFeeds: true)
    isRead = Pump.write(Array(shown.utf8), to: STDOUT_FILENO)
  }
}
