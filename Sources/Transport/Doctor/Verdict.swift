package import Domain

/// What to make of a diagnosis: whether Podium can use the source, how, and what to fix first.
package struct Verdict: Equatable, Sendable {
  /// How it stands, in the order of gravity.
  package enum Level: String, Equatable, Sendable {
    case healthy
    /// It works, and something would be better otherwise.
    case usable
    /// No server was reached, or it is busy or failing.
    case unreachable
    /// The server, or its certificate, does not let us.
    case forbidden
    /// There is something else than events.
    case noEvents = "no-events"
  }

  package let level: Level
  /// The transport that will be used.
  package let transport: TransportKind?
  /// One line.
  package let text: String
  /// What to do first; nil when nothing needs to be done.
  package let fix: String?

  /// Judges a diagnosis.
  package init(_ diagnosis: Diagnosis) {
    switch diagnosis.subject {
    case .standardInput:
      self.init(.healthy, nil, "Podium will read events line by line.", nil)
    case .file: self.init(file: diagnosis.file)
    case .server: self.init(server: diagnosis)
    }
  }

  private init(_ level: Level, _ transport: TransportKind?, _ text: String, _ fix: String?) {
    self.level = level
    self.transport = transport
    self.text = text
    self.fix = fix
  }

  private init(file: Diagnosis.FileFacts?) {
    guard let file else {
      self.init(.unreachable, nil, "The file was not looked into.", nil)
      return
    }
    if let problem = file.problem {
      self.init(.noEvents, nil, "Podium cannot read it.", problem)
    } else if file.malformed > 0 {
      self.init(
        .usable, .file, "Podium will read \(file.contents).",
        "\(file.malformed) of its first lines are no events: see `podium tail`")
    } else {
      self.init(.healthy, .file, "Podium will read \(file.contents).", nil)
    }
  }

  private init(server diagnosis: Diagnosis) {
    if let obstacle = Obstacle(diagnosis) {
      self.init(obstacle.level, nil, obstacle.text, obstacle.fix)
      return
    }
    let accepted = diagnosis.trials.filter { $0.accepted != nil }
    guard let best = accepted.first else {
      self.init(
        .noEvents, nil, "The server answers, but with no events.",
        diagnosis.trials.first?.problem ?? "check the path of the address")
      return
    }
    guard best.events > 0 || best.malformed == 0 else {
      self.init(
        .noEvents, best.kind, "The server sends messages, but no CloudEvents.",
        best.complaint ?? "look at them with `podium tail --raw`")
      return
    }
    let fix = diagnosis.firstWarning
    self.init(
      fix == nil ? .healthy : .usable, best.kind, "Podium will use \(best.kind.phrase).", fix)
  }
}

/// What stands between us and the source, found by the steps in their order.
private struct Obstacle {
  let level: Verdict.Level
  let text: String
  let fix: String

  init?(_ diagnosis: Diagnosis) {
    if let problem = diagnosis.proxyProblem {
      self.init(.unreachable, "The proxy cannot be used.", problem)
    } else if let problem = diagnosis.resolution?.problem {
      self.init(.unreachable, "The name leads nowhere.", problem)
    } else if !diagnosis.reaches.isEmpty, diagnosis.reaches.allSatisfy({ $0.problem != nil }) {
      let problem = diagnosis.reaches.first?.problem ?? ""
      self.init(.unreachable, "No address of the server can be reached.", problem)
    } else if let problem = diagnosis.encryption?.problem {
      self.init(.forbidden, "No secure connection can be made.", problem)
    } else {
      self.init(answer: diagnosis)
    }
  }

  private init?(answer diagnosis: Diagnosis) {
    guard !diagnosis.trials.contains(where: { $0.accepted != nil }) else { return nil }
    let words = diagnosis.trials.last?.problem ?? diagnosis.headProblem
    switch diagnosis.head?.status {
    case nil:
      self.init(.unreachable, "The server does not answer.", words ?? "start the server")
    case 401:
      self.init(
        .forbidden, "The server wants to know who asks (401).",
        "give a valid token: --token-env, --token-file or --token-command")
    case 403:
      self.init(
        .forbidden, "The server knows who asks and does not allow it (403).",
        "ask its operator for the right to read this, or use another token")
    case 407:
      self.init(
        .forbidden, "The proxy wants credentials (407).", "write them in the proxy's address")
    case .some(408), .some(425), .some(429), .some(500...599):
      self.init(
        .unreachable, "The server is there, but cannot answer now.",
        words ?? "try again, or ask its operator")
    default: return nil
    }
  }

  private init(_ level: Verdict.Level, _ text: String, _ fix: String) {
    self.level = level
    self.text = text
    self.fix = fix
  }
}

extension Diagnosis {
  /// The first thing that works and would be better otherwise; nil when all is well.
  fileprivate var firstWarning: String? {
    rows.first { $0.mark == .warning }.map { $0.advice ?? "\($0.label): \($0.text)" }
  }
}

extension TransportKind {
  /// The transport inside a sentence.
  var phrase: String {
    switch self {
    case .webSocket: "the WebSocket"
    case .sse: "the event stream"
    case .longPoll: "long polling"
    case .poll: "polling at intervals"
    case .standardInput: "the standard input"
    case .file: "the file"
    case .tape: "the tape"
    }
  }

  /// The transport as the name of a step.
  var label: String {
    switch self {
    case .webSocket: "websocket"
    case .sse: "stream"
    case .longPoll: "long poll"
    case .poll: "poll"
    case .standardInput, .file, .tape: rawValue
    }
  }
}
