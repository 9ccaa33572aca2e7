import Canvas

/// Puts the runs of a line in the order in which a grid whose lines begin at the right is to draw
/// them: words and values follow each other from the right, but what stands together without a
/// blank, such as `5` and `/8`, keeps the direction of its own letters.
enum RunOrder {
  /// The runs as far as they fit, the last one with an ellipsis where something was left out.
  static func cut(_ runs: [Run], to width: Int, ellipsis: Unicode.Scalar) -> [Run] {
    var shown: [Run] = []
    var room = width
    for (index, run) in runs.enumerated() where room > 0 {
      let columns = TextWidth.columns(of: run.text)
      let isLast = !runs[(index + 1)...].contains { $0.text.contains { $0 != " " } }
      guard columns > room || (columns == room && !isLast) else {
        shown.append(run)
        room -= columns
        continue
      }
      var cut = run
      let isBlank = run.text.allSatisfy { $0 == " " }
      cut.text = String(TextFit.prefix(of: run.text, columns: room - 1).text)
      if !isLast || !isBlank { cut.text.unicodeScalars.append(ellipsis) }
      shown.append(cut)
      room = 0
    }
    return shown
  }

  /// The runs in the order of drawing, from the right.
  static func arranged(_ runs: [Run], isOneText: Bool) -> [Run] {
    var order: [Run] = []
    var text: [Run] = []
    for run in runs where !run.text.isEmpty {
      if isFurniture(run) {
        order += placed(text) + [mirrored(run)]
        text = []
        continue
      }
      if !isOneText, let last = text.last, last.text.hasSuffix(" ") || run.text.hasPrefix(" ") {
        order += placed(text)
        text = []
      }
      text.append(run)
    }
    return order + placed(text)
  }

  /// The runs of one text in the order of drawing. The blanks at its ends are the line's.
  private static func placed(_ text: [Run]) -> [Run] {
    guard text.count > 1, let first = text.first, let last = text.last else { return text }
    let whole = text.reduce(into: "") { $0 += $1.text }
    guard whole.contains(where: { $0.isLetter || $0.isNumber }) else { return text }
    guard BidiText.direction(of: whole[...], in: .rightToLeft) == .leftToRight else { return text }
    var inner = text
    let lead = first.text.prefix { $0 == " " }
    inner[0].text = String(first.text.dropFirst(lead.count))
    let end = inner[inner.count - 1].text
    let core = end.lastIndex { $0 != " " }.map { end[...$0] } ?? end[...]
    inner[inner.count - 1].text = String(core)
    let trail = end.dropFirst(core.count)
    return [blank(lead, like: first)] + inner.reversed().map(swapped) + [blank(trail, like: last)]
  }

  /// A run whose blanks at the ends change sides: inside a text from left to right they are not
  /// the line's.
  private static func swapped(_ run: Run) -> Run {
    let lead = run.text.prefix { $0 == " " }
    let rest = run.text.dropFirst(lead.count)
    guard let end = rest.lastIndex(where: { $0 != " " }) else { return run }
    var swapped = run
    swapped.text = rest[rest.index(after: end)...] + String(rest[...end]) + lead
    return swapped
  }

  private static func blank(_ text: Substring, like run: Run) -> Run {
    Run(String(text), run.role, run.attributes)
  }

  /// Whether a run is drawn rather than written: the branch of a tree, bars of a graph.
  private static func isFurniture(_ run: Run) -> Bool {
    let shapes = 0x2500..<0x2600 as Range<UInt32>
    return run.text.unicodeScalars.contains { shapes.contains($0.value) }
      && run.text.unicodeScalars.allSatisfy {
        $0 == " " || $0 == "·" || shapes.contains($0.value)
      }
  }

  /// A drawn run begins at the right; the blanks at its ends are the line's.
  private static func mirrored(_ run: Run) -> Run {
    let lead = run.text.prefix { $0 == " " }
    let rest = run.text.dropFirst(lead.count)
    let core = rest.lastIndex { $0 != " " }.map { rest[...$0] } ?? rest
    var mirrored = run
    mirrored.text =
      lead + String(core.reversed().map(MirroredGlyph.of)) + rest.dropFirst(core.count)
    return mirrored
  }
}
