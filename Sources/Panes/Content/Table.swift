package import Canvas
package import Themes

/// A column of a table.
package struct Column: Hashable, Sendable {
  /// Where its cells stand.
  package enum Alignment: Hashable, Sendable {
    case leading, trailing
  }

  private let label: Label
  /// The columns it needs at least, and where words are longer.
  private let width: Int, widthInArabic: Int
  /// Its share of what is left over; 0 keeps it at `width`.
  package let growth: Int
  package let alignment: Alignment
  /// The order in which columns give way when there is no room: the highest first; 0 never.
  package let dispensable: Int

  /// A column; `arabic` is its width in Arabic, where that differs.
  package init(
    _ label: Label, width: Int, arabic: Int? = nil, growth: Int = 0,
    _ alignment: Alignment = .leading, dispensable: Int = 0
  ) {
    self.label = label
    self.width = width
    widthInArabic = arabic ?? width
    self.growth = growth
    self.alignment = alignment
    self.dispensable = dispensable
  }

  /// A column with a sign for its title, the same in every language.
  package init(
    _ sign: String, width: Int, arabic: Int? = nil, growth: Int = 0,
    _ alignment: Alignment = .leading, dispensable: Int = 0
  ) {
    self.init(
      Label(sign, sign), width: width, arabic: arabic, growth: growth, alignment,
      dispensable: dispensable)
  }

  /// What stands above it.
  func title(in language: Language) -> String { language.text(label) }

  /// The columns it needs at least.
  func width(in language: Language) -> Int { language == .arabic ? widthInArabic : width }
}

/// What stands in a cell.
package enum TableCell: Hashable, Sendable {
  case text(String, Role)
  case runs([Run])
  /// A bar filled to a fraction, in a role; nil draws an empty track.
  case meter(Double?, Role)
  /// Values over time, drawn as blocks; nil is a hole.
  case graph([Double?], Role)

  /// Nothing.
  package static let empty = TableCell.text("", .text)
  /// No value: never seen, not told.
  package static let none = TableCell.text("--", .faint)
}

/// One row of a table.
package struct TableRow: Hashable, Sendable {
  /// The entity it stands for, to keep the cursor on it.
  package let id: String
  /// One cell a column.
  package let cells: [TableCell]
  /// Attributes of the whole row: struck through when voided.
  package let attributes: Attributes
  /// Whether it belongs to what the user traces: it has a mark in the margin, and stands out.
  package var isTraced = false

  /// A row.
  package init(id: String, _ cells: [TableCell], attributes: Attributes = []) {
    self.id = id
    self.cells = cells
    self.attributes = attributes
  }
}

/// The rows in view of a list, and where they stand in it.
package struct TableContent: Hashable, Sendable {
  package var columns: [Column]
  /// The rows in view.
  package var rows: [TableRow]
  /// The rank of the first row in view.
  package var first: Int
  /// How many rows the list has.
  package var total: Int
  /// The rank of the selected row, nil when the pane has no focus.
  package var selected: Int?
  /// What is said when there are no rows.
  package var emptyText: String
  /// How many blocks the rows flow through, side by side; at least 1.
  package var blocks: Int
  /// The language of its heading.
  package var language = Language.english

  /// The rows in view of a list.
  package init(
    _ columns: [Column], rows: [TableRow], first: Int, total: Int, selected: Int?,
    emptyText: String, blocks: Int = 1
  ) {
    self.columns = columns
    self.rows = rows
    self.first = first
    self.total = total
    self.selected = selected
    self.emptyText = emptyText
    self.blocks = max(1, blocks)
  }
}
