// The events that belong to neither world: alerts that a source raised, and its own stream facts.

extension BoardContext {
  /// Applies an alert or stream event.
  mutating func apply(_ kind: EventKind, _ event: Event, at now: Timestamp) {
    switch kind {
    case .alertRaised: raiseAlert(event, at: now)
    case .alertChanged: changeAlert(event, at: now)
    case .streamGap: reportGap(event, at: now)
    case .streamResynced:
      stream.resync(event.source, at: now)
      alerts.withdraw(.streamGap, subject: event.source, at: now, changes: &changes)
    case .streamUnmapped:
      reportUnmapped(event.data.text(.text) ?? event.data.text(.type) ?? "?", event: event, at: now)
    default: break
    }
  }

  private mutating func raiseAlert(_ event: Event, at now: Timestamp) {
    guard let code = event.data.text(.code) else {
      reportUnmapped("alert without code", event: event, at: now)
      return
    }
    let known = AlertCode(rawValue: code)
    let severity = event.data.integer(.severity).map { Int(clamping: $0) } ?? known?.severity ?? 3
    alerts.raise(
      Alert(
        key: Alert.Key(code: code, subject: alertSubject(event)),
        severity: min(5, max(1, severity)), world: known?.world ?? .stream,
        text: event.data.text(.text) ?? "", state: .open, basis: .asserted, raisedAt: now,
        lastAt: now, count: 1, falseSince: nil,
        causes: Array((event.data.texts(.causeIds) ?? [event.id]).suffix(8))),
      changes: &changes)
  }

  private mutating func changeAlert(_ event: Event, at now: Timestamp) {
    guard let code = event.data.text(.code), let word = event.data.text(.state) else {
      return reportUnmapped("alert without code or state", event: event, at: now)
    }
    guard let state = AlertState(rawValue: word) else {
      reportUnmapped(word, event: event, at: now)
      return
    }
    let key = Alert.Key(code: code, subject: alertSubject(event))
    alerts.change(key, to: state, at: now, changes: &changes)
  }

  private mutating func reportGap(_ event: Event, at now: Timestamp) {
    let range = event.data.text(.from).map { from in
      "source reports \(from)-\(event.data.text(.to) ?? "?") missing"
    }
    alerts.raise(
      .streamGap, subject: event.source,
      text: range ?? event.data.text(.text) ?? "source reports a gap of unknown length",
      cause: event.id, at: now, changes: &changes)
  }

  private func alertSubject(_ event: Event) -> String {
    event.data.text(.subject) ?? event.entity(.alert) ?? event.subject ?? ""
  }
}
