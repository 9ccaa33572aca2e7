// The rules of UAX #9 for one paragraph without explicit embeddings: W1-W7, N0-N2, I1, I2 and L2.
// Each rule is one pass over the characters, so that long hostile text costs no more than its length.

/// Puts characters in the order in which they are seen.
struct BidiLevels {
  /// One character of the text: its first scalar decides.
  struct Item {
    let kind: BidiClass
    let scalar: Unicode.Scalar
  }

  /// The level of each character: even from left to right, odd from right to left.
  let levels: [UInt8]

  /// The levels of characters in a paragraph of a direction.
  init(_ items: [Item], base: TextDirection) {
    let embedding: BidiClass = base == .rightToLeft ? .right : .left
    var classes = items.map(\.kind)
    Self.resolveWeak(&classes, embedding)
    Self.resolveBrackets(&classes, items, embedding)
    Self.resolveNeutrals(&classes, embedding)
    levels = classes.map { Self.level(of: $0, base) }
  }

  /// The places of the characters from left to right as they are seen (L2).
  var visualOrder: [Int] {
    var order = Array(levels.indices)
    for level in stride(from: levels.max() ?? 0, to: 0, by: -1) {
      var start = 0
      while start < order.count {
        guard levels[order[start]] >= level else {
          start += 1
          continue
        }
        var end = start
        while end < order.count, levels[order[end]] >= level { end += 1 }
        order[start..<end].reverse()
        start = end
      }
    }
    return order
  }

  /// I1 and I2.
  private static func level(of kind: BidiClass, _ base: TextDirection) -> UInt8 {
    switch (base, kind) {
    case (.leftToRight, .left): 0
    case (_, .right), (_, .arabicLetter): 1
    case (.leftToRight, _), (.rightToLeft, _): 2
    }
  }
}

// MARK: - Weak characters

extension BidiLevels {
  private static func resolveWeak(_ classes: inout [BidiClass], _ embedding: BidiClass) {
    resolveMarksAndNumbers(&classes, embedding)
    resolveSeparators(&classes)
    resolveTerminators(&classes)
    resolveLatinNumbers(&classes, embedding)
  }

  /// W1 to W3. An Arabic letter is told from other right ones until the numbers behind it are
  /// known.
  private static func resolveMarksAndNumbers(
    _ classes: inout [BidiClass], _ embedding: BidiClass
  ) {
    var previous = embedding
    var strong = embedding
    for index in classes.indices {
      if classes[index] == .mark { classes[index] = previous }
      previous = classes[index]
      switch classes[index] {
      case .left, .right, .arabicLetter: strong = classes[index]
      case .europeanNumber where strong == .arabicLetter: classes[index] = .arabicNumber
      default: break
      }
    }
    for index in classes.indices where classes[index] == .arabicLetter { classes[index] = .right }
  }

  /// W4: one separator between two numbers of a kind is part of them.
  private static func resolveSeparators(_ classes: inout [BidiClass]) {
    guard classes.count > 2 else { return }
    for index in 1..<classes.count - 1 {
      let (before, after) = (classes[index - 1], classes[index + 1])
      guard before == after else { continue }
      switch (classes[index], before) {
      case (.europeanSeparator, .europeanNumber), (.commonSeparator, .europeanNumber),
        (.commonSeparator, .arabicNumber):
        classes[index] = before
      default: break
      }
    }
  }

  /// W5 and W6: terminators beside a European number are part of it, what is left is neutral.
  private static func resolveTerminators(_ classes: inout [BidiClass]) {
    var index = 0
    while index < classes.count {
      switch classes[index] {
      case .europeanTerminator:
        var end = index
        while end < classes.count, classes[end] == .europeanTerminator { end += 1 }
        let isBeside =
          (index > 0 && classes[index - 1] == .europeanNumber)
          || (end < classes.count && classes[end] == .europeanNumber)
        for place in index..<end { classes[place] = isBeside ? .europeanNumber : .neutral }
        index = end
      case .europeanSeparator, .commonSeparator:
        classes[index] = .neutral
        index += 1
      default: index += 1
      }
    }
  }

