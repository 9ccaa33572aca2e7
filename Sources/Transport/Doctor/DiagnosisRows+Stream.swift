import Domain

extension Diagnosis {
  // MARK: Transports

  func trialRow(_ trial: Trial) -> DiagnosisRow {
    guard let accepted = trial.accepted else {
      let isServed = trials.contains { $0.accepted != nil }
      return DiagnosisRow(
        isServed ? .neutral : .bad, trial.kind.label, "not served",
        advice: trial.problem ?? "no answer in time")
    }
    var words = [trial.firstEvent.map { "first event after \(duration($0))" } ?? "no event yet"]
    if let ratio = trial.compressionRatio { words.append("compressed \(ratioWords(ratio))") }
    if let roundTrip = trial.roundTrip { words.append("round trip \(duration(roundTrip))") }
    if trial.kind == .poll, let answers = head?.answersNotModified {
      words.append(answers ? "304 when unchanged" : "sends unchanged answers again")
    }
    guard trial.malformed == 0 else {
      words.append("\(trial.malformed) messages that are no events")
      return DiagnosisRow(
        trial.events > 0 ? .warning : .bad, trial.kind.label, words.joined(separator: ", "),
        took: accepted, advice: trial.complaint)
    }
    return DiagnosisRow(
      trial.complaint == nil ? .good : .warning, trial.kind.label,
      words.joined(separator: ", "), took: accepted, advice: trial.complaint)
  }

  var streamRows: [DiagnosisRow] {
    let streams = trials.filter { $0.accepted != nil && $0.kind != .poll && $0.kind != .longPoll }
    return [streams.first.map(heartbeatRow), resumeRow, clockRow].compactMap(\.self)
  }

  private func heartbeatRow(_ trial: Trial) -> DiagnosisRow {
    if let interval = trial.heartbeatInterval {
      return DiagnosisRow(
        .good, "heartbeat", "every \(duration(interval)), heard \(trial.heartbeats) times")
    }
    if let roundTrip = trial.roundTrip {
      return DiagnosisRow(.good, "heartbeat", "pings are answered", took: roundTrip)
    }
    let words =
      trial.heartbeats == 0
      ? "none heard in \(duration(trial.listened))"
      : "one heard in \(duration(trial.listened)): its rhythm is not known yet"
    return DiagnosisRow(
      .warning, "heartbeat", words,
      advice: "silence cannot be told from a dead line: let the server send a comment every 15 s, "
        + "or listen longer with --seconds")
  }

  private var resumeRow: DiagnosisRow {
    switch resume {
    case .exact(let events):
      DiagnosisRow(.good, "resume", "resumes without loss: exactly the \(events) events after it")
    case .replays:
      DiagnosisRow(
        .good, "resume", "replays from an earlier event; Podium leaves out what it has seen")
    case .loses:
      DiagnosisRow(
        .warning, "resume", "does not resume",
        advice: "events sent while the connection is down are lost: let the server keep some and "
          + "honour Last-Event-ID")
    case .untested(let why): DiagnosisRow(.neutral, "resume", "not tested: \(why)")
    }
  }

  private var clockRow: DiagnosisRow? {
    let lag = trials.compactMap(\.leastLag).min { $0.microseconds < $1.microseconds }
    if let clock = head?.clock, abs(clock.ahead.microseconds) > clock.uncertainty.microseconds {
      let direction = clock.ahead > .zero ? "ahead of" : "behind"
      return DiagnosisRow(
        .warning, "clocks",
        "the server's is \(duration(magnitude(clock.ahead))) \(direction) ours, "
          + "give or take \(duration(clock.uncertainty))",
        advice: "set both by NTP: else ages and delays of events are wrong by that much")
    }
    if let lag, lag < .milliseconds(-50) {
      return DiagnosisRow(
        .warning, "clocks", "events come \(duration(magnitude(lag))) from the future",
        advice: "set the clock of the events' origin by NTP")
    }
    return head?.clock.map {
      DiagnosisRow(.good, "clocks", "agree within \(duration($0.uncertainty))")
    }
  }

  private func magnitude(_ span: Span) -> Span {
    Span(microseconds: Int64(clamping: span.microseconds.magnitude))
  }
}

/// A time as a person reads it: `0.4 ms`, `12 ms`, `1.4 s`, `3 min`.
func duration(_ span: Span) -> String {
  let microseconds = max(0, span.microseconds)
  switch microseconds {
  case ..<10_000: return tenths(microseconds / 100) + " ms"
  case ..<1_000_000: return "\(microseconds / 1_000) ms"
  case ..<120_000_000: return tenths(microseconds / 100_000) + " s"
  case ..<7_200_000_000: return "\(microseconds / 60_000_000) min"
  default: return "\(microseconds / 3_600_000_000) h"
  }
}

private func tenths(_ value: Int64) -> String { "\(value / 10).\(value % 10)" }

private func ratioWords(_ ratio: Double) -> String {
  tenths(Int64(max(0, min(ratio, 1e6)) * 10)) + ":1"
}
