import Canvas
package import Domain
import Themes

/// What was measured of Podium itself; nil means not measured, and is shown so.
package struct Vitals: Equatable, Sendable {
  /// Resident memory in bytes.
  package var residentBytes: Int64?
  /// Processor time used a second, in cores.
  package var cpuShare: Double?
  /// Frames drawn, and the bytes they took on the terminal.
  package var frames: Int64 = 0, frameBytes: Int64 = 0
  /// From the arrival of a frame's oldest event to its bytes being written.
  package var arrivalToScreen = Histogram()
  /// Bytes received that wait to be decoded.
  package var backlogBytes: Int64 = 0
  /// The tape being written, if one is.
  package var recording: String?
  /// Why it is not written any longer, or never was; nil while it is, and where none was asked for.
  package var recordingFailure: String?

  /// Nothing measured.
  package init() {}
}

/// What a pane is asked to show: the room it has and where its cursor is.
package struct PaneView: Equatable, Sendable {
  /// The moment shown.
  package var now: Timestamp
  /// The columns and rows inside the pane's frame.
  package var width: Int, height: Int
  /// The rank of the first row in view.
  package var first: Int
  /// The rank of the row under the cursor, nil when the pane has no focus.
  package var selected: Int?
  /// How far the clock on the wall is east of UTC.
  package var utcOffset = Span.zero
  /// What was measured of Podium itself.
  package var vitals = Vitals()
  /// The language of what is not data.
  package var language = Language.english

  /// The room of a pane.
  package init(now: Timestamp, width: Int, height: Int, first: Int = 0, selected: Int? = nil) {
    self.now = now
    self.width = width
    self.height = height
    self.first = first
    self.selected = selected
  }

  /// A text in the language of this view.
  func text(_ label: Label) -> String { language.text(label) }

  /// The rows a table may have beside its heading and `reserved` lines of text, when it flows
  /// through `blocks` side by side.
  package func tableRows(reserving reserved: Int, blocks: Int = 1) -> Int {
    max(0, height - 1 - reserved) * max(1, blocks)
  }

  /// A moment as the time of day on the clock on the wall.
  package func timeOfDay(_ moment: Timestamp) -> String {
    Format.timeOfDay(moment, offset: utcOffset)
  }

  /// How far an age, counted from a moment, is at the moment shown; never negative.
  package func age(since moment: Timestamp) -> Span {
    max(.zero, now - moment)
  }
}

/// Everything a pane shows, ready to be compared and drawn: equal content, no redraw.
package struct PaneContent: Hashable, Sendable {
  /// Beside the pane's name in its frame: counts.
  package var title: [Run]
  /// Lines above the table.
  package var above: [Line]
  /// The list, if the pane has one.
  package var table: TableContent?
  /// Values over time, newest last, over the room that is left; nil values are holes.
  package var chart: [Double?]?
  /// Lines below the table, at the pane's foot.
  package var below: [Line]

  /// The content of a pane.
  package init(
    title: [Run] = [], above: [Line] = [], table: TableContent? = nil, below: [Line] = []
  ) {
    self.title = title
    self.above = above
    self.table = table
    self.below = below
  }
}

/// What the detail of a row is told for.
package struct DetailView: Equatable, Sendable {
  /// The moment shown.
  package var now: Timestamp
  /// How far the clock on the wall is east of UTC.
  package var utcOffset = Span.zero
  /// The language of what is not data.
  package var language = Language.english

  /// A detail at a moment.
  package init(now: Timestamp, utcOffset: Span = .zero, language: Language = .english) {
    self.now = now
    self.utcOffset = utcOffset
    self.language = language
  }

  /// A text in the language of this view.
  func text(_ label: Label) -> String { language.text(label) }

  /// A named fact as a line of a detail.
  func fact(_ name: Label, _ text: String, _ role: Role = .text) -> Line {
    let name = self.text(name)
    let room = language == .arabic ? 16 : 9
    let padding = String(repeating: " ", count: max(1, room - TextWidth.columns(of: name)))
    return [Run(name + padding, .faint), Run(text, role)]
  }

  /// A heading among the lines of a detail, with a blank line before it.
  func heading(_ label: Label) -> [Line] { [.blank, Line(text(label), .faint)] }
}

/// What the detail of a row shows.
package struct DetailContent: Hashable, Sendable {
  package var title: String
  package var lines: [Line]

  /// The detail of a row.
  package init(title: String, lines: [Line]) {
    self.title = title
    self.lines = lines
  }
}

/// A pane: a pure function of the board and the room it has.
package protocol Pane {
  /// What to show in the given room.
  static func content(of board: Board, in view: PaneView) -> PaneContent
  /// The detail of the row with an id; nil when the row is gone or has none.
  static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent?
  /// The collections it draws from.
  static var sources: Changes.Collections { get }
}

extension Pane {
  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    nil
  }
}
