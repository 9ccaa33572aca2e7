/// What time alone changes in the kitchen.
enum KitchenTimer: Int, NumberedCase, Sendable {
  /// Of a ticket slot.
  case ticketAge, autoBump
  /// Of an order slot.
  case orderUnrouted, orderTimeout
  /// Of a presence slot.
  case presence
  /// Of a lock slot.
  case lock
  /// Of a station slot: the next minute of its windows.
  case stationWindow
  /// Of the kitchen (slot 0).
  case kitchenWindow, ticketRetention, orderRetention
}

/// The timers of the kitchen: at most one live item a timer and slot.
///
/// A timer that moves later is left alone: whoever handles it looks again and arms it anew. One
/// that moves earlier supersedes the item it had, which is skipped when it falls due.
struct KitchenTimers: Codable, Sendable {
  fileprivate struct Key: Sendable {
    let timer: KitchenTimer
    let slot: Int
  }

  private static let unarmed = Timestamp(microseconds: .max)
  private var queue = DueQueue<Key>()
  private var armed = [[Timestamp]](repeating: [], count: KitchenTimer.allCases.count)

  /// When the first item falls due.
  var next: Timestamp? { queue.next }

  /// Makes sure that a timer falls due at `due` or before.
  mutating func arm(_ timer: KitchenTimer, slot: Int, at due: Timestamp) {
    let known = armed[timer.rawValue].count
    if slot >= known {
      armed[timer.rawValue] += [Timestamp](repeating: Self.unarmed, count: slot + 1 - known)
    }
    guard due < armed[timer.rawValue][slot] else { return }
    armed[timer.rawValue][slot] = due
    queue.schedule(Key(timer: timer, slot: slot), at: due)
  }

  /// Takes the first timer due at or before `now`.
  mutating func pop(dueBy now: Timestamp) -> (timer: KitchenTimer, slot: Int, due: Timestamp)? {
    while let (key, due) = queue.pop(dueBy: now) {
      guard armed[key.timer.rawValue][key.slot] == due else { continue }
      armed[key.timer.rawValue][key.slot] = Self.unarmed
      return (key.timer, key.slot, due)
    }
    return nil
  }
}

extension KitchenTimers {
  /// Throws when something is waited for that has no timer.
  func check() throws(StateFault) {
    try StateFault.check(
      armed.count == KitchenTimer.allCases.count
        && queue.allKeys { armed[$0.timer.rawValue].indices.contains($0.slot) },
      "a timer of the kitchen that is not armed falls due")
  }
}

// In one number each.
extension KitchenTimers.Key: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(slot << 4 | timer.rawValue)
  }

  init(from decoder: any Decoder) throws {
    let number = try decoder.singleValueContainer().decode(Int.self)
    guard let timer = KitchenTimer(rawValue: number & 15), number >= 0 else {
      throw StateFault(problem: "there is no timer \(number) in the kitchen")
    }
    self.init(timer: timer, slot: number >> 4)
  }
}
