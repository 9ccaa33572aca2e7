import ArgumentParser
import CLinux
import Domain
import Engine
import Glibc
import Inspection
import Panes
import Recording
import Rules

/// `podium inspect TAPE`
struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is in a tape: events, gaps, outages, and every alert that fired and why.",
    discussion: """
      The same tape and options give the same bytes on any machine, in any locale and time zone. \
      Times are in UTC.
      """)

  @Argument(help: "The tape.")
  var tape: String

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Rehearse the alert rules of a file: which would have fired, when and why.",
      valueName: "FILE"))
  var rules: String?

  @OptionGroup var stretch: TapeStretch

  func run() async throws {
    let book = try rules.map { try RuleFile.book(at: $0) }
    do throws(FileError) {
      let input = try TapeInput(path: tape)
      var inspector = try TapeInspector(
        input, from: stretch.start(on: input), to: stretch.end(on: input))
      var progress = ProgressWord("inspecting")
      while try inspector.advance(lines: 1_024) {
        progress.tell { Format.clock(inspector.position - input.header.start) }
      }
      var report = inspector.finished()
      if let book {
        report.rehearsal = try RehearsalReport(
          book, playing: TapeInput(path: tape), from: stretch.start(on: input),
          to: stretch.end(on: input))
      }
      progress.clear()
      write(report)
    } catch {
      throw Failure(error)
    }
  }

  private func write(_ report: TapeReport) {
    guard !json else {
      writeAll(report.json, to: STDOUT_FILENO)
      return
    }
    let style = PageStyle.standardOutput
    let page = ReportText(report).lines.map { style.line($0.tone.style, $0.lead, $0.rest) }
    writeAll(Array(page.joined().utf8), to: STDOUT_FILENO)
  }
}

extension ReportLine.Tone {
  fileprivate var style: PageStyle.Tone {
    switch self {
    case .plain: .plain
    case .title: .title
    case .quiet: .quiet
    case .good: .good
    case .warning: .warning
    case .bad: .bad
    }
  }
}

/// The part of a tape that a command is about.
struct TapeStretch: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Where to begin: 90, 1:30, -2m (before the end) or 19:42:08 (UTC).", valueName: "TIME"))
  var from: TimeReference?

  @Option(parsing: .unconditional, help: ArgumentHelp("Where to stop.", valueName: "TIME"))
  var to: TimeReference?

  func validate() throws {
    if from == .end { throw ValidationError("--from is a time before the end") }
    if case .afterStart(let from) = from, case .afterStart(let to) = to, to < from {
      throw ValidationError("--to is not before --from")
    }
  }

  /// The moment to begin at; nil for the beginning.
  func start(on input: TapeInput) throws(FileError) -> Timestamp? {
    try from?.moment(onTapeAt: input.path)
  }

  /// The moment to stop at; nil for the end.
  func end(on input: TapeInput) throws(FileError) -> Timestamp? {
    try to?.moment(onTapeAt: input.path)
  }
}

/// Says on a terminal what a long command is doing: after a second, then once a second.
struct ProgressWord {
  private let verb: String
  private let isShown = isatty(STDERR_FILENO) == 1
  private var last = WallClock.now
  private var isTold = false

  init(_ verb: String) {
    self.verb = verb
  }

  mutating func tell(_ detail: () -> String) {
    guard isShown, WallClock.now - last >= .seconds(1) else { return }
    last = WallClock.now
    isTold = true
    writeAll(Array("\rpodium: \(verb), at \(detail()) \u{1B}[K".utf8), to: STDERR_FILENO)
  }

  /// Takes the word away.
  mutating func clear() {
    if isTold { writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
    isTold = false
  }
}
