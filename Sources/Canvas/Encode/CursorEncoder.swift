/// Moves the terminal's cursor by the fewest bytes, and remembers where it is.
struct CursorEncoder {
  enum Place: Equatable {
    case unknown
    case at(x: Int, y: Int)
    /// A glyph was drawn in the last column: where the cursor is depends on the terminal until a
    /// CR or an absolute move.
    case pastLastColumn(y: Int)
  }

  private(set) var place = Place.unknown

  mutating func reset() {
    place = .unknown
  }

  /// Notes that `columns` columns were drawn in row `y` up to `end` of a screen `width` wide.
  mutating func advance(to end: Int, y: Int, width: Int) {
    place = end >= width ? .pastLastColumn(y: y) : .at(x: end, y: y)
  }

  /// The bytes `move` would write within the row, forwards or backwards.
  static func cost(from x: Int, to target: Int) -> Int {
    way(from: x, to: target).cost
  }

  mutating func move(x: Int, y: Int, into out: inout [UInt8]) {
    guard place != .at(x: x, y: y) else { return }
    defer { place = .at(x: x, y: y) }
    let absolute = Self.absoluteCost(x: x, y: y)
    switch place {
    case .unknown:
      Self.writeAbsolute(x: x, y: y, into: &out)
    case .pastLastColumn(let row):
      guard y >= row, Self.lineCost(rows: y - row, x: x) <= absolute else {
        return Self.writeAbsolute(x: x, y: y, into: &out)
      }
      Self.writeLines(rows: y - row, x: x, into: &out)
    case .at(let column, let row):
      Self.relative(fromX: column, fromY: row, x: x, y: y, absolute: absolute, into: &out)
    }
  }

  /// The cheapest of: CUP; CR, LFs and forward; CUU or CUD and within the row.
  private static func relative(
    fromX: Int, fromY: Int, x: Int, y: Int, absolute: Int, into out: inout [UInt8]
  ) {
    let vertical = y == fromY ? 0 : ByteCost.csi(abs(y - fromY))
    let across = way(from: fromX, to: x)
    let lines = y > fromY ? lineCost(rows: y - fromY, x: x) : Int.max
    if lines < absolute, lines <= vertical + across.cost {
      writeLines(rows: y - fromY, x: x, into: &out)
    } else if vertical + across.cost < absolute {
      if y != fromY { out.append(csi: abs(y - fromY), y > fromY ? "B" : "A") }
      write(across.way, from: fromX, to: x, into: &out)
    } else {
      writeAbsolute(x: x, y: y, into: &out)
    }
  }

  // MARK: Absolute

  private static func absoluteCost(x: Int, y: Int) -> Int {
    3 + (y == 0 ? 0 : ByteCost.decimal(y + 1)) + (x == 0 ? 0 : 1 + ByteCost.decimal(x + 1))
  }

  private static func writeAbsolute(x: Int, y: Int, into out: inout [UInt8]) {
    out.append(ascii: "\u{1B}[")
    if y > 0 { out.append(decimal: y + 1) }
    if x > 0 {
      out.append(0x3B)
      out.append(decimal: x + 1)
    }
    out.append(0x48)
  }

  // MARK: CR and LF

  /// CR comes first, so that LF does the same whether or not the tty turns it into CR LF.
  private static func lineCost(rows: Int, x: Int) -> Int {
    1 + rows + (x == 0 ? 0 : ByteCost.csi(x))
  }

  private static func writeLines(rows: Int, x: Int, into out: inout [UInt8]) {
    out.append(0x0D)
    for _ in 0..<rows { out.append(0x0A) }
    if x > 0 { out.append(csi: x, "C") }
  }

  // MARK: Within a row

  private enum Way {
    case stay, carriageReturn, forward, backspaces, backward, column
  }

  private static func way(from x: Int, to target: Int) -> (way: Way, cost: Int) {
    if x == target { return (.stay, 0) }
    if target == 0 { return (.carriageReturn, 1) }
    let column = 3 + ByteCost.decimal(target + 1)
    let relative = ByteCost.csi(abs(target - x))
    if target > x { return relative <= column ? (.forward, relative) : (.column, column) }
    if x - target <= min(relative, column) { return (.backspaces, x - target) }
    return relative <= column ? (.backward, relative) : (.column, column)
  }

  private static func write(_ way: Way, from x: Int, to target: Int, into out: inout [UInt8]) {
    switch way {
    case .stay: break
    case .carriageReturn: out.append(0x0D)
    case .forward: out.append(csi: target - x, "C")
    case .backspaces: for _ in target..<x { out.append(0x08) }
    case .backward: out.append(csi: x - target, "D")
    case .column: out.append(csi: target + 1, "G")
    }
  }
}
