/// What has to be drawn of a frame: steps of neighbouring cells that need one style.
///
/// In the order of the screen the cursor moves least; grouped by style the style changes least.
/// Which is shorter depends on the colours, so the encoder tries both. A plan has at most a step
/// for each cell.
struct PaintPlan {
  struct Step {
    let row: Row
    let columns: Range<Int>
    let action: Action
    /// The style to group by.
    let style: Style
  }

  enum Action {
    case draw
    /// Erase the columns and leave the cursor before them.
    case eraseCharacters
    /// Erase to the end of the row.
    case eraseLine
  }

  let erasesWithBackground: Bool
  private(set) var steps: [Step] = []
  /// By background, the style last seen over it: blanks are grouped with that.
  private var styles: [UInt32: Style] = [:]

  init(erasesWithBackground: Bool) {
    self.erasesWithBackground = erasesWithBackground
  }

  /// Adds what has changed in `row`.
  mutating func add(_ row: Row) {
    var x = 0
    while x < row.width {
      if row.isChanged(x) {
        x = addStep(row, from: x)
      } else {
        x += 1
      }
    }
  }

  /// The steps sorted by style, in order of first appearance; nil when that saves no change.
  var grouped: [Step]? {
    var groups: [Style: Int] = [:]
    var order: [[Step]] = []
    var changes = 0
    var previous: Style?
    for step in steps {
      if step.style != previous { changes += 1 }
      previous = step.style
      if let group = groups[step.style] {
        order[group].append(step)
      } else {
        groups[step.style] = order.count
        order.append([step])
      }
    }
    return changes > order.count ? order.flatMap { $0 } : nil
  }

  /// Adds one step and returns the column after it.
  private mutating func addStep(_ row: Row, from x: Int) -> Int {
    let background = row[x].background
    if let (columns, action) = erasure(row, from: x) {
      let style = styles[background] ?? row[x].style
      steps.append(Step(row: row, columns: columns, action: action, style: style))
      return action == .eraseLine ? row.width : columns.upperBound
    }
    var text: PackedCell?
    var end = x
    while end < row.width, row.isChanged(end), end == x || erasure(row, from: end) == nil {
      let cell = row[end]
      if cell.looksBlank, text?.marksBlanks != true {
        guard cell.background == background else { break }
      } else if let text {
        guard cell.hasStyle(of: text) else { break }
      } else {
        guard cell.background == background else { break }
        text = cell
      }
      end += 1
    }
    let style = text?.style ?? styles[background] ?? row[x].style
    styles[background] = style
    steps.append(Step(row: row, columns: x..<end, action: .draw, style: style))
    return end
  }

  /// The blanks from `x` up to the last that changed, if erasing them is shorter than drawing.
  private func erasure(_ row: Row, from x: Int) -> (columns: Range<Int>, action: Action)? {
    let first = row[x]
    guard first.looksBlank, first.background == 0 || erasesWithBackground else { return nil }
    var end = x
    var changedEnd = x
    while end < row.width, row[end].looksBlank, row[end].background == first.background {
      end += 1
      if row.isChanged(end - 1) { changedEnd = end }
    }
    let count = changedEnd - x
    let isLine = end == row.width
    // After ECH the cursor still has to pass the blanks; after EL nothing follows in the row.
    guard count > (isLine ? 3 : 2 * ByteCost.csi(count)) else { return nil }
    return (x..<changedEnd, isLine ? .eraseLine : .eraseCharacters)
  }
}

extension PackedCell {
  /// Drawn with underline, reverse or strikethrough, so that blanks beside it are not alike.
  fileprivate var marksBlanks: Bool {
    attributes & Attributes.visibleOnBlanks.rawValue != 0
  }

  fileprivate func hasStyle(of other: PackedCell) -> Bool {
    foreground == other.foreground && background == other.background
      && attributes == other.attributes
  }
}
