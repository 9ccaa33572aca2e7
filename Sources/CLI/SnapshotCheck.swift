import Canvas
import Engine
import Glibc

/// Comparing with goldens, as the options of `podium snapshot` say.
struct SnapshotCheck {
  private let options: SnapshotRender
  /// The colours of what is printed; nil for none.
  private let depth: ColorDepth?
  private let width: Int

  init(_ options: SnapshotRender) {
    self.options = options
    let terminal = OutputTerminal()
    depth = terminal?.colorDepth
    width = options.width ?? terminal?.columns ?? 160
  }

  /// Compares one case with a golden that was named, or writes it.
  func run(_ shown: SnapshotCase, golden: String) throws {
    let results = try results(of: [shown]) { _ in golden }
    for result in results { try finish(result, golden: golden) }
  }

  private func finish(_ result: GoldenResult, golden: String) throws {
    let kept = result.actualProblem == nil ? "; the picture is \(result.place.actual)" : ""
    switch result.outcome {
    case .equal: break
    case .written: standardError("podium: wrote \(golden)")
    case .rewritten(let summary): standardError("podium: wrote \(golden) anew: \(summary)")
    case .differs(let summary, let difference):
      writeAll(Array(difference.utf8), to: STDOUT_FILENO)
      throw Failure(.checkFailed, "\(golden) differs: \(summary)\(kept)")
    case .missing:
      throw Failure(
        .noInput, "there is no \(golden): add --update to write it from this picture\(kept)")
    case .unusable(let error):
      throw Failure(error.isMissing ? .noInput : .badData, error.description + kept)
    }
  }

  /// Compares or writes the goldens of cases; `golden` tells where a case's is.
  func results(
    of cases: [SnapshotCase], golden: @escaping (SnapshotCase) -> String
  ) throws -> [GoldenResult] {
    let (depth, width) = (depth, width)
    let charset: Charset = options.drawing.ascii ? .ascii : .unicode
    let actuals = options.actual
    var run = GoldenRun(
      updates: options.update,
      place: { GoldenPlace(golden: golden($0), actuals: actuals) },
      describe: { comparison, view in
        SideBySide(comparison, width: width, charset: charset, colorNames: view.colorNames)
          .text(depth: depth)
      })
    if let actuals { try SnapshotFile.makeFolder(actuals) }
    do {
      let results = try run.run(cases)
      for tape in run.cutOffTapes.sorted() { Snapshot.noteCutOff(tape) }
      return results
    } catch let error as FileError {
      throw Failure(error)
    } catch let error as GoldenWriteError {
      throw Failure(.cannotCreate, error.cause.description)
    }
  }

  /// Prints lines, and then each difference under its name.
  func print(_ report: GoldenReport) {
    for problem in report.results.compactMap(\.actualProblem).prefix(3) {
      standardError("podium: a picture is not kept: \(problem)")
    }
    var text = report.lines.joined(separator: "\n") + "\n"
    for (name, difference) in report.differences {
      let title = depth == nil ? name : "\u{1B}[1m\(name)\u{1B}[m"
      text += "\n\(title)\n\(difference)"
    }
    writeAll(Array((text + "\n" + report.sum + "\n").utf8), to: STDOUT_FILENO)
  }
}

/// Standard output where it is a terminal.
private struct OutputTerminal {
  let columns: Int?
  /// The colours it shows, by the environment; nil for none.
  let colorDepth: ColorDepth?

  init?() {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    columns = isKnown ? Int(size.ws_col) : nil
    func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    let term = variable("TERM")
    if !variable("NO_COLOR").isEmpty || term.isEmpty || term == "dumb" {
      colorDepth = nil
    } else if ["truecolor", "24bit"].contains(variable("COLORTERM")) {
      colorDepth = .truecolor
    } else {
      colorDepth = term.hasSuffix("256color") || term.hasSuffix("direct") ? .ansi256 : .ansi16
    }
  }
}
