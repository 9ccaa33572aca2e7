import Domain

/// Who says something in a stream: a CloudEvents source and its counter.
struct Origin: Sendable {
  /// The CloudEvents `source`.
  let source: String
  /// What its event ids begin with.
  let prefix: String
  /// Who counts its sequence.
  let basis: SequenceBasis
  /// The newest sequence number.
  var sequence: Int64
  /// How many of its next events get lost on the way.
  var losing = 0
}

/// What happens next in a generated world.
enum Step: Sendable {
  case kitchen(KitchenStep)
  case fleet(run: Int, generation: Int, FleetStep)
  /// Events come under the id of an agent that nobody started.
  case orphan
  /// An event that reaches the stream later than it was made.
  case deliver(Event)
}

/// The virtual clock of a generated world, its luck, and the way out of it.
struct Stage: Sendable {
  /// Now.
  private(set) var now: Timestamp
  /// All luck of the world.
  var random: SeededRandom
  /// Ids for agents, tasks and the like.
  var mint: Mint
  /// Whether the stream has begun; nothing gets lost before.
  var isLive = false
  private var steps = DueQueue<Step>()
  private var outbox: [Event] = []
  private var outboxHead = 0
  private let opening: Timestamp

  /// A stage whose clock stands at `start` and whose stream begins at `opening`. Sequences count
  /// from a number made of the latter, so that a stream begun later in the day continues above an
  /// earlier one.
  init(seed: UInt64, start: Timestamp, opening: Timestamp) {
    now = start
    random = SeededRandom(seed: seed)
    mint = Mint(seed: seed)
    self.opening = opening
  }

  /// An origin that has not said anything yet.
  func origin(_ source: String, prefix: String, basis: SequenceBasis) -> Origin {
    let first = opening.microseconds / 1_000_000
    let second = (first % 86_400 + 86_400) % 86_400
    let mark = String(UInt64(bitPattern: first) & 0xFF_FFFF, radix: 36)
    return Origin(
      source: source, prefix: "\(prefix)-\(mark)", basis: basis, sequence: second * 20)
  }

  /// Whether the stream begins within a range of spans from now.
  func precedesOpening(by spans: ClosedRange<Span>) -> Bool {
    spans.contains(opening - now)
  }

  /// Has a step happen after a span.
  mutating func schedule(_ step: Step, after span: Span) {
    steps.schedule(step, at: now + max(.zero, span))
  }

  /// Lets the clock run to the next step due by `limit`; nil when there is none.
  mutating func advance(dueBy limit: Timestamp) -> Step? {
    guard let (step, due) = steps.pop(dueBy: limit) else { return nil }
    now = max(now, due)
    return step
  }

  /// Puts the clock to a later moment at which nothing happens.
  mutating func wait(until moment: Timestamp) {
    now = max(now, moment)
  }

  /// The next event that reached the stream, nil when another step must happen first.
  mutating func takeEvent() -> Event? {
    guard outboxHead < outbox.count else {
      outbox.removeAll(keepingCapacity: true)
      outboxHead = 0
      return nil
    }
    outboxHead += 1
    return outbox[outboxHead - 1]
  }

  /// Puts a finished event into the stream.
  mutating func deliver(_ event: Event) {
    outbox.append(event)
  }

  /// Says something now, with the faults that real feeds have.
  mutating func emit(
    _ kind: EventKind, from origin: inout Origin, about subject: String, _ data: Fields
  ) {
    origin.sequence += 1
    guard origin.losing == 0 else {
      origin.losing -= 1
      return
    }
    let event = Event(
      id: "\(origin.prefix)-\(origin.sequence)", source: origin.source, type: .known(kind),
      subject: subject, time: originTime(of: kind), sequence: origin.sequence,
      sequenceBasis: origin.basis, data: data)
    deliver(event)
    if random.chance(3) {
      schedule(.deliver(event), after: random.span(milliseconds: 40...900))
    }
  }

  /// When something happened, by the clock of its origin: a little before it is heard of, and
  /// rarely long before, as clocks of real feeds step back (median 2 ms, at most 88 s).
  private mutating func originTime(of kind: EventKind) -> Timestamp {
    if kind.isAdditive, random.chance(2) { return now - random.span(seconds: 1...88) }
    return now - random.span(milliseconds: 0...8)
  }
}
