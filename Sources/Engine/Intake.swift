package import Domain
package import Wire

/// What arrives on the connections of a command without a board: decoded, with the rhythm of each
/// connection learnt, and the place noted where each stream is to be taken up again.
package struct Intake {
  /// A time of which nothing is known: a stream broke and could not be resumed.
  package struct UnknownStretch: Equatable, Sendable {
    /// The newest byte before the loss.
    package let from: Timestamp
    /// When the stream was there again.
    package let to: Timestamp
  }

  private var lines: [Line]
  private var touched: Set<Int> = []
  private var damaged: [Int] = []

  /// An intake of connections, by their addresses, none tried yet.
  package init(connections names: [String], at now: Timestamp) {
    lines = names.map { Line(connection: Connection(name: $0, at: now)) }
  }

  /// Whether anything more can come: false once every source has ended.
  package var isOpen: Bool { lines.contains { $0.connection.state != .ended } }

  /// Takes in what arrived and hands over each item it completes, in order; something of a
  /// connection that does not exist is dropped. Returns a stretch that became known to be unknown.
  package mutating func take(
    _ inbound: Inbound, _ each: (DecodedItem) -> Void = { _ in }
  ) -> UnknownStretch? {
    guard lines.indices.contains(inbound.connection) else { return nil }
    touched.insert(inbound.connection)
    switch inbound.body {
    case .frame(let format, let bytes):
      let isWhole = lines[inbound.connection].receive(
        bytes, format: format, at: inbound.at, each)
      if !isWhole { damaged.append(inbound.connection) }
      return nil
    case .fact(let fact): return lines[inbound.connection].note(fact, at: inbound.at, each)
    }
  }

  /// The connections that brought something else than was sent, since the last call: they are to
  /// be made anew, after their resume points were noted.
  package mutating func takeDamaged() -> [Int] {
    defer { damaged = [] }
    return damaged
  }

  /// Where a connection's stream is to be taken up again.
  package func resumePoint(of connection: Int) -> ResumePoint {
    guard lines.indices.contains(connection) else { return ResumePoint() }
    var point = lines[connection].decoder.resumePoint
    point.patience = lines[connection].connection.patience ?? point.patience
    return point
  }

  /// Notes the resume point of every connection that something arrived on since the last call.
  package mutating func note(in mailbox: Mailbox) {
    for number in touched { mailbox.note(resumePoint(of: number), connection: number) }
    touched.removeAll(keepingCapacity: true)
  }
}

extension Intake {
  /// A connection and its decoder.
  private struct Line {
    var connection: Connection
    var decoder = FrameDecoder()
    /// When something was last heard before a loss that is not made good yet.
    var silentSince: Timestamp?

    /// Reads a frame; false when it shows damage.
    mutating func receive(
      _ bytes: [UInt8], format: FrameFormat, at now: Timestamp, _ each: (DecodedItem) -> Void
    ) -> Bool {
      connection.receive(bytes: bytes.count, at: now)
      var hasBeat = false
      var isWhole = true
      decoder.receive(bytes, format: format) { item in
        switch item {
        case .heartbeat: hasBeat = true
        case .damaged: isWhole = false
        case .event(let event, _): hasBeat = hasBeat || event.type == .known(.streamHeartbeat)
        case .malformed, .missing: break
        }
        each(item)
      }
      if hasBeat { connection.note(.heartbeat, at: now) }
      return isWhole
    }

    mutating func note(
      _ fact: ConnectionFact, at now: Timestamp, _ each: (DecodedItem) -> Void
    ) -> UnknownStretch? {
      var unknown: UnknownStretch?
      switch fact {
      case .connected(let kind, let position):
        decoder.restart()
        if position == nil, kind.streamsEvents, let silentSince {
          unknown = UnknownStretch(from: silentSince, to: now)
        }
        silentSince = nil
      case .lost: silentSince = silentSince ?? connection.lastByteAt
      case .ended: decoder.finish(each)
      case .connecting, .heartbeat, .roundTrip, .compressed, .waiting, .fellBack, .refused: break
      }
      connection.note(fact, at: now)
      return unknown
    }
  }
}

extension TransportKind {
  /// Whether what is sent while nobody listens is lost unless the stream is resumed.
  fileprivate var streamsEvents: Bool {
    switch self {
    case .sse, .webSocket, .longPoll: true
    case .poll, .standardInput, .file, .tape: false
    }
  }
}
