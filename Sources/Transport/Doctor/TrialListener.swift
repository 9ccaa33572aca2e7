import Domain
import Wire

/// What a transport that is tried delivers, boiled down to what a diagnosis tells. Pure.
struct TrialListener {
  /// An event that came and the position after it, empty where none was given.
  struct Mark: Equatable, Sendable {
    let event: String
    var position: String
  }

  /// Events kept for the test of resuming; further ones are only counted.
  static let markBound = 512
  /// Heartbeats after which the rhythm counts as known.
  private static let enoughHeartbeats = 3
  /// Events after which no further one is waited for.
  private static let enoughEvents = 8
  /// How long an accepted stream is given to send its first events.
  private static let eventPatience = Span.seconds(2)

  private(set) var marks: [Mark] = []
  private var trial: Diagnosis.Trial
  private var decoder = FrameDecoder()
  private let startedAt: Timestamp
  private var connectedAt: Timestamp?
  private var heartbeatsAt: [Timestamp] = []
  private var isOver = false

  /// Listens to a transport that is tried at a moment.
  init(_ kind: TransportKind, at now: Timestamp) {
    trial = Diagnosis.Trial(kind)
    startedAt = now
  }

  /// Takes in what was delivered.
  mutating func take(_ inbound: Inbound) {
    guard !isOver else { return }
    switch inbound.body {
    case .frame(let format, let bytes): receive(bytes, format, at: inbound.at)
    case .fact(let fact): note(fact, at: inbound.at)
    }
  }

  /// Whether listening longer would tell nothing that is worth the wait.
  func isEnough(at now: Timestamp) -> Bool {
    guard !isOver else { return true }
    guard let connectedAt else { return false }
    switch trial.kind {
    case .poll: return trial.roundTrip != nil || now - connectedAt >= Self.eventPatience
    case .longPoll: return !marks.isEmpty || now - connectedAt >= .seconds(1)
    case .sse, .webSocket, .standardInput, .file, .tape:
      return heartbeatsAt.count >= Self.enoughHeartbeats
        && (marks.count >= Self.enoughEvents || now - connectedAt >= Self.eventPatience)
    }
  }

  /// What was found, having listened until a moment.
  func finding(at now: Timestamp) -> Diagnosis.Trial {
    var finding = trial
    finding.listened = connectedAt.map { now - $0 } ?? .zero
    finding.heartbeats = heartbeatsAt.count
    let intervals = zip(heartbeatsAt.dropFirst(), heartbeatsAt).map { $0 - $1 }.sorted()
    finding.heartbeatInterval = intervals.isEmpty ? nil : intervals[(intervals.count - 1) / 2]
    if trial.accepted == nil, trial.problem == nil {
      finding.problem = "the server did not answer in \(duration(now - startedAt))"
    }
    return finding
  }

  private mutating func note(_ fact: ConnectionFact, at now: Timestamp) {
    switch fact {
    case .connected(let kind, _):
      guard kind == trial.kind else {
        trial.problem = "the server answers by \(kind.label) instead"
        isOver = true
        return
      }
      connectedAt = connectedAt ?? now
      trial.accepted = trial.accepted ?? now - startedAt
      decoder.restart()
    case .heartbeat: if trial.kind == .webSocket || trial.kind == .sse { beat(at: now) }
    case .roundTrip(let span): trial.roundTrip = span
    case .compressed(let received, let inflated):
      (trial.received, trial.inflated) = (received, inflated)
    case .lost(let reason), .waiting(_, _, let reason), .refused(let reason),
      .fellBack(_, let reason):
      trial.problem = trial.problem ?? reason
      isOver = true
    case .ended:
      trial.problem = "the server has nothing to send"
      isOver = true
    case .connecting: break
    }
  }

  private mutating func beat(at now: Timestamp) {
    if heartbeatsAt.count < 64 { heartbeatsAt.append(now) }
  }

  private mutating func receive(_ bytes: [UInt8], _ format: FrameFormat, at now: Timestamp) {
    trial.bytes += Int64(bytes.count)
    trial.firstByte = trial.firstByte ?? now - startedAt
    // Line by line, so that the position after each event is seen.
    let pieces = marks.count < Self.markBound && format == .sse ? lines(of: bytes) : [bytes[...]]
    for piece in pieces {
      let count = marks.count
      decode(Array(piece), format, at: now)
      let position = decoder.resumePoint.lastEventID
      for place in count..<marks.count { marks[place].position = position }
    }
  }

  private mutating func decode(_ bytes: [UInt8], _ format: FrameFormat, at now: Timestamp) {
    var events: [Event] = []
    var hasBeat = false
    var malformed = 0
    var complaint: String?
    decoder.receive(bytes, format: format) { item in
      switch item {
      case .event(let event, _): events.append(event)
      case .heartbeat: hasBeat = true
      case .malformed(let reason):
        malformed += 1
        complaint = reason
      case .damaged(let reason): complaint = "damaged in transit: \(reason)"
      case .missing(let events): complaint = "the feed went on without \(events.words)"
      }
    }
    trial.malformed += malformed
    trial.complaint = complaint ?? trial.complaint
    if hasBeat { beat(at: now) }
    for event in events { take(event, at: now) }
  }

  private mutating func take(_ event: Event, at now: Timestamp) {
    trial.events += 1
    trial.firstEvent = trial.firstEvent ?? now - startedAt
    if let time = event.time {
      let lag = now - time
      trial.leastLag = trial.leastLag.map { min($0, lag) } ?? lag
    }
    guard marks.count < Self.markBound else { return }
    marks.append(Mark(event: "\(event.source)\n\(event.id)", position: ""))
  }

  private func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }
}

/// What a test of resuming expects and what it means when something else comes. Pure.
struct ResumeTest: Equatable {
  /// The most events that are expected to come again.
  private static let span = 4

  /// The position to continue after.
  let position: String
  /// The events up to the position, and those that followed it.
  let before: [String]
  let expected: [String]

  /// A test made of events that came; throws what stands in its way.
  init(_ marks: [TrialListener.Mark]) throws(Obstacle) {
    guard marks.count >= 2 else { throw .tooFew }
    guard marks.contains(where: { !$0.position.isEmpty }) else { throw .noPositions }
    // A position that several events share tells only what comes after the last of them.
    let places = marks.indices.dropLast().filter {
      !marks[$0].position.isEmpty && marks[$0].position != marks[$0 + 1].position
    }
    guard let place = places.last(where: { marks.count - 1 - $0 >= Self.span }) ?? places.first
    else { throw .tooFew }
    position = marks[place].position
    before = marks[...place].map(\.event)
    expected = marks[(place + 1)...].prefix(Self.span).map(\.event)
  }

  /// Why it cannot be made.
  enum Obstacle: Error {
    case tooFew, noPositions
  }

  /// Judges the events that came after the position.
  func verdict(_ events: [String]) -> Diagnosis.Resume {
    if events.starts(with: expected) { return .exact(events: expected.count) }
    return events.contains { before.contains($0) } ? .replays : .loses
  }
}
