import Canvas
import Dashboard
import Domain
import Panes
import TestSupport
import Testing

/// One picture that is kept as a golden file.
struct PictureCase: Sendable, CustomTestStringConvertible {
  /// The name; goldens are called `<folder>/<name>.<size>.txt`.
  var name: String
  var tape: Tape
  /// Seconds into the tape; nil is its end.
  var seconds: Int64?
  var workspace: Workspace
  var focus: PaneKind?
  var isZoomed = false
  var size: Size
  var theme = "dark"
  var depth = ColorDepth.truecolor
  var charset = Charset.unicode
  var language = Language.english
  /// Keys pressed before the picture is taken.
  var keys: [Key] = []
  /// How the moment stands to the present, where it is another.
  var time: TimeView?
  /// The seconds into the tape at which the board was marked.
  var markedAt: Int64?

  init(
    _ name: String, _ tape: Tape, at seconds: Int64? = nil, _ workspace: Workspace,
    _ width: Int = 120, _ height: Int = 40
  ) {
    self.name = name
    self.tape = tape
    self.seconds = seconds
    self.workspace = workspace
    size = Size(width: width, height: height)
  }

  /// This case with something changed.
  func with(_ change: (inout PictureCase) -> Void) -> PictureCase {
    var copy = self
    change(&copy)
    return copy
  }

  /// What the golden says that it shows.
  var title: String {
    let folder = isZoomed ? focus?.title ?? "Screen" : "Screen"
    return "\(folder)/\(name).\(size)"
  }

  /// The path of the golden inside the folder of goldens.
  var path: String { "\(title).txt" }

  var testDescription: String { path }
}
