/// What waits between the ledger and the board while events come faster than they can be applied.
///
/// Everything in it was admitted: counted, compared with what came before and followed in its
/// sequence, so that what becomes one event here is no gap. The policy, in this order:
/// 1. the network is slowed down: whoever fills this also stops reading (`Mailbox`);
/// 2. telemetry of one subject coalesces: only the newest is applied, with what only older ones
///    said, and with sums added up;
/// 3. telemetry of a connection beyond its maximum rate is dropped, the oldest first, once
///    `heldBound` subjects wait. Alerts and orders are never dropped: they wait.
/// Alerts are applied before orders, and orders before telemetry; two events of one subject keep
/// their order, and nothing passes a snapshot.
package struct Triage: Sendable {
  /// The subjects whose telemetry may wait.
  package static let heldBound = 1_024

  /// An event that waits, and the connection that brought it.
  package struct Item: Codable, Equatable, Sendable {
    package var event: Event
    package let connection: Int
  }

  /// What became of an event, or of one that it made give way.
  package enum Outcome: Equatable, Sendable {
    case waits
    /// An older event of this one's source became part of it.
    case coalesced
    /// The oldest telemetry of a limited connection was dropped.
    case dropped(source: String)
  }

  private struct Key: Hashable {
    let source: String, subject: String
    let kind: EventKind
  }

  private struct Held {
    var item: Item
    let stamp: UInt64
    let mayDrop: Bool
  }

  private var alerts: [Item] = []
  private var orders: [Item] = []
  /// The entities that the waiting orders are about.
  private var ordered: Set<Substring> = []
  private var hasBarrier = false
  private var held: [Key: Held] = [:]
  /// The keys of what is held by age; an entry whose stamp is not that of its key is void.
  private var ages: [(key: Key, stamp: UInt64)] = []
  private var oldest = 0
  private var stamps: UInt64 = 0

  /// Nothing waits.
  package init() {}

  /// Whether nothing waits.
  package var isEmpty: Bool { urgentCount == 0 && held.isEmpty }
  /// The alerts and orders that wait.
  package var urgentCount: Int { alerts.count + orders.count }
  /// The telemetry that waits.
  package var heldCount: Int { held.count }

  /// Whether an event must not be applied before something that waits.
  package func isAhead(of event: Event) -> Bool {
    guard !isEmpty else { return false }
    guard case .known(let kind) = event.type, let subject = event.subject, !kind.isSnapshot else {
      return true
    }
    if hasBarrier || ordered.contains(event.entityName) { return true }
    return EventKind.telemetry.contains {
      held[Key(source: event.source, subject: subject, kind: $0)] != nil
    }
  }

  /// Puts an admitted event where it belongs. `mayDrop` says that its connection sends more than
  /// it may.
  package mutating func add(
    _ event: Event, from connection: Int, mayDrop: Bool = false
  ) -> Outcome {
    let item = Item(event: event, connection: connection)
    guard case .known(let kind) = event.type, let subject = event.subject else {
      block(with: item)
      return .waits
    }
    if let coalescing = kind.coalescing {
      let key = Key(source: event.source, subject: subject, kind: kind)
      return hold(item, key, coalescing, mayDrop: mayDrop)
    }
    if kind.isSnapshot {
      block(with: item)
    } else if kind.urgency == .alert, mayPass(event) {
      alerts.append(item)
    } else {
      release(source: event.source, subject: subject)
      append(item)
    }
    return .waits
  }

  /// Takes the alerts, then the orders, in order. Once `mayTake` refuses a connection its orders
  /// stay, and so does what comes after them about the same entity.
  package mutating func takeUrgent(_ mayTake: (_ connection: Int) -> Bool) -> [Item] {
    var taken = alerts
    let waiting = orders
    alerts = []
    orders = []
    ordered = []
    var refused: Set<Int> = []
    for item in waiting {
      if refused.contains(item.connection) || ordered.contains(item.event.entityName)
        || !mayTake(item.connection)
      {
        refused.insert(item.connection)
        append(item)
      } else {
        taken.append(item)
      }
    }
    hasBarrier = orders.contains { $0.event.isBarrier }
    return taken
  }

  /// Takes the telemetry whose connections `mayTake` allows, oldest first.
  package mutating func takeTelemetry(_ mayTake: (_ connection: Int) -> Bool) -> [Item] {
    var taken: [Item] = []
    var left: [(key: Key, stamp: UInt64)] = []
    for age in ages[oldest...] {
      guard let entry = held[age.key], entry.stamp == age.stamp else { continue }
      if ordered.contains(entry.item.event.entityName) || !mayTake(entry.item.connection) {
        left.append(age)
      } else {
        held[age.key] = nil
        taken.append(entry.item)
      }
    }
    ages = left
    oldest = 0
    return taken
  }

  /// The connections of which orders wait.
  package var waitingConnections: Set<Int> { Set(orders.map(\.connection)) }

  private func mayPass(_ event: Event) -> Bool {
    guard !hasBarrier, !ordered.contains(event.entityName) else { return false }
    return event.data.text(.subject).map { !ordered.contains($0[...]) } ?? true
  }

  private mutating func append(_ item: Item) {
    orders.append(item)
    ordered.insert(item.event.entityName)
    if item.event.type == .known(.alertChanged), let subject = item.event.data.text(.subject) {
      ordered.insert(subject[...])
    }
  }

  /// Adds an order that nothing of its connection may pass.
  private mutating func block(with item: Item) {
    let passed = held.filter { $0.value.item.connection == item.connection }
    for (key, entry) in passed.sorted(by: { $0.value.stamp < $1.value.stamp }) {
      held[key] = nil
      append(entry.item)
    }
    append(item)
    hasBarrier = true
  }

  /// Puts the telemetry of a subject among the orders: one comes that must not pass it.
  private mutating func release(source: String, subject: String) {
    guard !held.isEmpty else { return }
    let keys = EventKind.telemetry.map { Key(source: source, subject: subject, kind: $0) }
    let released = keys.compactMap { held.removeValue(forKey: $0) }
    for entry in released.sorted(by: { $0.stamp < $1.stamp }) { append(entry.item) }
  }

  private mutating func hold(
    _ item: Item, _ key: Key, _ coalescing: Coalescing, mayDrop: Bool
  ) -> Outcome {
    stamps += 1
    var item = item
    let older = held[key]
    if let older { item.event.absorb(older.item.event, by: coalescing) }
    held[key] = Held(item: item, stamp: stamps, mayDrop: mayDrop && coalescing != .adding)
    ages.append((key, stamps))
    if ages.count > 4 * Self.heldBound {
      ages.removeAll { held[$0.key]?.stamp != $0.stamp }
      oldest = 0
    }
    if older != nil { return .coalesced }
    return held.count > Self.heldBound ? displaceOldest() : .waits
  }

  /// Makes room: what may not be dropped goes among the orders.
  private mutating func displaceOldest() -> Outcome {
    while oldest < ages.count {
      let age = ages[oldest]
      oldest += 1
      guard let entry = held[age.key], entry.stamp == age.stamp else { continue }
      held[age.key] = nil
      if entry.mayDrop { return .dropped(source: entry.item.event.source) }
      append(entry.item)
      break
    }
    return .waits
  }
}

