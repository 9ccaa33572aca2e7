import Canvas
import Domain
import Panes
import Themes

/// What the cases of a matrix may differ in, in the order in which their names say it.
package enum SnapshotAxis: String, CaseIterable, Sendable {
  case at, workspace, focus, zoom, size, color, charset, theme, lang

  /// Sets a value, as a person wrote it, and returns its word in the case's name.
  ///
  /// Throws where this axis has no such value.
  func set(
    _ value: String, in view: inout SnapshotView, themes: (String) throws -> Theme
  ) throws -> String {
    switch self {
    case .at:
      view.at = try Self.known(TimeReference(value), "a moment such as 1:30, -2m or end")
      return "at-" + view.at.fileWord
    case .workspace:
      view.workspace = try Self.known(Workspace(rawValue: value), Self.list(Workspace.allCases))
    case .focus:
      view.focus = try Self.known(PaneKind(rawValue: value), Self.list(PaneKind.allCases))
    case .zoom:
      view.isZoomed = try Self.known(["on": true, "off": false][value], "on or off")
      return view.isZoomed ? "zoomed" : "unzoomed"
    case .size:
      view.size = try Self.known(
        Size(value, atMost: SnapshotMatrix.maximumSide),
        "a size such as 120x40, each side 1 to 1000")
    case .color:
      view.depth = try Self.known(ColorDepth(name: value), "truecolor, 256, 16 or mono")
      return view.depth.name
    case .charset:
      view.charset = try Self.known(
        ["unicode": .unicode, "ascii": .ascii][value], "unicode or ascii")
    case .theme:
      view.theme = try themes(value)
      return view.theme.name
    case .lang:
      view.language = try Self.known(Language(rawValue: value), Self.list(Language.allCases))
    }
    return value
  }

  private static func known<Value>(
    _ value: Value?, _ expected: String
  ) throws(SnapshotMatrixError) -> Value {
    guard let value else { throw SnapshotMatrixError("expected \(expected)") }
    return value
  }

  private static func list(_ values: [some RawRepresentable<String>]) -> String {
    values.map(\.rawValue).joined(separator: ", ")
  }
}

/// Why a matrix cannot be used, in one line.
package struct SnapshotMatrixError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }

  static let tooMany = SnapshotMatrixError(
    "more than \(SnapshotMatrix.maximumCases) cases: leave out some values")
}
