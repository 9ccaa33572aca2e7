import Domain

/// The size and pace of a fleet of agents.
struct FleetPlan: Sendable {
  /// How many orchestrators run at once.
  let runs: Int
  /// How many sub-agents each keeps at work.
  let children: Int
  /// The gaps between an agent's calls, in thousandths of the measured ones.
  let pace: Int64
  /// How often events come under an id nobody started, on average.
  let orphanEvery: Span

  static let agentRun = FleetPlan(
    runs: 1, children: 4, pace: 1_300, orphanEvery: .seconds(900))

  static let agentFleet = FleetPlan(
    runs: 20, children: 9, pace: 220, orphanEvery: .seconds(300))

  static let mixed = FleetPlan(
    runs: 3, children: 8, pace: 120, orphanEvery: .seconds(420))
}

/// How long agents and their tools take.
enum AgentTiming {
  /// Between one call's end and the next one's start: measured in sessions, p50 5.5 s, p90 40 s,
  /// p95 66 s, p99 234 s.
  static let gap = Quantiles([
    0: 400, 500: 5_500, 900: 40_000, 950: 66_000, 990: 234_000, 1_000: 420_000,
  ])
  /// A shell command.
  static let command = Quantiles([
    0: 120, 500: 1_800, 900: 24_000, 990: 140_000, 1_000: 290_000,
  ])
  /// Reading or writing a file.
  static let file = Quantiles([0: 20, 500: 90, 900: 380, 1_000: 1_600])
  /// Fetching a page.
  static let fetch = Quantiles([0: 500, 500: 1_900, 900: 6_500, 1_000: 14_000])
  /// A person answering a permission prompt.
  static let permission = Quantiles([0: 4_000, 500: 26_000, 900: 130_000, 1_000: 320_000])
}

/// Hands out ids that are never given twice.
struct Mint: Sendable {
  private var agents: UInt64
  private var runs: UInt64
  private var tasks: [String: Int] = [:]
  private var serial = 0

  /// Ids that begin somewhere made of a seed.
  init(seed: UInt64) {
    var random = SeededRandom(seed: ~seed)
    agents = random.next() & 0xFFFF
    runs = random.next() & 0xFFFF
  }

  /// The id of an agent: four hexadecimal digits, all 65,536 of them in a scattered order.
  mutating func agent() -> String {
    agents += 1
    return Self.hex(agents &* 40_503)
  }

  /// The id of a run, likewise.
  mutating func run() -> String {
    runs += 1
    return Self.hex(runs &* 27_961)
  }

  /// The id of a task: its area and a number.
  mutating func task(_ area: String) -> String {
    tasks[area, default: 0] += 1
    let number = String(tasks[area] ?? 1)
    return area + "-" + String(repeating: "0", count: max(0, 3 - number.count)) + number
  }

  /// A number for whatever else needs one.
  mutating func number() -> Int {
    serial += 1
    return serial
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value & 0xFFFF, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
