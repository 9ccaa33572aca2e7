import Wire

/// What waits between the transports and the loop, in arrival order, bounded in all and for each
/// connection, so that a source that never pauses fills its own share and nobody else's.
///
/// The share of one connection is the whole while it is alone; beside others it is
/// `Mailbox.connectionByteBound` and `connectionCountBound`, or an equal part of the whole where
/// that is less. A connection of which nothing waits is let in with one frame of any size.
struct InboundQueue {
  private struct Entry {
    let order: UInt64
    let inbound: Inbound
  }

  /// What waits of one connection.
  private struct Lane {
    let connection: Int
    var entries: [Entry?] = []
    var first = 0
    var bytes = 0
    /// Whether it is left where it is for now.
    var isHeld = false

    var count: Int { entries.count - first }
    var nextOrder: UInt64? { first < entries.count ? entries[first]?.order : nil }

    mutating func removeFirst() -> Inbound? {
      guard first < entries.count else { return nil }
      let entry = entries[first].take()
      first += 1
      if first == entries.count {
        entries.removeAll(keepingCapacity: entries.capacity <= 1_024)
        first = 0
      } else if first >= 1_024, first * 2 >= entries.count {
        entries.removeFirst(first)
        first = 0
      }
      bytes -= entry?.inbound.frameSize ?? 0
      return entry?.inbound
    }
  }

  private var lanes: [Lane] = []
  private var places: [Int: Int] = [:]
  private var arrivals: UInt64 = 0
  /// The bytes of frames that wait, and the frames and facts.
  private(set) var bytes = 0, count = 0

  /// Whether something waits that may be taken.
  var hasTakeable: Bool { lanes.contains { !$0.isHeld && $0.count > 0 } }

  /// Whether a connection has to wait before it may add anything.
  func isFull(for connection: Int) -> Bool {
    guard let place = places[connection], lanes[place].count > 0 else { return false }
    let share = Self.share(of: lanes.count)
    return bytes >= Mailbox.byteBound || count >= Mailbox.countBound
      || lanes[place].bytes >= share.bytes || lanes[place].count >= share.count
  }

  /// Adds what arrived; false when its connection is held.
  mutating func append(_ inbound: Inbound) -> Bool {
    let place = place(of: inbound.connection)
    lanes[place].entries.append(Entry(order: arrivals, inbound: inbound))
    arrivals += 1
    lanes[place].bytes += inbound.frameSize
    bytes += inbound.frameSize
    count += 1
    return !lanes[place].isHeld
  }

  /// Takes the oldest of what may be taken, in arrival order: at most `limit` entries, and no
  /// further one once there are `byteLimit` bytes.
  mutating func take(_ limit: Int, bytes byteLimit: Int) -> [Inbound] {
    var taken: [Inbound] = []
    var takenBytes = 0
    while taken.count < limit, takenBytes < byteLimit, let place = oldest,
      let inbound = lanes[place].removeFirst()
    {
      takenBytes += inbound.frameSize
      taken.append(inbound)
    }
    bytes -= takenBytes
    count -= taken.count
    return taken
  }

  /// Leaves what a connection sent where it is, or no longer.
  mutating func hold(_ connection: Int, _ isHeld: Bool) {
    lanes[place(of: connection)].isHeld = isHeld
  }

  private var oldest: Int? {
    var found: (place: Int, order: UInt64)?
    for place in lanes.indices where !lanes[place].isHeld {
      guard let order = lanes[place].nextOrder, found.map({ order < $0.order }) ?? true else {
        continue
      }
      found = (place, order)
    }
    return found?.place
  }

  private mutating func place(of connection: Int) -> Int {
    if let place = places[connection] { return place }
    lanes.append(Lane(connection: connection))
    places[connection] = lanes.count - 1
    return lanes.count - 1
  }

  private static func share(of connections: Int) -> (bytes: Int, count: Int) {
    guard connections > 1 else { return (Mailbox.byteBound, Mailbox.countBound) }
    return (
      min(Mailbox.connectionByteBound, Mailbox.byteBound / connections),
      min(Mailbox.connectionCountBound, max(1, Mailbox.countBound / connections))
    )
  }
}

extension Inbound {
  /// The bytes of its frame; a fact has none.
  var frameSize: Int {
    if case .frame(_, let bytes) = body { bytes.count } else { 0 }
  }
}
