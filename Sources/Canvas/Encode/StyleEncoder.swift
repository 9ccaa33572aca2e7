/// Turns changes of style into the shortest SGR sequence, and remembers what the terminal has.
struct StyleEncoder {
  let depth: ColorDepth
  /// What is set in the terminal, reduced to its depth; nil when not known.
  private(set) var current: Style?
  /// The last style reduced: neighbouring cells mostly share theirs.
  private var reducedFrom = Style.default
  private var reducedTo = Style.default

  init(depth: ColorDepth, current: Style? = nil) {
    self.depth = depth
    self.current = current
  }

  mutating func reset() {
    current = nil
  }

  /// True when `cell` can be drawn without a change of style.
  mutating func isSet(for cell: PackedCell) -> Bool {
    guard let current else { return false }
    let wanted = reduced(cell.style)
    guard cell.isBlank, wanted.attributes.isDisjoint(with: .visibleOnBlanks) else {
      return current == wanted
    }
    return current.background == wanted.background
      && current.attributes.isDisjoint(with: .visibleOnBlanks)
  }

  /// Makes the terminal draw `cell` as it should look.
  mutating func set(for cell: PackedCell, into out: inout [UInt8]) {
    if isSet(for: cell) { return }
    let wanted = reduced(cell.style)
    if cell.isBlank, wanted.attributes.isDisjoint(with: .visibleOnBlanks) {
      setBackground(wanted.background, into: &out)
    } else {
      set(wanted, into: &out)
    }
  }

  /// Sets exactly `style`.
  mutating func set(_ style: Style, into out: inout [UInt8]) {
    guard current != style else { return }
    defer { current = style }
    let afresh = Parameters(resettingTo: style)
    guard let current else { return afresh.write(into: &out) }
    let change = Parameters(from: current, to: style)
    (afresh.length < change.length ? afresh : change).write(into: &out)
  }

  /// A blank shows neither glyph colour nor weight, so those stay as they are when that is shorter.
  private mutating func setBackground(_ background: Color, into out: inout [UInt8]) {
    let plain = Style(background: background)
    guard let current else { return set(plain, into: &out) }
    let kept = current.over(background).removing(.visibleOnBlanks)
    let change = Parameters(from: current, to: kept)
    let afresh = Parameters(resettingTo: plain)
    let isShorter = afresh.length < change.length
    (isShorter ? afresh : change).write(into: &out)
    self.current = isShorter ? plain : kept
  }

  private mutating func reduced(_ style: Style) -> Style {
    if depth == .truecolor { return style }
    if style != reducedFrom {
      reducedFrom = style
      reducedTo = style.reduced(to: depth)
    }
    return reducedTo
  }
}
