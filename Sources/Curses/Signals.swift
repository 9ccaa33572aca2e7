import CTerminal
import Canvas

/// The signals that have come since last asked.
struct Signals: OptionSet {
  let rawValue: UInt32

  static let resize = Signals(CTERMINAL_RESIZE)
  static let stop = Signals(CTERMINAL_STOP)
  static let continued = Signals(CTERMINAL_CONTINUE)
  static let interrupt = Signals(CTERMINAL_INTERRUPT)
  static let terminate = Signals(CTERMINAL_TERMINATE)
  static let hangup = Signals(CTERMINAL_HANGUP)

  init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  private init(_ bit: Int) {
    rawValue = UInt32(bit)
  }

  /// The requests to end among them, the most urgent first.
  var interruptions: [Interruption] {
    var requests: [Interruption] = []
    if contains(.hangup) { requests.append(.hangup) }
    if contains(.terminate) { requests.append(.terminate) }
    if contains(.interrupt) { requests.append(.interrupt) }
    return requests
  }
}
