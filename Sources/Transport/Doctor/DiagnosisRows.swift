package import Domain

/// A step of the examination as a person reads it.
package struct DiagnosisRow: Equatable, Sendable {
  /// How the step ended.
  package enum Mark: String, Equatable, Sendable {
    case good
    /// It works, and would be better otherwise.
    case warning
    case bad
    /// There is nothing to judge.
    case neutral
  }

  package let mark: Mark
  /// The step, in one or two words.
  package let label: String
  /// What was found.
  package let text: String
  /// How long it took, where that was measured.
  package let took: Span?
  /// What to do about it.
  package let advice: String?

  init(
    _ mark: Mark, _ label: String, _ text: String, took: Span? = nil, advice: String? = nil
  ) {
    self.mark = mark
    self.label = label
    self.text = text
    self.took = took
    self.advice = advice
  }
}

extension Diagnosis {
  /// The steps in their order.
  package var rows: [DiagnosisRow] {
    switch subject {
    case .standardInput:
      [DiagnosisRow(.good, "source", "the standard input: newline-delimited CloudEvents")]
    case .file: [fileRow]
    case .server(let isSecure, let isHub, let isLoopback):
      [addressRow(isHub)] + reachRows
        + [encryptionRow(isSecure, isLoopback), answerRow].compactMap(\.self)
        + trials.map(trialRow) + (trials.isEmpty ? [] : streamRows)
    }
  }

  private var fileRow: DiagnosisRow {
    guard let file else { return DiagnosisRow(.bad, "source", "not looked into") }
    if let problem = file.problem { return DiagnosisRow(.bad, "source", problem) }
    let counts =
      file.events + file.malformed == 0
      ? "" : ": \(file.events) events at its beginning, \(file.malformed) lines that are none"
    return DiagnosisRow(file.malformed > 0 ? .warning : .good, "source", file.contents + counts)
  }

  private func addressRow(_ isHub: Bool) -> DiagnosisRow {
    let what = isHub ? "a hub's address: four transports" : "one address for every transport"
    return DiagnosisRow(.good, "address", what)
  }

  // MARK: Reaching the server

  private var reachRows: [DiagnosisRow] {
    var rows: [DiagnosisRow] = []
    if let problem = proxyProblem {
      rows.append(DiagnosisRow(.bad, "proxy", "cannot be used", advice: problem))
    } else if let proxy {
      rows.append(DiagnosisRow(.good, "proxy", proxy))
    }
    if let resolution {
      rows.append(
        DiagnosisRow(
          resolution.problem == nil ? .good : .bad, "name",
          resolution.problem == nil
            ? resolution.addresses.joined(separator: ", ") : "leads nowhere",
          took: resolution.took, advice: resolution.problem))
    }
    let isReached = reaches.contains { $0.problem == nil }
    return rows
      + reaches.map { reach in
        DiagnosisRow(
          reach.problem == nil ? .good : isReached ? .warning : .bad, "connect",
          "\(reach.address) port \(reach.port)", took: reach.took, advice: reach.problem)
      }
  }

  private func encryptionRow(_ isSecure: Bool, _ isLoopback: Bool) -> DiagnosisRow? {
    guard isSecure else {
      guard reaches.contains(where: { $0.problem == nil }) else { return nil }
      return isLoopback
        ? DiagnosisRow(.neutral, "encryption", "none: the server is on this machine")
        : DiagnosisRow(
          .warning, "encryption", "none",
          advice: "everybody on the way can read and change it: use https://")
    }
    guard let encryption else { return nil }
    let leaf = encryption.chain.first
    let days = leaf.map { $0.daysLeft(at: startedAt) }
    let words = [
      encryption.version ?? "no connection", encryption.applicationProtocol,
      leaf.map { "\($0.subject) by \($0.issuer)" },
      days.map { $0 < 0 ? "expired \(-$0) days ago" : "expires in \($0) days" },
      encryption.chain.count > 1 ? "\(encryption.chain.count) certificates" : nil,
      encryption.isPinned ? "pinned" : nil,
    ].compactMap(\.self)
    let isShort = days.map { $0 < 14 } ?? false
    return DiagnosisRow(
      encryption.problem != nil ? .bad : isShort ? .warning : .good, "encryption",
      words.joined(separator: ", "), took: encryption.took,
      advice: encryption.problem
        ?? (isShort ? "renew the server's certificate before it expires" : nil))
  }

  private var answerRow: DiagnosisRow? {
    guard let head else {
      return headProblem.map { DiagnosisRow(.bad, "answer", "none", advice: $0) }
    }
    let words =
      "\(head.status) in HTTP/\(head.httpVersion)"
      + (head.contentType.map { ", \($0)" } ?? "")
      + (head.contentEncoding.map { ", \($0)" } ?? "")
    switch head.status {
    case 401, 407:
      return DiagnosisRow(
        .bad, "answer", words, took: head.took, advice: "the credentials are missing or not valid")
    case 403:
      return DiagnosisRow(
        .bad, "answer", words, took: head.took,
        advice: "the credentials are valid and not enough")
    case 200, 204, 304: return DiagnosisRow(.good, "answer", words, took: head.took)
    default:
      let isServed = trials.contains { $0.accepted != nil }
      return DiagnosisRow(isServed ? .neutral : .bad, "answer", words, took: head.took)
    }
  }
}
