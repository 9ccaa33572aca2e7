import ArgumentParser
import CLinux
import Canvas
import Domain
import Engine
import Glibc
import Themes

/// `podium snapshot TAPE`
struct SnapshotRender: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draw moments of a tape without a terminal, and compare them with goldens.",
    usage: """
      podium snapshot TAPE [--at TIME] [--size SIZE] [--format FORMAT] [-o FILE]
      podium snapshot TAPE --check GOLDEN [--update]
      podium snapshot TAPE... --matrix AXES --goldens DIR [--update [--prune]]
      podium snapshot review DIR
      """,
    discussion: """
      The same tape, moment and options give the same bytes on any machine, in any locale and \
      time zone.

      A matrix has axes with values: --matrix 'size=80x24,120x40 theme=dark,light at=0:30,end' \
      names eight cases, each with a golden named after it. The axes are at, workspace, focus, \
      zoom, size, color, charset, theme and lang. What no axis says is as the options say.

      Where a picture is not its golden, the difference is printed, the picture kept beside the \
      golden with the ending .actual, and `podium snapshot review DIR` shows both and asks.

      Exit codes: 0 equal; 1 not equal, or of a matrix: missing, or a golden that no case names; \
      65 a golden or tape that cannot be read; 66 no golden, no tape.
      """,
    helpNames: [.short, .long])

  @Argument(help: "The tape; several with --goldens.")
  var tapes: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The moment: 90, 1:30, -2m (before the end), 19:42:08 (UTC) or end.", valueName: "TIME"))
  var at: TimeReference = .end

  @Option(help: "The size, as COLUMNSxROWS, such as 120x40; each from 1 to 1000.")
  var size = Size(width: 120, height: 40)

  @Option(
    help: """
      text, ansi, svg, html, golden (glyphs and styles for review) or json (the board); by the \
      ending of FILE where left out.
      """)
  var format: SnapshotForm?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to a file; with --matrix a folder.", valueName: "FILE"))
  var output: String?

  @Option(
    defaultAsFlag: "", parsing: .next,
    help: ArgumentHelp("Compare with a golden file; exit 1 when it differs.", valueName: "GOLDEN"))
  var check: String?

  @Option(help: ArgumentHelp("Axes of cases; may be given several times.", valueName: "AXES"))
  var matrix: [String] = []

  @Option(help: ArgumentHelp("Compare with the goldens in a folder.", valueName: "DIR"))
  var goldens: String?

  @Flag(help: "Write the goldens that are missing or differ.")
  var update = false

  @Flag(help: "With --update: remove the goldens that no case names.")
  var prune = false

  @Option(
    help: ArgumentHelp("Keep pictures that differ in a folder of their own.", valueName: "DIR"))
  var actual: String?

  @Option(help: "The columns a difference may take; those of the terminal, else 160.")
  var width: Int?

  @OptionGroup var drawing: DrawingOptions

  /// Whether cases have names of their own rather than a file that is named.
  var isMatrix: Bool { !matrix.isEmpty || goldens != nil }

  /// Every tape named; a tape after a bare --check is taken for its value.
  var allTapes: [String] {
    guard isMatrix, let check, !check.isEmpty else { return tapes }
    return tapes + [check]
  }

  func validate() throws {
    guard !allTapes.isEmpty else { throw ValidationError("name a tape") }
    if isMatrix {
      guard goldens != nil || output != nil else {
        throw ValidationError("a --matrix needs --goldens DIR, or a folder to draw to: -o DIR")
      }
    } else {
      guard tapes.count == 1 else {
        throw ValidationError("several tapes are drawn with --goldens DIR or --matrix AXES")
      }
      guard check != "" else { throw ValidationError("name the golden: --check GOLDEN") }
    }
    guard !update || goldens != nil || check != nil else {
      throw ValidationError("--update writes the golden of --check or the folder of --goldens")
    }
    guard !prune || (update && goldens != nil) else {
      throw ValidationError("--prune goes with --goldens DIR --update")
    }
    guard (width ?? 80) >= SideBySide.minimumWidth, (width ?? 80) <= Grid.maximumSide else {
      throw ValidationError("--width is between 40 and 4096")
    }
  }

  func run() async throws {
    clinux_keep_freed_memory()
    let form = try chosenForm()
    if isMatrix { return try SnapshotMatrixRun(self, form).run() }
    var shown = SnapshotCase(
      name: SnapshotCase.word(ofTape: tapes[0]), tape: tapes[0],
      view: try drawing.snapshotView(at: at, size: size))
    if let check {
      shown.name = SnapshotCase.word(ofTape: check)
      return try SnapshotCheck(self).run(shown, golden: check)
    }
    let session = try Snapshot.session(of: tapes[0], at: at)
    try SnapshotFile.write(form.bytes(of: shown, session), to: output, besides: tapes)
  }

  private func chosenForm() throws -> SnapshotForm {
    let form = format ?? output.flatMap(SnapshotForm.init(ofFile:)) ?? .picture(.text)
    guard form == .png else { return form }
    throw Failure(
      .usage,
      "podium draws no PNG itself: make one from the SVG with"
        + " `podium snapshot TAPE --format svg | rsvg-convert -o FILE.png`")
  }
}

/// What `--format` names.
enum SnapshotForm: Equatable, ExpressibleByArgument {
  case picture(SnapshotFormat)
  /// The board as JSON.
  case board
  /// Asked for often enough to be answered with what to do instead.
  case png

  init?(argument: String) {
    switch argument {
    case "json": self = .board
    case "png": self = .png
    default:
      guard let format = SnapshotFormat(rawValue: argument) else { return nil }
      self = .picture(format)
    }
  }

  /// The form that a file's name asks for by its ending.
  init?(ofFile name: String) {
    if name.hasSuffix(".json") {
      self = .board
    } else if name.hasSuffix(".png") {
      self = .png
    } else {
      guard let format = SnapshotFormat(ofFile: name) else { return nil }
      self = .picture(format)
    }
  }

  static var allValueStrings: [String] { SnapshotFormat.allCases.map(\.rawValue) + ["json"] }

  /// The ending of files of this form.
  var ending: String {
    if case .picture(let format) = self { format.ending } else { ".json" }
  }

  /// What a case's file has in it.
  func bytes(of shown: SnapshotCase, _ session: Session) -> [UInt8] {
    guard case .picture(let format) = self else {
      return BoardJSON.bytes(of: session.board, at: session.now)
    }
    return Array(format.render(shown.view.draw(session), of: shown).utf8)
  }
}
