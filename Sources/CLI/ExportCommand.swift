import ArgumentParser
import Canvas
import Domain
import Engine
import Export
import Recording

/// `podium export TAPE`
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Turn a tape into a cast, a moving picture, a page, the board, or its events.",
    discussion: """
      cast: an asciicast with the dashboard as its picture, for `asciinema play` in a terminal of \
      --size. svg: a picture that moves, or stands still with --at. html: a page with a scrubber. \
      json: the board at the end, or at --at. ndjson: every event once, in order.

      The same tape and options give the same bytes on any machine, in any locale and time zone.
      """)

  @Argument(help: "The tape.")
  var tape: String

  @Option(help: "cast, svg, html, json or ndjson.")
  var to: ExportFormat

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to create; - writes to the standard output.", valueName: "FILE"))
  var output: String

  @Flag(help: "Replace the file if there is one.")
  var force = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where to begin: 90, 1:30, -2m, 19:42:08.", valueName: "TIME"))
  var from: TimeReference?

  @Option(parsing: .unconditional, help: ArgumentHelp("Where to end.", valueName: "TIME"))
  var end: TimeReference?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The one moment of a still picture or of the board.", valueName: "TIME"))
  var at: TimeReference?

  @OptionGroup var film: FilmOptions

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if at != nil, from != nil || end != nil {
      throw ValidationError("--at is one moment: leave out --from and --end")
    }
    if at != nil, to == .cast || to == .ndjson {
      throw ValidationError("--at is for svg, html and json; a \(to.rawValue) has --from and --end")
    }
    if film.withData {
      guard to == .cast else { throw ValidationError("--with-data is for a cast") }
      guard from == nil, end == nil, film.speed == 1, film.idleLimit == nil else {
        throw ValidationError(
          "--with-data keeps the whole tape at its own speed: leave out --from, --end, --speed and"
            + " --idle-limit")
      }
    }
    if to == .json, from != nil { throw ValidationError("the board of json has --at, no --from") }
  }

  func run() async throws {
    do {
      try export()
    } catch let error as FileError {
      throw Failure(error)
    } catch let error as FilmError {
      throw Failure(.usage, error.description)
    }
  }

  private func export() throws {
    switch to {
    case .ndjson: try exportEvents()
    case .json: try exportBoard()
    case .svg where at != nil, .html where at != nil: try exportStill()
    case .cast where film.withData: try exportTape()
    case .cast, .svg, .html: try exportFilm()
    }
  }

  private func exportEvents() throws {
    let input = try opened()
    let out = try Destination(output, replaces: force)
    let names = input.header.sources
    try EventExtract.lines(of: input, from: try moment(from, input), to: try moment(end, input)) {
      lines in
      try out.write(lines)
    } tell: { connection, words in
      let name = names.indices.contains(connection) ? names[connection] : "connection \(connection)"
      standardError("podium: \(name): \(words)")
    }
    sayCutOff(input)
    try out.finish()
  }

  private func exportBoard() throws {
    let input = try opened()
    let session = try Session(playing: input, until: try moment(at ?? end, input))
    try write(BoardJSON.bytes(of: session.board, at: session.now), input)
  }

  private func exportStill() throws {
    let input = try opened()
    let session = try Session(playing: input, until: try moment(at, input))
    let shown = SnapshotCase(
      name: input.path, tape: tape, view: try drawing.snapshotView(at: .end, size: film.size))
    let format: SnapshotFormat = to == .svg ? .svg : .html
    let picture = format.render(shown.view.draw(session), of: shown)
    try write(Array(picture.utf8), input)
  }

  // MARK: What all of them share

  func opened() throws -> TapeInput { try TapeInput(path: tape) }

  func moment(
    _ time: TimeReference?, _ input: TapeInput
  ) throws(FileError) -> Timestamp? {
    try time?.moment(onTapeAt: input.path)
  }

  func write(_ bytes: [UInt8], _ input: TapeInput) throws {
    let out = try Destination(output, replaces: force)
    _ = try out.write(bytes)
    sayCutOff(input)
    try out.finish()
  }

  func sayCutOff(_ input: TapeInput) {
    if input.isCutOff {
      standardError("podium: \(tape) is cut off; exported up to its last whole line")
    }
  }
}

/// What a tape can be turned into.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
  case cast, svg, html, json, ndjson
}
