import ArgumentParser
import Canvas
import Domain
import Engine
import Export
import Panes
import Recording
import Wire

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

  private func exportFilm() throws {
    let input = try opened()
    let view = try drawing.snapshotView(at: .end, size: film.size)
    let scene = view.scene
    let start = try moment(from, input)
    let clock = try film.clock(ofTapeAt: tape, input, from: start, to: try moment(end, input))
    let screens = try Film(
      input, scene: scene, clock: clock, from: start, to: try moment(end, input), rate: film.fps)
    let colors = view.exportColors
    switch to {
    case .svg: try write(Developer.svg(screens, colors: colors), input)
    case .html: try write(Developer.html(screens, colors: colors), input)
    case .cast, .json, .ndjson: try exportCast(screens, view.depth, clock.start, input)
    }
  }

  private func exportCast(
    _ screens: Film, _ depth: ColorDepth, _ start: Timestamp, _ input: TapeInput
  ) throws {
    let out = try Destination(output, replaces: force)
    var cast = CastWriter(version: film.castVersion, depth: depth)
    var isRead = try out.write(cast.header(film.size, title: "podium", start: start))
    try Developer.develop(screens) { step in
      switch step {
      case .frame(let grid, let time): isRead = try out.write(cast.frame(grid, at: time))
      case .line(let entry, let time):
        guard case .marker(let label) = entry.body else { return true }
        isRead = try out.write(cast.marker(label, at: time))
      case .end(let time): isRead = try out.write(cast.end(at: time))
      }
      return isRead
    }
    sayCutOff(input)
    try out.finish()
  }

  private func exportTape() throws {
    let input = try opened()
    let view = try drawing.snapshotView(at: .end, size: film.size)
    let screens = try Film(
      input, scene: view.scene, clock: FilmClock(start: input.header.start), from: nil, to: nil,
      rate: film.fps)
    var tape = PicturedTape(input.header, size: film.size, depth: view.depth)
    let out = try Destination(output, replaces: force)
    var isRead = try out.write(tape.headerLine)
    try Developer.develop(screens) { step in
      switch step {
      case .frame(let grid, let time): isRead = try out.write(tape.frame(grid, at: time))
      case .line(let entry, _): isRead = try out.write(tape.line(entry))
      case .end: break
      }
      return isRead
    }
    sayCutOff(input)
    try out.finish()
  }

  private func opened() throws -> TapeInput { try TapeInput(path: tape) }

  private func moment(
    _ time: TimeReference?, _ input: TapeInput
  ) throws(FileError) -> Timestamp? {
    try time?.moment(onTapeAt: input.path)
  }

  private func write(_ bytes: [UInt8], _ input: TapeInput) throws {
    let out = try Destination(output, replaces: force)
    _ = try out.write(bytes)
    sayCutOff(input)
    try out.finish()
  }

  private func sayCutOff(_ input: TapeInput) {
    if input.isCutOff {
      standardError("podium: \(tape) is cut off; exported up to its last whole line")
    }
  }
}

/// What a tape can be turned into.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
  case cast, svg, html, json, ndjson
}

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

/// Runs a film, with a word on a terminal where it takes long.
private enum Developer {
  static func svg(_ film: Film, colors: ExportColors) throws -> [UInt8] {
    var picture = SVGFilm(colors: colors, title: "podium")
    var length = Span.zero
    try develop(film) { step in
      switch step {
      case .frame(let grid, let time): try picture.add(grid, at: time.microseconds)
      case .line: break
      case .end(let time): length = time
      }
      return true
    }
    return Array(picture.render(end: length.microseconds).utf8)
  }

  static func html(_ film: Film, colors: ExportColors) throws -> [UInt8] {
    var page = HTMLFilm(colors: colors, title: "podium")
    var length = Span.zero
    try develop(film) { step in
      switch step {
      case .frame(let grid, let time): try page.add(grid, at: time.microseconds)
      case .line(let entry, let time):
        if case .marker(let label) = entry.body { page.mark(label, at: time.microseconds) }
      case .end(let time): length = time
      }
      return true
    }
    return Array(page.render(end: length.microseconds).utf8)
  }

  static func develop(_ film: Film, _ take: (Film.Step) throws -> Bool) throws {
    var film = film
    let start = film.position
    var progress = ProgressWord("drawing")
    defer { progress.clear() }
    while let step = try film.next(), try take(step) {
      progress.tell { Format.clock(film.position - start) }
    }
  }
}
