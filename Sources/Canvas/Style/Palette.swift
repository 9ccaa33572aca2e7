/// The xterm 256-colour palette: 16 ANSI colours, a 6×6×6 cube, 24 greys.
enum Palette {
  typealias RGB = (red: UInt8, green: UInt8, blue: UInt8)

  /// xterm's default ANSI colours. Terminals differ here; nothing better can be known.
  private static let ansi: [RGB] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  /// The six intensities of the cube.
  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// The colour of a palette entry.
  static func rgb(_ index: UInt8) -> RGB {
    let entry = Int(index)
    if entry < 16 { return ansi[entry] }
    if entry >= 232 {
      let grey = UInt8(8 + 10 * (entry - 232))
      return (grey, grey, grey)
    }
    let cube = entry - 16
    return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
  }

  /// The nearest of entries 16–255; the first 16 are the user's to redefine and so never chosen.
  static func nearest256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let target: RGB = (red, green, blue)
    let cube = UInt8(16 + 36 * nearestLevel(red) + 6 * nearestLevel(green) + nearestLevel(blue))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
    return distance(target, rgb(grey)) < distance(target, rgb(cube)) ? grey : cube
  }

  /// The nearest of the ANSI colours 0–15.
  static func nearest16(_ target: RGB) -> UInt8 {
    var best = 0
    var bestDistance = Int.max
    for (index, candidate) in ansi.enumerated() {
      let found = distance(target, candidate)
      if found < bestDistance { (best, bestDistance) = (index, found) }
    }
    return UInt8(best)
  }

  private static func nearestLevel(_ value: UInt8) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40
  }

  private static func distance(_ one: RGB, _ other: RGB) -> Int {
    let red = Int(one.red) - Int(other.red)
    let green = Int(one.green) - Int(other.green)
    let blue = Int(one.blue) - Int(other.blue)
    return red * red + green * green + blue * blue
  }
}
