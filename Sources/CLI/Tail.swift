import ArgumentParser
import Domain
import Engine
import Glibc
import Transport
import Wire

/// `podium tail SOURCE...`
struct Tail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every event once, in order, as a line of JSON.",
    discussion: "Facts of the connection go to the standard error.")

  @Argument(help: "What to read.")
  var sources: [String]

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
    try await Listening.listen(to: named, reading.transport) { mailbox, _ in
      try await MainActor.run { try tail(from: mailbox, sources: named) }
    }
  }

  private func tail(from mailbox: Mailbox, sources: [NamedSource]) throws {
    var printer = EventPrinter(sources: sources.map(\.name), limit: count)
    let ending = Pump.run(mailbox, seconds: timeout) { arrived in
      for inbound in arrived { printer.take(inbound, mailbox) }
      return printer.flush()
    }
    if ending == .deadline, let count, printer.printed < count {
      throw Failure(
        .checkFailed,
        "only \(printer.printed) of \(count) events in \(timeout ?? 0) seconds; allow more time")
    }
  }
}

/// Prints events as NDJSON, each once.
struct EventPrinter {
  private let sources: [String]
  private let limit: Int
  private var decoders: [FrameDecoder]
  private var seen = DuplicateWindow()
  private let encoder = CloudEventEncoder()
  private var output: [UInt8] = []
  private var openSources: Int
  /// Events printed so far.
  private(set) var printed = 0

  init(sources: [String], limit: Int?) {
    self.sources = sources
    self.limit = limit ?? .max
    openSources = sources.count
    decoders = sources.map { _ in FrameDecoder() }
  }

  /// Takes in what arrived.
  mutating func take(_ inbound: Inbound, _ mailbox: Mailbox) {
    let number = inbound.connection
    guard decoders.indices.contains(number) else { return }
    switch inbound.body {
    case .frame(let format, let bytes):
      decoders[number].receive(bytes, format: format) { item in
        Self.print(item, encoder, limit, &seen, &printed, &output)
      }
      mailbox.note(decoders[number].resumePoint, connection: number)
    case .fact(let fact):
      if case .connected = fact { decoders[number].restart() }
      if case .ended = fact {
        decoders[number].finish { Self.print($0, encoder, limit, &seen, &printed, &output) }
        openSources -= 1
      }
      standardError("podium: \(sources[number]): \(FactLine.text(fact))")
    }
  }

  /// Writes what is printed; false when nobody reads any more or nothing more will come.
  mutating func flush() -> Bool {
    let isRead = writeAll(output, to: STDOUT_FILENO)
    output.removeAll(keepingCapacity: true)
    return isRead && printed < limit && openSources > 0
  }

  private static func print(
    _ item: DecodedItem, _ encoder: CloudEventEncoder, _ limit: Int,
    _ seen: inout DuplicateWindow, _ printed: inout Int, _ output: inout [UInt8]
  ) {
    switch item {
    case .heartbeat: break
    case .malformed(let reason), .damaged(let reason): standardError("podium: \(reason)")
    case .event(let event, let json):
      guard printed < limit,
        seen.insert(source: DuplicateWindow.seed(event.source), id: event.id)
      else { return }
      printed += 1
      if let json {
        // A line end inside JSON is only ever blank space between its tokens.
        output += json.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
      } else {
        encoder.append(event, to: &output)
      }
      output.append(UInt8(ascii: "\n"))
    }
  }
}

/// A connection fact as a line for a person.
enum FactLine {
  static func text(_ fact: ConnectionFact) -> String {
    switch fact {
    case .connecting(let attempt): "connecting, attempt \(attempt)"
    case .connected(let kind, let position):
      "connected by \(kind.rawValue)" + (position.map { ", resumed after \($0)" } ?? "")
    case .heartbeat: "heartbeat"
    case .roundTrip(let span): "round trip \(span.microseconds) us"
    case .compressed(let received, let inflated):
      "compressed: \(received) bytes for \(inflated)"
    case .lost(let reason): "lost: \(reason)"
    case .waiting(let attempt, _, let reason): "will try again (\(attempt)): \(reason)"
    case .fellBack(let kind, let reason): "fell back to \(kind.rawValue): \(reason)"
    case .refused(let reason): "refused: \(reason)"
    case .ended: "ended"
    }
  }
}
