import Canvas
import Panes

/// One picture of one tape, and the name that its golden has.
package struct SnapshotCase: Sendable {
  /// Fit for a file name, without an ending.
  package var name: String
  /// The path of the tape.
  package let tape: String
  /// How it is drawn.
  package var view: SnapshotView

  /// A case by its parts.
  package init(name: String, tape: String, view: SnapshotView) {
    self.name = name
    self.tape = tape
    self.view = view
  }

  /// The ending of goldens.
  package static let ending = ".golden"

  /// Throws where the pane in focus is in another workspace.
  func checkFocus() throws(SnapshotMatrixError) {
    let workspace = view.shownWorkspace
    guard let focus = view.focus, !workspace.panes.contains(focus) else { return }
    throw SnapshotMatrixError(
      "the workspace \(workspace.rawValue) has no pane \(focus.rawValue); it has "
        + workspace.panes.map(\.rawValue).joined(separator: ", "))
  }

  /// The name of a tape, or of a golden, without folders and endings.
  package static func word(ofTape path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".zst", ".cast", Self.ending]
    where name.hasSuffix(ending) && name != ending {
      name.removeLast(ending.count)
    }
    return fileWord(name)
  }

  /// A word fit for a file name: letters, digits, `-`, `_` and `.` inside it, at most 100 bytes.
  static func fileWord(_ text: String) -> String {
    var word = ""
    for scalar in text.unicodeScalars where word.utf8.count < 97 {
      let isFit = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
      let isInside = scalar == "." && !word.isEmpty
      word.unicodeScalars.append(isFit || isInside ? scalar : "_")
    }
    return word.isEmpty ? "_" : word
  }
}
