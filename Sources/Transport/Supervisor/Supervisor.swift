import Domain
import Wire

/// The life of one source: which rung of the ladder serves it, when it is tried again, what is
/// told. Pure: time, luck and what the others know are passed in, and what is to be done comes out.
///
/// The laws:
/// - At most one rung delivers. A better one is connected beside it from the current position, and
///   only when the lesser one has ended is the better one let in: nothing is lost, and what both
///   brought is a duplicate like any other.
/// - It never gives up: after any failure something is due at a known time. Only the server's word
///   (204) or the reader's end it.
/// - A rung that fails in a way that speaks against it is left for a while (`Breaker`) and the next
///   one serves; failures that reached nobody speak against no rung.
/// - While a lesser rung serves, better ones are tried again and again.
/// - A refusal parks a source that never worked, and three in a row any other; a parked source is
///   tried again every minute.
/// - Silence for a second longer than the source's own patience is a loss.
struct Supervisor {
  /// A rung of the ladder, as far as this matters here.
  struct Step: Hashable, Sendable {
    /// What it is called.
    let kind: TransportKind
    /// Whether it can be asked to continue after a position.
    var takesPosition = true
    /// How long its own way of working may keep it silent; nil where only heartbeats can tell.
    var silence: Span?
    /// Whether the first answer of a long poll is not held back.
    var answersFirstAtOnce = false
    /// How long it may say nothing at all after it accepted us, while nothing is known of its
    /// heartbeats; nil: for ever.
    var unheard: Span?
  }

  /// A rung at work, from a position.
  struct Run: Hashable, Sendable {
    /// Tells runs apart, from 1.
    let number: Int
    /// Its place on the ladder, 0 is the best.
    let rung: Int
    /// Where it continues; empty for the beginning.
    let position: String
    /// How long the server may take to accept it.
    let timeout: Span
    let start: Timestamp
    /// When it is cut if it has not come to anything.
    var deadline: Timestamp
  }

  /// How the source stands.
  enum State: Hashable, Sendable {
    case idle
    case connecting(Run)
    /// It delivers, since then.
    case live(Run, since: Timestamp)
    /// It should have delivered.
    case stale(Run, since: Timestamp)
    /// The run was cut and has not ended yet.
    case changing(Run, to: Next)
    case waiting(until: Timestamp)
    case refused(until: Timestamp)
    case ended
  }

  /// What follows a run that was cut.
  enum Next: Hashable, Sendable {
    case reconnect(reason: String, atOnce: Bool)
    case better(Run)
  }

  /// What happened.
  enum Input: Hashable, Sendable {
    case started
    case accepted(run: Int)
    case ended(run: Int, RungEnd)
    /// The time that was to be woken at has come.
    case due
    /// Somebody does not want to wait.
    case retryNow
    /// Somebody wants the connection made anew.
    case drop(reason: String)
  }

  /// What is to be done, in order.
  enum Action: Hashable, Sendable {
    case run(Run)
    case cut(run: Int)
    /// Lets an accepted run deliver.
    case admit(run: Int)
    /// Sends an accepted run away.
    case turnAway(run: Int)
    case note(ConnectionFact)
    case report(FirstAttempt)
    case finish
  }

  /// What others know at the moment of an input.
  struct Outlook: Sendable {
    var now: Timestamp
    /// Position, patience and `retry:` of what was decoded so far.
    var point = ResumePoint()
    /// When the rung that serves brought something last.
    var heardAt: Timestamp?
    /// Whether the reader has yet to take something: its slowness is not the server's silence.
    var isDelivering = false
  }

  /// How long beyond its patience a connection may be silent.
  static let grace = Span.seconds(1)
  /// The time between two looks for a patience that is not known yet.
  static let lookInterval = Span.seconds(2)
  /// How long a refused source is left alone.
  static let parkedFor = Span.seconds(60)
  /// Refusals in a row that park a source that has worked.
  static let refusalsToPark = 3
  /// How much longer than its timeout a run may take to end: a first answer that stopped half-way is
  /// given up then. Each try that got none doubles the timeout, for slow lines.
  static let overtime = Span.seconds(2)

  let ladder: [Step]
  let answerTimeout: Span
  var state = State.idle
  /// A better rung that is being tried while a lesser one serves.
  var probe: Run?
  var breakers: [Breaker]
  var policy: ConnectionPolicy
  /// Rungs that have served.
  var served: Set<Int> = []
  var refusals = 0
  var runs = 0
  /// When a connection was last made anew without waiting.
  var reconnectedAt: Timestamp?
  var pace: AnswerPace
  var actions: [Action] = []
  var outlook: Outlook
  var luck = Drawn(value: 0)

  /// When it wants to be told `due`, nil while only something else can happen.
  private(set) var wakeAt: Timestamp?

  /// - Parameters:
  ///   - ladder: the rungs, the best first; at least one.
  ///   - answerTimeout: how long a server that was never heard may take to answer.
  init(ladder: [Step], isLoopback: Bool, answerTimeout: Span, at now: Timestamp) {
    self.ladder = ladder
    self.answerTimeout = answerTimeout
    breakers = ladder.map { _ in Breaker() }
    policy = ConnectionPolicy(isLoopback: isLoopback)
    pace = AnswerPace(longest: answerTimeout)
    outlook = Outlook(now: now)
  }

  /// Takes in what happened and says what is to be done.
  mutating func handle(
    _ input: Input, _ outlook: Outlook, using random: inout some RandomNumberGenerator
  ) -> [Action] {
    self.outlook = outlook
    luck = Drawn(value: random.next())
    actions = []
    takeNoteOfLife()
    react(to: input)
    wakeAt = nextWake
    return actions
  }

  private mutating func react(to input: Input) {
    switch input {
    case .started:
      if state == .idle { connect() }
    case .accepted(let number): accept(number)
    case .ended(let number, let end): finish(number, end)
    case .due:
      if isWaiting { connect() } else { look() }
    case .retryNow:
      if isWaiting { connect() }
    case .drop(let reason):
      if serving != nil { drop(reason) }
    }
  }

  /// Whether nothing is connected or being connected, and the next try has a time.
  var isWaiting: Bool {
    switch state {
    case .waiting, .refused: true
    case .idle, .connecting, .live, .stale, .changing, .ended: false
    }
  }

  /// Whether the time until `wakeAt` is a pause between tries; otherwise it is for looking after
  /// something.
  var isPausing: Bool { if case .waiting = state { true } else { false } }

  /// The run that delivers, and since when.
  var serving: (run: Run, since: Timestamp)? {
    switch state {
    case .live(let run, let since), .stale(let run, let since): (run, since)
    case .idle, .connecting, .changing, .waiting, .refused, .ended: nil
    }
  }

  var now: Timestamp { outlook.now }
}

/// How long a server may take to answer, learnt from how long it took.
struct AnswerPace: Hashable, Sendable {
  let longest: Span
  private var slowest: Span?
  private var unanswered = 0

  init(longest: Span) {
    self.longest = longest
  }

  /// Eight times its slowest answer, at least a second; doubled with each try that got none.
  var timeout: Span {
    guard let slowest else { return longest }
    let usual = max(1_000_000, min(slowest.microseconds, longest.microseconds) * 8)
    return min(longest, Span(microseconds: usual << Int64(min(unanswered, 10))))
  }

  mutating func answered(after span: Span) {
    slowest = max(slowest ?? .zero, span)
    unanswered = 0
  }

  mutating func missed() { unanswered = min(unanswered + 1, 10) }
}

/// One draw of luck.
struct Drawn: RandomNumberGenerator {
  let value: UInt64

  func next() -> UInt64 { value }
}
