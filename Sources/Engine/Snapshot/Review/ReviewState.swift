package import Canvas

/// Where a review is, and what a key does to it. Decisions are carried out as they are made, by
/// whoever asked (`Effect`), so that nothing is lost when the review ends at any moment.
package struct ReviewState: Equatable, Sendable {
  /// How the pictures are shown.
  package enum View: Equatable, Sendable {
    case difference, expected, actual
  }

  /// What was decided about a picture.
  package enum Decision: Equatable, Sendable {
    case accepted, rejected, skipped
  }

  /// What a key asks for beside a change of this state.
  package enum Effect: Equatable, Sendable {
    /// Carry out, then tell by `decide` or `failed`.
    case accept(Int), reject(Int)
    case suspend
  }

  /// How many pictures there are, and the one shown.
  package let count: Int
  package private(set) var index = 0
  package private(set) var view = View.difference
  /// The decisions so far, by picture.
  package private(set) var decisions: [Int: Decision] = [:]
  /// What went wrong last.
  package private(set) var problem: String?
  /// Whether the review is over.
  package private(set) var isOver: Bool
  /// How far the picture is moved to the left and up, in cells.
  package var offset = Point.zero

  /// The beginning of the review of some pictures.
  package init(count: Int) {
    self.count = count
    isOver = count == 0
  }

  /// Takes a key.
  package mutating func press(_ key: Key) -> Effect? {
    problem = nil
    switch key {
    case .character("a"): return .accept(index)
    case .character("r"): return .reject(index)
    case .control("z"): return .suspend
    case .character("s"): decide(.skipped)
    case .character("f"), .character(" "): view = view == .actual ? .expected : .actual
    case .character("d"): view = .difference
    case .character("n"), .tab: step(by: 1)
    case .character("p"), .backTab: step(by: -1)
    case .character("q"), .control("c"): isOver = true
    default: scroll(key)
    }
    return nil
  }

  /// Ends the review.
  package mutating func end() { isOver = true }

  /// Notes a decision about the picture shown, and goes on to the next without one; the review is
  /// over when there is none.
  package mutating func decide(_ decision: Decision) {
    decisions[index] = decision
    let after = (1...count).map { (index + $0) % count }
    guard let next = after.first(where: { decisions[$0] == nil }) else {
      isOver = true
      return
    }
    show(next)
  }

  /// Notes that a decision could not be carried out.
  package mutating func failed(_ problem: String) { self.problem = problem }

  /// Whether a picture can still be judged: what was accepted or rejected is gone.
  private func isOpen(_ number: Int) -> Bool {
    decisions[number] == nil || decisions[number] == .skipped
  }

  private mutating func step(by step: Int) {
    let others = (1...count).map { (index + step * $0 + count * 2) % count }
    if let next = others.first(where: isOpen) { show(next) }
  }

  private mutating func show(_ number: Int) {
    index = number
    view = .difference
    offset = .zero
  }

  private mutating func scroll(_ key: Key) {
    switch key {
    case .down, .character("j"): offset.y += 1
    case .up, .character("k"): offset.y -= 1
    case .right, .character("l"): offset.x += 8
    case .left, .character("h"): offset.x -= 8
    case .pageDown: offset.y += 20
    case .pageUp: offset.y -= 20
    case .home: offset = .zero
    default: break
    }
  }
}