  /// W7: a number behind a left letter goes with it.
  private static func resolveLatinNumbers(_ classes: inout [BidiClass], _ embedding: BidiClass) {
    var strong = embedding
    for index in classes.indices {
      switch classes[index] {
      case .left, .right: strong = classes[index]
      case .europeanNumber where strong == .left: classes[index] = .left
      default: break
      }
    }
  }
}

// MARK: - Neutral characters

extension BidiLevels {
  /// The direction that a character gives to neutrals beside it; nil for a neutral.
  private static func direction(_ kind: BidiClass) -> BidiClass? {
    switch kind {
    case .left: .left
    case .right, .arabicLetter, .europeanNumber, .arabicNumber: .right
    default: nil
    }
  }

  /// N1 and N2: neutrals between two of one direction take it, others that of the paragraph.
  private static func resolveNeutrals(_ classes: inout [BidiClass], _ embedding: BidiClass) {
    var before = embedding
    var index = 0
    while index < classes.count {
      if let own = direction(classes[index]) {
        before = own
        index += 1
        continue
      }
      var end = index
      while end < classes.count, direction(classes[end]) == nil { end += 1 }
      let after = end < classes.count ? direction(classes[end]) ?? embedding : embedding
      for place in index..<end { classes[place] = before == after ? before : embedding }
      index = end
    }
  }

  /// How many brackets may be open at once (BD16); beyond it brackets count as other neutrals.
  private static let deepest = 63

  private struct Pair {
    let open: Int
    let close: Int
  }

  /// N0: a pair of brackets goes one way, by what it holds and by what stands before it.
  private static func resolveBrackets(
    _ classes: inout [BidiClass], _ items: [Item], _ embedding: BidiClass
  ) {
    let pairs = pairs(of: items, classes)
    guard !pairs.isEmpty else { return }
    // For each place: how many of either direction stand before it.
    var counts = [(left: 0, right: 0)]
    counts.reserveCapacity(classes.count + 1)
    for kind in classes {
      var sum = counts[counts.count - 1]
      switch direction(kind) {
      case .left?: sum.left += 1
      case .right?: sum.right += 1
      default: break
      }
      counts.append(sum)
    }
    var strongBefore = StrongBefore(classes, embedding)
    for pair in pairs {
      let (start, end) = (counts[pair.open + 1], counts[pair.close])
      let holdsLeft = end.left > start.left
      let holdsRight = end.right > start.right
      let holdsOwn = embedding == .left ? holdsLeft : holdsRight
      let holdsOther = embedding == .left ? holdsRight : holdsLeft
      let other: BidiClass = embedding == .left ? .right : .left
      let way: BidiClass
      if holdsOwn {
        way = embedding
      } else if holdsOther {
        way = strongBefore.direction(before: pair.open) == other ? other : embedding
      } else {
        continue
      }
      classes[pair.open] = way
      classes[pair.close] = way
      strongBefore.note(way, at: pair.open, pair.close)
    }
  }

  /// The nearest strong direction before a place, asked for in rising order of places, brackets
  /// decided meanwhile included.
  private struct StrongBefore {
    private let classes: [BidiClass]
    private var decided: [Int: BidiClass] = [:]
    private var place = 0
    private var last: BidiClass

    init(_ classes: [BidiClass], _ embedding: BidiClass) {
      self.classes = classes
      last = embedding
    }

    mutating func direction(before end: Int) -> BidiClass {
      while place < end {
        last = decided[place] ?? BidiLevels.direction(classes[place]) ?? last
        place += 1
      }
      return last
    }

    mutating func note(_ way: BidiClass, at open: Int, _ close: Int) {
      decided[open] = way
      decided[close] = way
    }
  }

  /// The pairs of brackets in the order of their opening ones (BD16).
  private static func pairs(of items: [Item], _ classes: [BidiClass]) -> [Pair] {
    var open: [(closing: UInt32, place: Int)] = []
    var pairs: [Pair] = []
    for (place, item) in items.enumerated() where classes[place] == .neutral {
      if let closing = Brackets.closing(of: item.scalar) {
        guard open.count < deepest else { return [] }
        open.append((closing.value, place))
      } else if let match = open.lastIndex(where: { $0.closing == item.scalar.value }) {
        pairs.append(Pair(open: open[match].place, close: place))
        open.removeSubrange(match...)
      }
    }
    return pairs.sorted { $0.open < $1.open }
  }
}
