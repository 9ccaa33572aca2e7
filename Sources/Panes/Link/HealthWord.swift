package import Domain
package import Themes

/// A connection's state in a mark, a word and a role.
package struct HealthWord: Hashable, Sendable {
  package let mark: String
  package let word: String
  package let role: Role
  /// How bytes come, while they do.
  package let transport: String?
  /// Whether what is shown is current.
  package let isCurrent: Bool

  /// The words for a connection: a live one that is quiet or silent is told from one that is busy.
  package init(_ connection: Connection, at now: Timestamp, in language: Language = .english) {
    let plain = HealthWord(connection.state, at: now, in: language)
    let isLimited = plain.isCurrent && connection.isLimited(at: now)
    (mark, word, role, transport, isCurrent) =
      switch connection.liveness(at: now) {
      case .quiet(let since) where plain.role == .ok:
        (
          plain.mark, language.text(.quiet, Format.clock(now - since)), plain.role,
          plain.transport, true
        )
      case .silent(let since):
        (
          "◐", language.text(.silentLoud, Format.clock(now - since)), .warn, plain.transport, false
        )
      case nil where isLimited:
        ("◐", language.text(.limited), .warn, plain.transport, false)
      case .quiet, .busy, nil:
        (plain.mark, plain.word, plain.role, plain.transport, plain.isCurrent)
      }
  }

  /// How much attention it needs among others, 0 the least.
  package static func rank(_ connection: Connection, at now: Timestamp) -> Int {
    switch connection.state {
    case .ended: 0
    case .live:
      switch connection.liveness(at: now) {
      case .busy: 1
      case nil: connection.isLimited(at: now) ? 4 : 1
      case .quiet: 2
      case .silent: 4
      }
    case .idle: 3
    case .connecting: 5
    case .stale: 6
    case .waiting: 7
    case .refused: 8
    }
  }

  /// The words for a state.
  package init(_ state: ConnectionState, at now: Timestamp, in language: Language = .english) {
    isCurrent = state.isCurrent
    switch state {
    case .idle: (mark, word, role, transport) = ("○", language.text(.idleLoud), .muted, nil)
    case .connecting: (mark, word, role, transport) = ("◌", language.text(.connecting), .warn, nil)
    case .live(let kind):
      let isPolled = kind == .poll || kind == .longPoll
      (mark, word, role, transport) =
        (
          "●", language.text(isPolled ? .polling : .live), isPolled ? .info : .ok, kind.rawValue
        )
    case .stale(let kind, let since):
      (mark, word, role, transport) =
        (
          "◐", language.text(.staleFor, Format.clock(now - since)), .special, kind.rawValue
        )
    case .waiting(_, let until, _):
      let left = max(.zero, until - now)
      (mark, word, role, transport) = (
        "◌", language.text(.retryIn, Format.clock(left)), .warn, nil
      )
    case .refused: (mark, word, role, transport) = ("✗", language.text(.refused), .critical, nil)
    case .ended: (mark, word, role, transport) = ("■", language.text(.ended), .muted, nil)
    }
  }
}
