import ArgumentParser
import Canvas
import Domain
import Engine
import Glibc
import Recording
import Themes

/// `podium snapshot TAPE`
struct Snapshot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a moment of a tape without a terminal.",
    discussion: """
      The same tape, moment and options give the same bytes on any machine, in any locale and \
      time zone.
      """)

  @Argument(help: "The tape.")
  var tape: String

  @Option(help: ArgumentHelp("The moment: 90, 1:30 or end.", valueName: "TIME"))
  var at: TapeTime = .end

  @Option(help: "The size, as COLUMNSxROWS, such as 120x40; each from 1 to 1000.")
  var size = Size(width: 120, height: 40)

  @Option(help: "text, ansi, svg, html, golden (glyphs and styles for review) or json (the board).")
  var format: SnapshotFormat = .text

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "FILE"))
  var output: String?

  @Option(
    help: ArgumentHelp("Compare with a golden file; exit 1 when it differs.", valueName: "FILE"))
  var check: String?

  @OptionGroup var drawing: DrawingOptions

  func run() async throws {
    let depth = drawing.color ?? .truecolor
    let scene = try Self.scene(size, drawing, depth)
    let session = try Self.session(tape, until: at)
    if format == .json {
      return try write(BoardJSON.bytes(of: session.board, at: session.now))
    }
    let grid = session.draw(scene)
    if let check { return try compare(grid, with: check) }
    try write(Array(format.render(grid, depth: depth, theme: try drawing.themes()[0]).utf8))
  }

  /// The last screen of a tape as text, for an output that is no terminal.
  static func printEnd(of tape: String, drawing: DrawingOptions) throws {
    let session = try session(tape, until: .end)
    let grid = session.draw(try scene(Size(width: 120, height: 40), drawing, .mono))
    writeAll(Array(PlainText.render(grid).utf8), to: STDOUT_FILENO)
  }

  private static func session(_ tape: String, until time: TapeTime) throws -> Session {
    do throws(FileError) {
      let input = try TapeInput(path: tape)
      let session = try Session(
        playing: input, until: time.moment(from: input.header.start))
      if input.isCutOff {
        standardError("podium: \(tape) is cut off; drawn up to its last whole line")
      }
      return session
    } catch {
      throw Failure(error)
    }
  }

  private static func scene(
    _ size: Size, _ drawing: DrawingOptions, _ depth: ColorDepth
  ) throws -> Scene {
    var scene = Scene(
      size: size, workspace: drawing.chosenWorkspace,
      theme: try drawing.themes()[0].resolved(for: depth),
      charset: drawing.ascii ? .ascii : .unicode)
    scene.focus = drawing.focus
    scene.isZoomed = drawing.zoom
    return scene
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let output else {
      writeAll(bytes, to: STDOUT_FILENO)
      return
    }
    let descriptor = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0, writeAll(bytes, to: descriptor) else {
      throw Failure(.cannotCreate, "cannot write \(output): \(String(cString: strerror(errno)))")
    }
    close(descriptor)
  }

  private func compare(_ grid: Grid, with path: String) throws {
    guard let bytes = SmallFile.read(path, atMost: 16 << 20) else {
      throw Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    do throws(SnapshotTextError) {
      let golden = try SnapshotText.parse(String(decoding: bytes, as: UTF8.self))
      guard let difference = SnapshotText.difference(golden, grid) else { return }
      print(difference)
    } catch {
      throw Failure(.badData, "\(path) is no golden file: \(error)")
    }
    throw Failure(.checkFailed, "\(path) differs")
  }
}

/// The forms of a snapshot.
enum SnapshotFormat: String, ExpressibleByArgument, CaseIterable {
  case text, ansi, svg, html, golden, json

  func render(_ grid: Grid, depth: ColorDepth, theme: Theme) -> String {
    let isDark = theme.appearance == .dark
    let colors =
      switch (theme.color(.text), theme.color(.background)) {
      case (.rgb, .rgb):
        ExportColors(foreground: theme.color(.text), background: theme.color(.background))
      default:
        isDark
          ? .dark
          : ExportColors(foreground: .rgb(0x26, 0x2b, 0x33), background: .rgb(0xff, 0xff, 0xff))
      }
    return switch self {
    case .text, .json: PlainText.render(grid)
    case .ansi: ANSIText.render(grid, depth: depth)
    case .svg: SVGImage.render(grid, colors: colors, title: "podium")
    case .html: HTMLPage.render(grid, colors: colors, title: "podium")
    case .golden: SnapshotText.render(grid)
    }
  }
}

extension Size: ExpressibleByArgument {
  public init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map {
      Int($0) ?? 0
    }
    guard parts.count == 2, (1...1_000).contains(parts[0]), (1...1_000).contains(parts[1]) else {
      return nil
    }
    self.init(width: parts[0], height: parts[1])
  }

  public var defaultValueDescription: String { "\(width)x\(height)" }
}
