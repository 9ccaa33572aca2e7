import Domain
import Engine
import Rules

/// What looks at the board of a live session beside the person: rules, and a gate.
struct Watching: Sendable {
  var rules = RuleBook([])
  var gate: Gate?
  /// How long the gate is waited for; nil: for ever.
  var timeout: Span?
  var telling = GateTelling()

  /// What looks, from a moment on.
  func watch(since start: Timestamp) -> BoardWatch {
    BoardWatch(rules: rules, gate: gate, deadline: timeout.map { start + $0 })
  }

  /// Waits for the gate without a terminal, and writes the board at the end where that is asked for.
  ///
  /// - Throws: `Failure` 1 where it does not pass.
  @MainActor
  func wait(
    from mailbox: Mailbox, session: Session, since start: Timestamp, tape: Recorder?,
    board path: String?, metrics: Metrics?, onReconnect: (Int) -> Void
  ) throws {
    var waiting = GateWait(
      headless: HeadlessSession(session, from: mailbox, tape: tape), watch: watch(since: start),
      metrics: metrics)
    let ending = waiting.run(from: mailbox, onReconnect: onReconnect)
    let board = (waiting.headless.session.board, waiting.headless.session.now)
    try BoardFile.write(board, to: path)
    try tell(ending, board)
  }

  /// Says what became of the gate, if there is one; nil: somebody did not wait for it.
  ///
  /// - Throws: `Failure` 1 where it did not pass.
  func tell(_ ending: BoardWatch.Ending?, _ board: (board: Board, at: Timestamp)) throws {
    guard let gate else { return }
    let why: String
    switch ending {
    case .passed(let passage)?: return try telling.tell(GateReport(passage, of: gate), "")
    case .deadline?: why = "within \(Self.seconds(timeout ?? .zero)) s"
    case .sourcesEnded?: why = "nothing more can come"
    case nil: why = "nobody waited for it"
    }
    try telling.tell(GateReport(missed: gate, on: board.board, at: board.at), why)
  }

  private static func seconds(_ span: Span) -> String {
    span.microseconds % 1_000_000 == 0 ? "\(span.wholeSeconds)" : "\(span.seconds)"
  }
}
