// Facts of alerts. They are unknown until an event was received: before that nobody looked.

extension Facts {
  static let alerts: [Fact] =
    [
      alertCount("alerts.open", "Alerts that are open", severities: 1...5),
      alertCount("alerts.critical", "Open alerts of severity 5", severities: 5...5),
      alertCount("alerts.severe", "Open alerts of severity 4 and 5", severities: 4...5),
    ]
    + AlertCode.allCases.map { code in
      Fact(
        "alerts." + code.rawValue.lowercased(), of: [.alerts], "Open alerts of \(code.rawValue)",
        { board, _ in isHeard(board) ? open(board) { $0.key.code == code.rawValue }.count : nil },
        evidence: { board, _ in
          open(board) { $0.key.code == code.rawValue }.prefix(Fact.evidenceBound).map(\.key.subject)
        })
    }

  private static func alertCount(
    _ name: String, _ sentence: String, severities: ClosedRange<Int>
  ) -> Fact {
    Fact(
      name, of: [.alerts], sentence,
      { board, _ in
        guard isHeard(board) else { return nil }
        let counts = board.alerts.openBySeverity
        return severities.reduce(0) { $0 + counts[$1] }
      },
      evidence: { board, _ in
        // The severest are listed first.
        board.alerts.alerts(from: 0, limit: Fact.evidenceBound)
          .filter { $0.state.isOpen && severities.contains($0.severity) }
          .map { "\($0.key.code) \($0.key.subject)" }
      })
  }

  private static func isHeard(_ board: Board) -> Bool { board.stream.received > 0 }

  private static func open(_ board: Board, where matches: (Alert) -> Bool) -> [Alert] {
    board.alerts.alerts(from: 0, limit: board.alerts.openCount)
      .filter { $0.state.isOpen && matches($0) }
  }
}
