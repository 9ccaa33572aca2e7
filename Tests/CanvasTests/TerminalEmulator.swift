import Canvas

/// A small terminal for tests: it understands exactly the sequences `FrameEncoder` may write and
/// records anything else, as well as every scroll, as a fault.
struct TerminalEmulator {
  /// What a person would see in a cell.
  struct Look: Equatable {
    var glyph = " "
    var style = Style.default

    /// Blanks without visible attributes differ in their background only.
    var visible: Look {
      let shows: Attributes = [.underline, .reverse, .strikethrough]
      guard glyph == " ", style.attributes.isDisjoint(with: shows) else { return self }
      return Look(glyph: " ", style: Style(background: style.background))
    }
  }

  let size: Size
  let erasesWithBackground: Bool
  let turnsLineFeedsIntoNewLines: Bool
  private(set) var screen: [Look]
  private(set) var faults: [String] = []
  private var x = 0
  private var y = 0
  private var isWrapPending = false
  private var wraps = true
  private var style = Style.default
  private var last = " "

  init(size: Size, erasesWithBackground: Bool, newLines: Bool, filledWith glyph: String = "?") {
    self.size = size
    self.erasesWithBackground = erasesWithBackground
    turnsLineFeedsIntoNewLines = newLines
    let look = Look(glyph: glyph, style: Style(foreground: .indexed(1), background: .indexed(2)))
    screen = Array(repeating: look, count: size.width * size.height)
  }

  mutating func receive(_ bytes: [UInt8]) {
    let characters = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var index = 0
    while index < characters.count {
      let scalar = characters[index]
      index += 1
      switch scalar {
      case "\u{1B}": index = control(characters, from: index)
      case "\r": (x, isWrapPending) = (0, false)
      case "\n": lineFeed()
      case "\u{8}": backspace()
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        faults.append("control \(scalar.value)")
      default: index = print(characters, from: index - 1)
      }
    }
  }

  // MARK: Printing

  private mutating func print(_ characters: [Unicode.Scalar], from start: Int) -> Int {
    var text = String(characters[start])
    var index = start + 1
    while index < characters.count, characters[index].value >= 0x20 {
      let longer = text + String(characters[index])
      guard longer.count == 1 else { break }
      text = longer
      index += 1
    }
    place(text)
    return index
  }

  private mutating func place(_ glyph: String) {
    let width = TextWidth.columns(of: glyph)
    if isWrapPending, wraps { faults.append("wrapped in row \(y)") }
    guard width > 0, x + width <= size.width else {
      faults.append("drew \(glyph) at column \(x)")
      return
    }
    set(x, Look(glyph: glyph, style: style))
    if width == 2 { set(x + 1, Look(glyph: "", style: style)) }
    last = glyph
    x += width
    isWrapPending = x == size.width
    if isWrapPending { x -= 1 }
  }

  /// Sets one cell; half of a wide glyph left over becomes a blank.
  private mutating func set(_ column: Int, _ look: Look) {
    let index = y * size.width + column
    if screen[index].glyph.isEmpty, !look.glyph.isEmpty, column > 0 {
      screen[index - 1].glyph = " "
    }
    if column + 1 < size.width, screen[index + 1].glyph.isEmpty { screen[index + 1].glyph = " " }
    screen[index] = look
  }

  private mutating func lineFeed() {
    if y + 1 == size.height { faults.append("scrolled") } else { y += 1 }
    isWrapPending = false
    if turnsLineFeedsIntoNewLines { x = 0 }
  }

  private mutating func backspace() {
    if isWrapPending { faults.append("BS past the last column") }
    x = max(0, x - 1)
  }

  // MARK: Control sequences

  private mutating func control(_ characters: [Unicode.Scalar], from start: Int) -> Int {
    var index = start + 1
    var parameters = ""
    while index < characters.count, !(0x40...0x7E).contains(characters[index].value) {
      parameters.unicodeScalars.append(characters[index])
      index += 1
    }
    guard index < characters.count, characters[start] == "[" else {
      faults.append("broken sequence")
      return characters.count
    }
    let fields = parameters.split(separator: ";", omittingEmptySubsequences: false)
    run(Character(characters[index]), fields.map { Int($0) }, parameters)
    return index + 1
  }

  private mutating func run(_ final: Character, _ numbers: [Int?], _ parameters: String) {
    let count = numbers.first.flatMap { $0 } ?? 1
    let isRelative = "ABCD".contains(final)
    if isRelative, isWrapPending { faults.append("relative move past the last column") }
    if isRelative || final == "H" || final == "G" { isWrapPending = false }
    switch final {
    case "H": go(x: (numbers.count > 1 ? numbers[1] ?? 1 : 1) - 1, y: count - 1)
    case "G": go(x: count - 1, y: y)
    case "A": go(x: x, y: y - count)
    case "B": go(x: x, y: y + count)
    case "C": go(x: x + count, y: y)
    case "D": go(x: x - count, y: y)
    case "K": erase(size.width - x)
    case "X": erase(min(count, size.width - x))
    case "b": for _ in 0..<count { place(last) }
    case "m": select(numbers)
    case "h", "l": mode(parameters, isOn: final == "h")
    default: faults.append("unknown sequence \(parameters)\(final)")
    }
  }

  private mutating func go(x: Int, y: Int) {
    if x < 0 || x >= size.width || y < 0 || y >= size.height { faults.append("left the screen") }
    self.x = min(max(0, x), size.width - 1)
    self.y = min(max(0, y), size.height - 1)
  }

  private mutating func erase(_ count: Int) {
    if isWrapPending { faults.append("erased past the last column") }
    let background = erasesWithBackground ? style.background : .terminalDefault
    for column in x..<x + count { set(column, Look(style: Style(background: background))) }
  }

  private mutating func mode(_ parameters: String, isOn: Bool) {
    switch parameters {
    case "?7": wraps = isOn
    case "?2026": break
    default: faults.append("unknown mode \(parameters)")
    }
  }

  // MARK: SGR

  private mutating func select(_ numbers: [Int?]) {
    var rest = numbers.map { $0 ?? 0 }[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = .default
      case 1: style = style.bold
      case 2: style = style.dim
      case 3: style = style.italic
      case 4: style = style.underline
      case 7: style = style.reverse
      case 9: style = style.strikethrough
      case 22: style = style.removing([.bold, .dim])
      case 23: style = style.removing(.italic)
      case 24: style = style.removing(.underline)
      case 27: style = style.removing(.reverse)
      case 29: style = style.removing(.strikethrough)
      case 30...37, 39, 90...97, 38: style.foreground = color(number, base: 30, &rest)
      case 40...47, 49, 100...107, 48: style.background = color(number, base: 40, &rest)
      default: faults.append("unknown SGR \(number)")
      }
    }
  }

  private mutating func color(_ number: Int, base: Int, _ rest: inout ArraySlice<Int>) -> Color {
    let code = number - base
    if code == 9 { return .terminalDefault }
    if code != 8 { return .indexed(UInt8(clamping: code >= 60 ? code - 52 : code)) }
    let kind = rest.popFirst()
    let values = rest.prefix(kind == 2 ? 3 : 1).map { UInt8(clamping: $0) }
    rest = rest.dropFirst(values.count)
    return values.count == 3
      ? .rgb(values[0], values[1], values[2]) : .indexed(values.first ?? 0)
  }
}
