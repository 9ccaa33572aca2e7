package import Domain
package import Panes

/// What a drawing shows besides the board: the moment, and what was measured of Podium.
package struct Moment: Sendable {
  /// The moment shown.
  package var now: Timestamp
  /// How far the clock on the wall is east of UTC.
  package var utcOffset: Span
  package var vitals: Vitals
  /// What happened when, where it is known.
  package var timeline: Timeline?
  /// The board that was marked, and what it showed the moment of.
  package var marked: MarkedBoard?

  /// A moment.
  package init(now: Timestamp, utcOffset: Span = .zero, vitals: Vitals = Vitals()) {
    self.now = now
    self.utcOffset = utcOffset
    self.vitals = vitals
  }
}

/// A board as someone marked it, to be compared with a later one.
package struct MarkedBoard: Sendable {
  package let board: Board
  package let at: Timestamp

  /// A board at its moment.
  package init(_ board: Board, at moment: Timestamp) {
    self.board = board
    at = moment
  }
}
