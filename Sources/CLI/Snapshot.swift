import ArgumentParser
import Canvas
import Domain
import Engine
import Glibc

/// `podium snapshot`
struct Snapshot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw moments of a tape without a terminal, and compare them with goldens.",
    subcommands: [SnapshotRender.self, SnapshotReview.self],
    defaultSubcommand: SnapshotRender.self,
    // Not taken here, so that `podium snapshot --help` tells the options of the default.
    helpNames: [])

  /// The last screen of a tape as text, for an output that is no terminal.
  static func printEnd(of tape: String, drawing: DrawingOptions) throws {
    var view = try drawing.snapshotView(at: .end, size: Size(width: 120, height: 40))
    view.depth = .mono
    let grid = view.draw(try session(of: tape, at: .end))
    writeAll(Array(PlainText.render(grid).utf8), to: STDOUT_FILENO)
  }

  /// The session of a tape at a moment; says so where the tape is cut off.
  static func session(of tape: String, at moment: TimeReference) throws -> Session {
    do throws(FileError) {
      let (session, isCutOff) = try Session.session(ofTapeAt: tape, at: moment)
      if isCutOff { noteCutOff(tape) }
      return session
    } catch {
      throw Failure(error)
    }
  }

  static func noteCutOff(_ tape: String) {
    standardError("podium: \(tape) is cut off; drawn up to its last whole line")
  }
}

extension DrawingOptions {
  /// How a moment is drawn with these options: nothing of it depends on the machine.
  func snapshotView(at moment: TimeReference, size: Size) throws -> SnapshotView {
    var view = SnapshotView(
      at: moment, size: size, theme: try themes()[0], depth: color ?? .truecolor,
      charset: ascii ? .ascii : .unicode)
    view.workspace = workspace
    view.focus = focus
    view.isZoomed = zoom
    view.language = chosenLanguage
    // A picture does not depend on the environment.
    view.arrangesText = bidi != .terminal
    return view
  }
}

extension TimeReference: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }

  public var defaultValueDescription: String { fileWord }
}

extension Size: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument, atMost: SnapshotMatrix.maximumSide)
  }

  public var defaultValueDescription: String { description }
}
