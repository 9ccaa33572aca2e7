package import Domain
package import Wire

/// A board fed by connections: everything between raw frames and what is shown, without I/O.
///
/// Live, replayed and headless sessions are the same: they differ in who hands over what arrived.
package struct Session {
  /// What is known.
  package internal(set) var board = Board()
  /// The arrival of the newest thing ingested; time never steps back.
  package private(set) var now: Timestamp
  /// Each connection's decoder; taken out of its place while it works.
  private var decoders: [FrameDecoder?] = []
  private var damaged: [(connection: Int, reason: String)] = []
  /// Whether more arrives than can be applied: what may coalesce then waits in `triage`.
  package internal(set) var isOverloaded = false
  /// What waits to be applied.
  var triage = Triage()
  /// When something last began to wait there, and each connection's rate limit, if it has one.
  var heldSince: Timestamp?
  var limits: [Int: TokenBucket] = [:]
  /// Whether what becomes of each event is kept for `takeFates()`, and what was kept.
  package var keepsFates = false
  var fates: [StreamLedger.Arrival] = []

  /// A session that begins at a moment.
  package init(start: Timestamp) {
    now = start
  }

  /// How many connections there are.
  package var connectionCount: Int { decoders.count }

  /// Adds a connection under its address; connections are numbered in the order they are added.
  package mutating func addConnection(_ name: String) {
    _ = board.addConnection(name, at: now)
    decoders.append(FrameDecoder())
  }

  /// Takes in what arrived and hands over what was found in it, in order, before it is judged.
  /// Something of an unknown connection is counted as malformed.
  ///
  /// Of the events it completes, only the first `limit` are applied: a session that was given less
  /// than all of them is for showing, and is not to be given anything more.
  package mutating func ingest(
    _ inbound: Inbound, events limit: Int = .max, _ each: (DecodedItem) -> Void = { _ in }
  ) {
    advance(to: inbound.at)
    let number = inbound.connection
    guard decoders.indices.contains(number) else {
      board.noteMalformed("data of connection \(number), which does not exist")
      return
    }
    switch inbound.body {
    case .fact(let fact): note(fact, connection: number, limit, each)
    case .frame(let format, let bytes):
      board.receive(bytes: bytes.count, connection: number, at: now)
      decode(number, (format, bytes), limit, each)
    }
  }

  /// How many events something completes that arrives next.
  package func countEvents(in inbound: Inbound) -> Int {
    guard decoders.indices.contains(inbound.connection),
      var decoder = decoders[inbound.connection]
    else { return 0 }
    var count = 0
    let take = { (item: DecodedItem) in if case .event = item { count += 1 } }
    switch inbound.body {
    case .frame(let format, let bytes): decoder.receive(bytes, format: format, take)
    case .fact(.ended): decoder.finish(take)
    case .fact: break
    }
    return count
  }

  /// Lets time pass: every time-driven fact comes true at its exact moment, so that a replay does
  /// what the live session did, however often either looked.
  package mutating func advance(to moment: Timestamp) {
    var last: Timestamp?
    while let due = board.nextDue, due <= moment, due != last {
      board.advance(to: due)
      last = due
    }
    now = max(now, moment)
  }

  /// What changed since the last call.
  package mutating func takeChanges() -> Changes { board.takeChanges() }

  /// What became of events since the last call, in order: applied, after it had waited or been joined
  /// with others, or passed over. Empty unless `keepsFates`; then to be called for each thing ingested.
  package mutating func takeFates() -> [StreamLedger.Arrival] {
    defer { fates = [] }
    return fates
  }

  /// The connections that brought something else than was sent, since the last call: they are to
  /// be made anew.
  package mutating func takeDamaged() -> [(connection: Int, reason: String)] {
    defer { damaged = [] }
    return damaged
  }

  /// Where a connection's stream is to be taken up again.
  package func resumePoint(of connection: Int) -> ResumePoint {
    guard decoders.indices.contains(connection) else { return ResumePoint() }
    var point = decoders[connection]?.resumePoint ?? ResumePoint()
    let connections = board.stream.connections
    if connections.indices.contains(connection) {
      point.patience = connections[connection].patience ?? point.patience
    }
    return point
  }

  private mutating func note(
    _ fact: ConnectionFact, connection: Int, _ limit: Int, _ each: (DecodedItem) -> Void
  ) {
    switch fact {
    case .connected: decoders[connection]?.restart()
    case .ended: decode(connection, nil, limit, each)
    case .connecting, .heartbeat, .roundTrip, .compressed, .lost, .waiting, .fellBack, .refused:
      break
    }
    board.note(fact, connection: connection, at: now)
  }

  /// What the items of one frame add up to.
  private struct Decoded {
    let limit: Int
    var events = 0
    var isResynced = false
  }

  /// Decodes a frame, or what is left at the end of the source.
  private mutating func decode(
    _ number: Int, _ frame: (format: FrameFormat, bytes: [UInt8])?, _ limit: Int,
    _ each: (DecodedItem) -> Void
  ) {
    guard var decoder = decoders[number].take() else { return }
    let now = now
    var decoded = Decoded(limit: limit)
    defer {
      decoders[number] = decoder
      if decoded.events > 0 {
        board.receive(events: decoded.events, connection: number, at: now)
      }
      if decoded.isResynced { board.noteResynced(connection: number, at: now) }
    }
    if let frame {
      decoder.receive(frame.bytes, format: frame.format) { item in
        each(item)
        take(item, from: number, &decoded)
      }
    } else {
      decoder.finish { item in
        each(item)
        take(item, from: number, &decoded)
      }
    }
  }

  private mutating func take(_ item: DecodedItem, from number: Int, _ decoded: inout Decoded) {
    guard decoded.events < decoded.limit else { return }
    switch item {
    case .event(let event, _):
      decoded.events += 1
      if case .known(let kind) = event.type, kind.isResynchronising { decoded.isResynced = true }
      take(event, from: number)
      if event.type == .known(.streamHeartbeat) {
        board.note(.heartbeat, connection: number, at: now)
      }
    case .heartbeat: board.note(.heartbeat, connection: number, at: now)
    case .malformed(let reason): board.noteMalformed(reason)
    case .damaged(let reason):
      board.noteDamaged(reason, connection: number)
      damaged.append((number, reason))
    case .missing(let events):
      board.noteMissing(events.words, count: events.count, connection: number, at: now)
    }
  }
}

extension Session: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(now)
    try container.encode(board)
    try container.encode(decoders.map { $0 ?? FrameDecoder() })
    try container.encode(isOverloaded)
    try container.encode(triage)
    try container.encode([heldSince].compactMap(\.self))
    try container.encode(limits)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    now = try container.decode(Timestamp.self)
    board = try container.decode(Board.self)
    decoders = try container.decode([FrameDecoder].self)
    isOverloaded = try container.decode(Bool.self)
    triage = try container.decode(Triage.self)
    heldSince = try container.decode([Timestamp].self).first
    limits = try container.decode([Int: TokenBucket].self)
    try StateFault.check(
      decoders.count == board.stream.connections.count && limits.values.allSatisfy(\.isPossible),
      "its connections do not fit together")
  }
}
