package import Domain

/// Which faults happen when: a pure function of the seed.
///
/// The same plan gives the same faults to the n-th connection whatever happened on the others; what
/// differs between two runs is only how the network cut the bytes into reads.
package struct ChaosPlan: Equatable, Sendable {
  /// What everything is drawn from.
  package let seed: UInt64
  /// What may happen.
  package let faults: Set<FaultKind>
  /// How much happens, 1 to 10: at 1 a connection meets a fault about every 4 s or 1 MiB, at 10 ten
  /// times as often.
  package let intensity: Int
  /// Since the start of the proxy: from then on nothing happens any more; nil: never.
  package let calmAt: Span?

  /// A plan; an intensity outside 1 to 10 is taken as the nearest.
  package init(seed: UInt64, faults: Set<FaultKind>, intensity: Int = 3, calmAt: Span? = nil) {
    self.seed = seed
    self.faults = faults
    self.intensity = min(max(intensity, 1), 10)
    self.calmAt = calmAt
  }

  /// The faults of one direction of the `connection`-th connection, counted from 0.
  package func steps(connection: Int, _ direction: Direction) -> FaultSteps {
    let lane = UInt64(clamping: connection) &* 2 &+ (direction == .up ? 0 : 1)
    return FaultSteps(
      kinds: FaultKind.allCases.filter { faults.contains($0) && !$0.isWindow }, direction,
      intensity: intensity, random: stream(lane))
  }

  /// When the proxy as a whole does something for a while; nil for a fault of one connection or one
  /// that was not asked for.
  package func windows(_ kind: FaultKind) -> FaultWindows? {
    guard kind.isWindow, faults.contains(kind),
      let place = FaultKind.allCases.firstIndex(of: kind)
    else { return nil }
    return FaultWindows(
      kind: kind, intensity: intensity, calmAt: calmAt,
      random: stream(UInt64.max &- UInt64(clamping: place)))
  }

  /// Numbers of their own for each user, so that one more draw here changes nothing there.
  private func stream(_ place: UInt64) -> SplitMix64 {
    var mixer = SplitMix64(seed: seed)
    var random = SplitMix64(seed: mixer.next() ^ (place &* 0xD6E8_FEB8_6659_FD93))
    return SplitMix64(seed: random.next())
  }
}

/// The faults of one direction of one connection, without end.
package struct FaultSteps: Sendable, IteratorProtocol {
  private let kinds: [FaultKind]
  private let meanBytes: Int
  private let meanMilliseconds: Int
  private var random: SplitMix64

  init(kinds: [FaultKind], _ direction: Direction, intensity: Int, random: SplitMix64) {
    self.kinds = kinds
    // A client sends a few hundred bytes a request, a server megabytes.
    meanBytes = (direction == .up ? 16 << 10 : 1 << 20) / intensity
    meanMilliseconds = (direction == .up ? 12_000 : 4_000) / intensity
    self.random = random
  }

  /// The next fault; nil when none was asked for.
  package mutating func next() -> FaultStep? {
    guard let kind = random.pick(kinds) else { return nil }
    let byTime = random.number(0...1) == 0
    let bytes = random.number(1...2 * meanBytes)
    let time = Span.milliseconds(Int64(random.number(1...2 * meanMilliseconds)))
    let fault = fault(of: kind)
    // What is done to bytes needs bytes to do it to.
    let needsBytes = kind == .corrupt || kind == .truncate
    return FaultStep(after: byTime && !needsBytes ? .time(time) : .bytes(bytes), fault: fault)
  }

  private mutating func fault(of kind: FaultKind) -> Fault {
    switch kind {
    case .throttle:
      .throttle(
        bytesPerSecond: random.number(2_000...40_000),
        lasting: .milliseconds(Int64(random.number(100...800))))
    case .cut: .cut(random.number(0...1) == 0 ? .finish : .reset)
    case .halfOpen: .cut(.silence)
    case .truncate: .truncate
    case .corrupt: .corrupt(count: random.number(1...8), seed: random.next())
    case .delay, .refuse, .denyUpgrade, .denyStream:
      .delay(.milliseconds(Int64(random.number(10...500))))
    }
  }
}

/// When the proxy as a whole does something for a while, in order and without overlap.
package struct FaultWindows: Sendable, IteratorProtocol {
  private let meanQuiet: Int
  private let lengths: ClosedRange<Int>
  private let calmAt: Span?
  private var random: SplitMix64
  // A client is left in peace for long enough to be let in once.
  private var end = Span.seconds(1)

  init(kind: FaultKind, intensity: Int, calmAt: Span?, random: SplitMix64) {
    meanQuiet = 6_000 / intensity
    // A ladder gives up on a rung after a few tries: a rung has to be away for longer.
    lengths = kind == .refuse ? 100...1_500 : 1_500...4_000
    self.calmAt = calmAt
    self.random = random
  }

  /// The next window, since the start of the proxy, cut off where it becomes calm.
  package mutating func next() -> Range<Span>? {
    let quiet = Int64(random.number(meanQuiet / 4...2 * meanQuiet))
    let length = Int64(random.number(lengths))
    let start = end + .milliseconds(quiet)
    end = start + .milliseconds(length)
    guard let calmAt else { return start..<end }
    return start < calmAt ? start..<min(end, calmAt) : nil
  }
}
