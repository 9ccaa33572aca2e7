/// Turns the difference between two grids into the bytes that change a terminal from showing one to
/// showing the other. The caller writes the buffer in one call.
///
/// Laws: the screen is never cleared; nothing is drawn that could scroll it; where a terminal may
/// measure a glyph differently (clusters, emoji) the whole row is repainted and the cursor placed
/// absolutely after the glyph. What it writes: CUP, CUU, CUD, CUF, CUB, CHA, CR, LF, BS, SGR, EL,
/// ECH, and if allowed REP (ECMA-48); autowrap off and on around rows of such glyphs (DEC mode 7).
package struct FrameEncoder {
  /// What is known of the terminal; when in doubt, false.
  package struct Features: Hashable, Sendable {
    /// Erasing fills with the current background colour (terminfo `bce`).
    package var erasesWithBackground: Bool
    /// The terminal knows REP (terminfo `rep`).
    package var repeatsCharacters: Bool
    /// Wrap each frame in synchronized output (DEC mode 2026).
    package var synchronizesOutput: Bool

    /// A terminal with these abilities and no other.
    package init(
      erasesWithBackground: Bool = false, repeatsCharacters: Bool = false,
      synchronizesOutput: Bool = false
    ) {
      self.erasesWithBackground = erasesWithBackground
      self.repeatsCharacters = repeatsCharacters
      self.synchronizesOutput = synchronizesOutput
    }
  }

  let features: Features
  var style: StyleEncoder
  var cursor = CursorEncoder()

  /// An encoder for a terminal about which nothing is known yet but its abilities.
  package init(depth: ColorDepth, features: Features = Features()) {
    self.features = features
    style = StyleEncoder(depth: depth)
  }

  /// Forgets the terminal's style and cursor: call it after anything else wrote to the terminal.
  package mutating func reset() {
    style.reset()
    cursor.reset()
  }

  /// Appends to `out` what turns a screen showing `old` into one showing `new`. Nil, or another
  /// size than `new`, means an unknown screen: everything is drawn.
  package mutating func encode(from old: Grid?, to new: Grid, into out: inout [UInt8]) {
    let old = old.flatMap { $0.size == new.size ? $0 : nil }
    if old == nil { reset() }
    let start = out.count
    if features.synchronizesOutput { out.append(ascii: "\u{1B}[?2026h") }
    let prologue = out.count
    let known = old.map {
      $0.clusters == new.clusters
        ? $0.cells : new.clusters.translated($0.cells, from: $0.clusters)
    }
    var plan = PaintPlan(erasesWithBackground: features.erasesWithBackground)
    for y in 0..<new.size.height {
      let row = Row(y: y, new: new, known: known)
      if row.isUnchanged { continue }
      if row.isDelicate { paintDelicate(row, into: &out) } else { plan.add(row) }
    }
    paint(plan, into: &out)
    if out.count == prologue {
      out.removeLast(prologue - start)
    } else if features.synchronizesOutput {
      out.append(ascii: "\u{1B}[?2026l")
    }
  }
}
