/// A half-open rectangle of cells: `maxX` and `maxY` are just outside. Sizes are never negative,
/// and coordinates are held within ±2^31 so that no sum of two overflows.
package struct Rect: Hashable, Sendable {
  /// The first column.
  package private(set) var x: Int
  /// The first row.
  package private(set) var y: Int
  /// Columns.
  package private(set) var width: Int
  /// Rows.
  package private(set) var height: Int

  /// The rectangle from column `x` and row `y`, held within the bounds above.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = Self.held(x)
    self.y = Self.held(y)
    self.width = max(0, Self.held(width))
    self.height = max(0, Self.held(height))
  }

  /// The rectangle from `origin` of `size`.
  package init(origin: Point, size: Size) {
    self.init(x: origin.x, y: origin.y, width: size.width, height: size.height)
  }

  /// A rectangle of `size` at the top left corner.
  package init(size: Size) {
    self.init(origin: .zero, size: size)
  }

  /// No cell, at the top left corner.
  package static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

  /// The first column.
  package var minX: Int { x }
  /// The first row.
  package var minY: Int { y }
  /// One past the last column.
  package var maxX: Int { x + width }
  /// One past the last row.
  package var maxY: Int { y + height }
  /// The top left corner.
  package var origin: Point { Point(x: x, y: y) }
  /// Columns and rows.
  package var size: Size { Size(width: width, height: height) }
  /// True when there is no cell inside.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// True when the cell at `point` is inside.
  package func contains(_ point: Point) -> Bool {
    point.x >= minX && point.x < maxX && point.y >= minY && point.y < maxY
  }

  /// The cells in both; an empty rectangle when they do not meet.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(minX, other.minX)
    let top = max(minY, other.minY)
    return Rect(
      x: left, y: top,
      width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle moved by whole cells.
  package func offset(dx: Int, dy: Int) -> Rect {
    Rect(x: x + Self.held(dx), y: y + Self.held(dy), width: width, height: height)
  }

  /// The rectangle shrunk by `amount` cells on all four sides (grown when negative).
  package func inset(by amount: Int) -> Rect {
    inset(dx: amount, dy: amount)
  }

  /// The rectangle shrunk by `dx` columns left and right and `dy` rows above and below. A
  /// rectangle too small for that becomes empty, at its own middle.
  package func inset(dx: Int, dy: Int) -> Rect {
    let across = min(Self.held(dx), width / 2 + width % 2)
    let down = min(Self.held(dy), height / 2 + height % 2)
    return Rect(
      x: x + across, y: y + down, width: width - 2 * across, height: height - 2 * down)
  }

  private static func held(_ value: Int) -> Int {
    min(max(value, -(1 << 31)), 1 << 31)
  }
}

// Cutters: layout takes slices off a rectangle, and what is left stays in it.
extension Rect {
  /// Removes up to `rows` rows from the top and returns them.
  @discardableResult
  package mutating func cutTop(_ rows: Int) -> Rect {
    let taken = min(max(0, rows), height)
    defer { self = Rect(x: x, y: y + taken, width: width, height: height - taken) }
    return Rect(x: x, y: y, width: width, height: taken)
  }

  /// Removes up to `rows` rows from the bottom and returns them.
  @discardableResult
  package mutating func cutBottom(_ rows: Int) -> Rect {
    let taken = min(max(0, rows), height)
    height -= taken
    return Rect(x: x, y: maxY, width: width, height: taken)
  }

  /// Removes up to `columns` columns from the left and returns them.
  @discardableResult
  package mutating func cutLeft(_ columns: Int) -> Rect {
    let taken = min(max(0, columns), width)
    defer { self = Rect(x: x + taken, y: y, width: width - taken, height: height) }
    return Rect(x: x, y: y, width: taken, height: height)
  }

  /// Removes up to `columns` columns from the right and returns them.
  @discardableResult
  package mutating func cutRight(_ columns: Int) -> Rect {
    let taken = min(max(0, columns), width)
    width -= taken
    return Rect(x: maxX, y: y, width: taken, height: height)
  }
}
