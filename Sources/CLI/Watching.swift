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

  /// Waits for the gate without a terminal.
  ///
  /// - Throws: `Failure` 1 where it does not pass.
  @MainActor
  func wait(
    from mailbox: Mailbox, session: Session, since start: Timestamp, tape: Recorder?,
    metrics: Metrics?, onReconnect: (Int) -> Void
  ) throws {
    var waiting = GateWait(
      session: session, watch: watch(since: start), tape: tape, metrics: metrics)
    switch waiting.run(from: mailbox, onReconnect: onReconnect) {
    case .watched(let ending): try tell(ending, waiting.session, waiting.watch)
    case .sourcesEnded: try miss(waiting.session, waiting.watch, "nothing more can come")
    case .interrupted: try miss(waiting.session, waiting.watch, "interrupted")
    }
  }

  /// Says what became of the gate.
  func tell(_ ending: BoardWatch.Ending, _ session: Session, _ watch: BoardWatch) throws {
    guard let gate = watch.gate else { return }
    switch ending {
    case .passed(let passage): try telling.tell(GateReport(passage, of: gate), "")
    case .deadline: try miss(session, watch, "within \(Self.seconds(timeout ?? .zero)) s")
    }
  }

  /// Says that the gate was given up, and how things stood.
  func miss(_ session: Session, _ watch: BoardWatch, _ why: String) throws {
    guard let gate = watch.gate else { return }
    try telling.tell(GateReport(missed: gate, on: session.board, at: session.now), why)
  }

  private static func seconds(_ span: Span) -> String {
    span.microseconds % 1_000_000 == 0 ? "\(span.wholeSeconds)" : "\(span.seconds)"
  }
}
