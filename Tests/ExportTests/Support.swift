import Canvas
import Domain
import Engine
import Export
import Foundation
import Panes
import Recording
import TestSupport
import Themes

func scene(_ workspace: Workspace = .kitchen, size: Size = Size(width: 100, height: 30)) throws
  -> Scene
{
  Scene(
    size: size, workspace: workspace,
    theme: try Theme.builtIn(Theme.builtInNames[0]).resolved(for: .truecolor))
}

extension Tape {
  /// The steps of the tape's film.
  func film(from: Int64? = nil, to: Int64? = nil, speed: Double = 1, rate: Int = 10) throws
    -> [Film.Step]
  {
    let input = try TapeInput(path: path)
    let begun = input.header.start
    let start = from.map { begun + .seconds($0) }
    var film = try Film(
      input, scene: scene(), clock: FilmClock(start: start ?? begun, speed: speed), from: start,
      to: to.map { begun + .seconds($0) }, rate: rate)
    var steps: [Film.Step] = []
    while let step = try film.next() { steps.append(step) }
    return steps
  }
}

extension [Film.Step] {
  var frames: [(grid: Grid, at: Span)] {
    compactMap { step in
      guard case .frame(let grid, let at) = step else { return nil }
      return (grid, at)
    }
  }

  var lineCount: Int {
    count { if case .line = $0 { true } else { false } }
  }

  var end: Span? {
    guard case .end(let at) = last else { return nil }
    return at
  }
}

/// A folder that is gone after the test.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appending(path: "podium-\(UUID())")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}
