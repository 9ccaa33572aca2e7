/// The parameters of one SGR sequence, at most 32: six attributes and two colours need 18.
struct Parameters {
  private var values = InlineArray<32, UInt8>(repeating: 0)
  private var count = 0

  /// The bytes of the whole sequence.
  private(set) var length = 3

  /// Everything off, then what `style` has.
  init(resettingTo style: Style) {
    if style == .default { return }
    // An empty parameter is 0, the reset.
    append(0)
    length -= 1
    appendAttributes(style.attributes)
    append(style.foreground, base: 30)
    append(style.background, base: 40)
  }

  /// Only what differs.
  init(from old: Style, to new: Style) {
    var removed = old.attributes.subtracting(new.attributes)
    var added = new.attributes.subtracting(old.attributes)
    if !removed.isDisjoint(with: [.bold, .dim]) {
      append(22)
      // 22 ends both.
      added.formUnion(new.attributes.intersection([.bold, .dim]))
      removed.subtract([.bold, .dim])
    }
    if removed.contains(.italic) { append(23) }
    if removed.contains(.underline) { append(24) }
    if removed.contains(.reverse) { append(27) }
    if removed.contains(.strikethrough) { append(29) }
    appendAttributes(added)
    if old.foreground != new.foreground { appendChange(new.foreground, base: 30) }
    if old.background != new.background { appendChange(new.background, base: 40) }
  }

  func write(into out: inout [UInt8]) {
    out.append(ascii: "\u{1B}[")
    for index in 0..<count {
      if index > 0 { out.append(0x3B) }
      if index > 0 || values[0] != 0 { out.append(decimal: Int(values[index])) }
    }
    out.append(0x6D)
  }

  private mutating func append(_ value: UInt8) {
    length += ByteCost.decimal(Int(value)) + (count > 0 ? 1 : 0)
    values[count] = value
    count += 1
  }

  private mutating func appendAttributes(_ attributes: Attributes) {
    if attributes.contains(.bold) { append(1) }
    if attributes.contains(.dim) { append(2) }
    if attributes.contains(.italic) { append(3) }
    if attributes.contains(.underline) { append(4) }
    if attributes.contains(.reverse) { append(7) }
    if attributes.contains(.strikethrough) { append(9) }
  }

  private mutating func appendChange(_ color: Color, base: UInt8) {
    if color == .terminalDefault { append(base + 9) } else { append(color, base: base) }
  }

  private mutating func append(_ color: Color, base: UInt8) {
    switch color {
    case .terminalDefault: break
    case .indexed(let index) where index < 8: append(base + index)
    case .indexed(let index) where index < 16: append(base + 60 + index - 8)
    case .indexed(let index):
      append(base + 8)
      append(5)
      append(index)
    case .rgb(let red, let green, let blue):
      append(base + 8)
      append(2)
      append(red)
      append(green)
      append(blue)
    }
  }
}
