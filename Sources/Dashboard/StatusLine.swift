import Canvas
import Domain
import Panes
import Themes

/// The row above the footer: the newest event, and the timeline while that is in view.
struct StatusLine: Sendable {
  /// The quarter of a second in which the newest event was last shown, and the events by then.
  private var turn: (quarter: Int64, received: Int) = (.min, 0)
  private var shown: Line?

  /// The line of a board at a moment, for a screen in a state.
  mutating func line(
    _ board: Board, _ moment: Moment, _ state: DashboardState, charset: Charset
  ) -> Line {
    let width = state.size.width - 2
    let newest = newest(board, moment, state)
    guard state.hasTimeline, let timeline = moment.timeline, let reach = state.reach else {
      return newest
    }
    let beside = width >= 78 ? width * 2 / 5 : 0
    let strip = TimelineStrip.line(timeline, reach, width: width - beside, charset: charset)
    return beside == 0 ? strip : Line(strip.runs + [Run("  ", .text)] + newest.runs)
  }

  /// The newest event. In a storm of them it changes faster than anyone reads: then it is shown
  /// four times a second, unless someone steps through it.
  private mutating func newest(
    _ board: Board, _ moment: Moment, _ state: DashboardState
  ) -> Line {
    let quarter = moment.now.microseconds / 250_000
    let received = board.stream.received
    if let shown, !state.isStanding, quarter == turn.quarter, received > turn.received + 4 {
      return shown
    }
    if quarter != turn.quarter { turn = (quarter, received) }
    let line = Line(
      TailPane.newest(in: board, utcOffset: moment.utcOffset, language: state.language))
    shown = line
    return line
  }
}
