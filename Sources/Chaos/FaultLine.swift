import Domain

/// One direction of one connection: turns the bytes that come into what is sent on and when.
///
/// Pure: the time comes in, since the start of the proxy, and what to do goes out. Times of sending
/// never decrease, so that order is kept.
struct FaultLine: Sendable {
  /// What to do next, in this order.
  enum Effect: Equatable, Sendable {
    /// A fault begins: for the log.
    case began(Fault)
    /// Overwrite these of the bytes at hand.
    case overwrite(Range<Int>, seed: UInt64)
    /// Send these of the bytes at hand, not before the time.
    case pass(Range<Int>, due: Span)
    /// End the connection, not before the time; nothing more passes.
    case end(Ending, due: Span)
  }

  /// How much a throttled line sends at once: what its rate allows in this time.
  private static let slice = Span.milliseconds(20)

  private var steps: FaultSteps
  private let calmAt: Span?
  private var next: FaultStep?
  private var passed = 0
  private var since: Span
  private var freeAt: Span
  private var slow: (rate: Int, until: Span)?
  private(set) var isOver = false

  /// A line that begins at a time.
  init(_ steps: FaultSteps, calmAt: Span?, from now: Span) {
    self.steps = steps
    self.calmAt = calmAt
    since = now
    freeAt = now
    next = self.steps.next()
  }

  /// When `elapse` has something to do without bytes; nil: never.
  var wakeAt: Span? {
    guard !isOver, let next, case .time(let span) = next.after else { return nil }
    let due = since + span
    if let calmAt, due >= calmAt { return nil }
    return due
  }

  /// When the line is free to send what comes at `now`, all before it being sent.
  func free(at now: Span) -> Span { max(freeAt, now) }

  /// Takes `count` bytes that came.
  mutating func take(_ count: Int, at now: Span) -> [Effect] {
    var effects = elapse(to: now)
    var offset = 0
    while offset < count, !isOver {
      let room = bytesBeforeFault(at: now).map { min($0, count - offset) } ?? count - offset
      pass(offset..<offset + room, at: now, &effects)
      offset += room
      if offset < count { meetFault(atHand: offset..<count, at: now, &effects, &offset) }
    }
    return effects
  }

  /// Lets time pass.
  mutating func elapse(to now: Span) -> [Effect] {
    var effects: [Effect] = []
    while let wakeAt, wakeAt <= now {
      var offset = 0
      meetFault(atHand: 0..<0, at: now, &effects, &offset)
    }
    return effects
  }

  /// Bytes that may pass before the next fault; nil: all.
  private func bytesBeforeFault(at now: Span) -> Int? {
    if let calmAt, now >= calmAt { return nil }
    guard let next, case .bytes(let count) = next.after else { return nil }
    return max(0, count - passed)
  }

  private mutating func pass(_ range: Range<Int>, at now: Span, _ effects: inout [Effect]) {
    guard !range.isEmpty else { return }
    passed += range.count
    freeAt = max(freeAt, now)
    var rest = range
    while let slow, freeAt < slow.until, !rest.isEmpty {
      let size = max(1, slow.rate * Int(Self.slice.microseconds) / 1_000_000)
      let piece = rest.prefix(size)
      effects.append(.pass(piece, due: freeAt))
      let length = Int64(piece.count) * 1_000_000 / Int64(max(1, slow.rate))
      freeAt = freeAt + Span(microseconds: length)
      rest = rest.dropFirst(size)
    }
    if !rest.isEmpty { effects.append(.pass(rest, due: freeAt)) }
  }

  private mutating func meetFault(
    atHand: Range<Int>, at now: Span, _ effects: inout [Effect], _ offset: inout Int
  ) {
    guard let step = next else { return }
    next = steps.next()
    passed = 0
    since = now
    freeAt = max(freeAt, now)
    effects.append(.began(step.fault))
    switch step.fault {
    case .delay(let span): freeAt = freeAt + span
    case .throttle(let rate, let span):
      slow = (rate, freeAt + span)
    case .corrupt(let count, let seed):
      effects.append(.overwrite(atHand.prefix(count), seed: seed))
    case .truncate:
      pass(atHand.prefix(atHand.count / 2), at: now, &effects)
      offset = atHand.upperBound
      end(.finish, &effects)
    case .cut(let ending): end(ending, &effects)
    }
  }

  private mutating func end(_ ending: Ending, _ effects: inout [Effect]) {
    isOver = true
    effects.append(.end(ending, due: freeAt))
  }

  /// Overwrites bytes with others: each one changes.
  static func corrupt(_ bytes: UnsafeMutableRawBufferPointer, _ range: Range<Int>, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for index in range where bytes.indices.contains(index) {
      bytes[index] ^= UInt8(truncatingIfNeeded: random.number(1...255))
    }
  }
}
