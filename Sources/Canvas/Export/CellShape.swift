/// Glyphs drawn as shapes rather than from a font, so that frames and graphs join without seams:
/// box drawing, block elements and braille. All lengths are pixels inside one cell.
struct CellShape {
  /// SVG path data of areas to fill.
  private(set) var fills = ""
  /// SVG path data of lines to stroke, one light line wide.
  private(set) var strokes = ""
  /// How much of the glyph colour the areas show; less than 1 for shades.
  private(set) var opacity = 1.0

  private let x: Int
  private let y: Int
  private let width: Int
  private let height: Int

  /// The shape of the glyph in the cell at (`x`, `y`); nil when a font should draw it.
  init?(glyph: UInt32, x: Int, y: Int, cell: Size) {
    (self.x, self.y, width, height) = (x, y, cell.width, cell.height)
    switch glyph {
    case 0x256D...0x2570: addArc(glyph)
    case 0x2571...0x2573: addDiagonals(glyph)
    case 0x2500...0x257F: addBox(glyph)
    case 0x2580...0x259F: addBlock(glyph)
    case 0x2800...0x28FF: addBraille(glyph)
    default: return nil
    }
  }

  private var light: Int { max(1, width / 8) }

  private mutating func addRect(_ left: Int, _ top: Int, _ wide: Int, _ high: Int) {
    guard wide > 0, high > 0 else { return }
    fills += "M\(x + left) \(y + top)h\(wide)v\(high)h-\(wide)z"
  }
}

// MARK: - Box drawing

extension CellShape {
  private mutating func addBox(_ glyph: UInt32) {
    guard let arms = BoxDrawing.arms(glyph) else { return }
    let across = max(thickness(arms.left), thickness(arms.right))
    let down = max(thickness(arms.up), thickness(arms.down))
    // Each arm reaches over the middle by half of what crosses it, so that corners are square.
    if arms.left == arms.right {
      addAcross(arms.left, from: 0, to: width)
    } else {
      addAcross(arms.left, from: 0, to: (width + down) / 2)
      addAcross(arms.right, from: (width - down) / 2, to: width)
    }
    if arms.up == arms.down {
      addDown(arms.up, from: 0, to: height)
    } else {
      addDown(arms.up, from: 0, to: (height + across) / 2)
      addDown(arms.down, from: (height - across) / 2, to: height)
    }
  }

  private func thickness(_ weight: BoxDrawing.Weight) -> Int {
    switch weight {
    case .none: 0
    case .light: light
    case .heavy, .double: 3 * light
    }
  }

  private mutating func addAcross(_ weight: BoxDrawing.Weight, from start: Int, to end: Int) {
    let thick = thickness(weight)
    let top = (height - thick) / 2
    if weight == .double {
      addRect(start, top, end - start, light)
      addRect(start, top + 2 * light, end - start, light)
    } else {
      addRect(start, top, end - start, thick)
    }
  }

  private mutating func addDown(_ weight: BoxDrawing.Weight, from start: Int, to end: Int) {
    let thick = thickness(weight)
    let left = (width - thick) / 2
    if weight == .double {
      addRect(left, start, light, end - start)
      addRect(left + 2 * light, start, light, end - start)
    } else {
      addRect(left, start, thick, end - start)
    }
  }

  /// A rounded corner: ╭ ╮ ╯ ╰ in the order of their code points.
  private mutating func addArc(_ glyph: UInt32) {
    let middleX = Double(x + (width - light) / 2) + Double(light) / 2
    let middleY = Double(y + (height - light) / 2) + Double(light) / 2
    let isRight = glyph == 0x256D || glyph == 0x2570
    let isDown = glyph == 0x256D || glyph == 0x256E
    let endX = isRight ? x + width : x
    let endY = isDown ? y + height : y
    let radius = Double(width) / 2
    let bend = middleY + (isDown ? radius : -radius)
    strokes += "M\(middleX) \(endY)V\(bend)Q\(middleX) \(middleY) \(endX) \(middleY)"
  }

  private mutating func addDiagonals(_ glyph: UInt32) {
    if glyph != 0x2572 { strokes += "M\(x + width) \(y)L\(x) \(y + height)" }
    if glyph != 0x2571 { strokes += "M\(x) \(y)L\(x + width) \(y + height)" }
  }
}

// MARK: - Blocks and braille

extension CellShape {
  private mutating func addBlock(_ glyph: UInt32) {
    switch glyph {
    case 0x2580: addRect(0, 0, width, height / 2)
    case 0x2581...0x2588:
      let high = (height * Int(glyph - 0x2580) + 4) / 8
      addRect(0, height - high, width, high)
    case 0x2589...0x258F: addRect(0, 0, (width * Int(0x2590 - glyph) + 4) / 8, height)
    case 0x2590: addRect(width / 2, 0, width - width / 2, height)
    case 0x2591...0x2593:
      addRect(0, 0, width, height)
      opacity = Double(glyph - 0x2590) / 4
    case 0x2594: addRect(0, 0, width, (height + 4) / 8)
    case 0x2595: addRect(width - (width + 4) / 8, 0, (width + 4) / 8, height)
    default: addQuadrants(Self.quadrants[Int(glyph - 0x2596)])
    }
  }

  /// ▖▗▘▙▚▛▜▝▞▟ as bits: upper left 1, upper right 2, lower left 4, lower right 8.
  private static let quadrants = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]

  private mutating func addQuadrants(_ bits: Int) {
    let (halfX, halfY) = (width / 2, height / 2)
    if bits & 1 != 0 { addRect(0, 0, halfX, halfY) }
    if bits & 2 != 0 { addRect(halfX, 0, width - halfX, halfY) }
    if bits & 4 != 0 { addRect(0, halfY, halfX, height - halfY) }
    if bits & 8 != 0 { addRect(halfX, halfY, width - halfX, height - halfY) }
  }

  /// Bits 0–2 and 6 are the left column from the top, bits 3–5 and 7 the right one.
  private mutating func addBraille(_ glyph: UInt32) {
    let side = max(1, min(width / 4, height / 8))
    for bit in 0..<8 where glyph >> UInt32(bit) & 1 != 0 {
      let column = bit < 6 ? bit / 3 : bit - 6
      let row = bit < 6 ? bit % 3 : 3
      addRect(
        (2 * column + 1) * width / 4 - side / 2, (2 * row + 1) * height / 8 - side / 2, side, side)
    }
  }
}
