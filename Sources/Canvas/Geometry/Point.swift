/// A cell position: columns from the left, rows from the top, both from 0.
package struct Point: Hashable, Sendable {
  /// Columns from the left.
  package var x: Int
  /// Rows from the top.
  package var y: Int

  /// The cell in column `x` of row `y`.
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  /// The top left corner.
  package static let zero = Point(x: 0, y: 0)
}

/// An extent in cells; negative lengths become 0.
package struct Size: Hashable, Sendable {
  /// Columns.
  package var width: Int
  /// Rows.
  package var height: Int

  /// An extent of `width` columns and `height` rows.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// No cell at all.
  package static let zero = Size(width: 0, height: 0)

  /// True when there is no cell.
  package var isEmpty: Bool { width <= 0 || height <= 0 }
}

extension Size: CustomStringConvertible {
  /// Reads `120x40`; nil unless both sides are from 1 to `limit`.
  package init?(_ text: String, atMost limit: Int) {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { side in
      side.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) ? Int(side) : nil
    }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (1...limit).contains(width), (1...limit).contains(height)
    else { return nil }
    self.init(width: width, height: height)
  }

  package var description: String { "\(width)x\(height)" }
}