// The events that wait, in their order; what tells them apart follows from them.
extension Triage: Codable {
  private struct Waiting: Codable {
    let item: Item
    let stamp: UInt64
    let mayDrop: Bool
  }

  package func encode(to encoder: any Encoder) throws {
    let waiting = held.values.sorted { $0.stamp < $1.stamp }.map {
      Waiting(item: $0.item, stamp: $0.stamp, mayDrop: $0.mayDrop)
    }
    var container = encoder.unkeyedContainer()
    try container.encode(alerts)
    try container.encode(orders)
    try container.encode(waiting)
    try container.encode(stamps)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    alerts = try container.decode([Item].self)
    for item in try container.decode([Item].self) { append(item) }
    hasBarrier = orders.contains { $0.event.isBarrier }
    for entry in try container.decode([Waiting].self) {
      guard case .known(let kind) = entry.item.event.type, kind.coalescing != nil,
        let subject = entry.item.event.subject
      else { throw StateFault(problem: "an event waits that is no telemetry") }
      let key = Key(source: entry.item.event.source, subject: subject, kind: kind)
      held[key] = Held(item: entry.item, stamp: entry.stamp, mayDrop: entry.mayDrop)
      ages.append((key, entry.stamp))
    }
    stamps = try container.decode(UInt64.self)
    try StateFault.check(stamps < 1 << 62, "more events waited than there can have been")
  }
}

extension Event {
  /// What it is about, without the collection; empty when it does not say.
  fileprivate var entityName: Substring {
    guard let subject, let slash = subject.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return subject.map { $0[...] } ?? ""
    }
    return subject[subject.utf8.index(after: slash)...]
  }

  /// Whether nothing may pass it.
  fileprivate var isBarrier: Bool {
    guard case .known(let kind) = type, subject != nil else { return true }
    return kind.isSnapshot
  }
}
