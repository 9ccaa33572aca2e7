// Orders that come twice, and orders that come all at once.

/// The orders of the last 5 to 10 minutes by what was ordered where, in two generations.
struct RepeatWatch: Codable, Sendable {
  /// How far apart two equal orders may be.
  static let length = Span.minutes(5)
  /// The most orders of a generation.
  static let bound = 16_384

  private struct Seen: Codable, Sendable {
    let order: String
    let at: Timestamp
  }

  private var current: [String: Seen] = [:]
  private var previous: [String: Seen] = [:]
  private var since = Timestamp(microseconds: .min)

  /// Notes an order; returns the newest equal one not more than 5 minutes before it.
  mutating func insert(_ key: String, order: String, at now: Timestamp) -> String? {
    if now - since > Self.length || current.count >= Self.bound {
      previous = now - since > Self.length + Self.length ? [:] : current
      current = [:]
      since = now
    }
    let seen = current[key] ?? previous[key]
    current[key] = Seen(order: order, at: now)
    guard let seen, seen.order != order, now - seen.at <= Self.length else { return nil }
    return seen.order
  }
}

extension Kitchen {
  /// Raises an alert for an order that repeats another of the same seat and items.
  mutating func judgeRepeat(_ slot: Int, _ report: KitchenReport, context: inout BoardContext) {
    guard let order = orderBook.table.entity(at: slot), let seat = order.seat ?? order.resident,
      !order.items.isEmpty, !order.state.isTerminal
    else { return }
    let items = items(of: order).map { "\($0.quantity)\u{1F}\($0.name)" }.sorted()
    let key = ([order.table ?? "", seat] + items).joined(separator: "\u{1E}")
    guard let first = repeats.insert(key, order: order.id, at: order.createdAt),
      let other = orderBook.table.slot(of: first),
      let known = orderBook.table.entity(at: other), known.state != .cancelled
    else { return }
    orderBook.table.update(slot) { $0.duplicateOf = first }
    orderBook.table.update(other) { $0.duplicatedBy = order.id }
    context.alerts.raise(
      .duplicateOrder, subject: order.id, text: "same as #\(known.number)", cause: report.cause,
      at: report.now, changes: &context.changes)
  }

  /// Raises or withdraws the alert of a rush.
  mutating func judgeSpike(cause: String?, at now: Timestamp, context: inout BoardContext) {
    statistics.advance(to: now)
    let isSpiking = statistics.isRushSpike(at: now)
    guard isSpiking != statistics.isSpiking else { return }
    statistics.isSpiking = isSpiking
    if isSpiking {
      context.alerts.raise(
        .rushSpike, subject: "kitchen", text: "orders at twice the usual rate", cause: cause,
        at: now, changes: &context.changes)
    } else {
      withdraw(.rushSpike, "kitchen", at: now, context: &context)
    }
  }
}
