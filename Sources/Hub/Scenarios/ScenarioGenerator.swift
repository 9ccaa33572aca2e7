package import Domain

/// An endless stream of events of a made-up kitchen, of made-up agents, or of both.
///
/// A discrete event simulation on a virtual clock: the same scenario, seed and start give the same
/// events in the same order, byte for byte once encoded. Calibrated by measured feeds (rates,
/// preparation times, gaps between an agent's events), faults included: repeated events, clocks
/// that step back, jumps in a sequence, words outside the vocabulary.
package struct ScenarioGenerator: Sendable {
  private var stage: Stage
  private var kitchen: KitchenSimulation?
  private var fleet: FleetSimulation?

  /// A stream that begins at `start` (cut to its millisecond) with snapshots of worlds that have
  /// been running for a while.
  package init(scenario: Scenario, seed: UInt64, start: Timestamp) {
    let start = Timestamp(microseconds: start.microseconds / 1_000 * 1_000)
    stage = Stage(seed: seed, start: start - scenario.warmUp, opening: start)
    kitchen = scenario.kitchen.map { KitchenSimulation($0, stage: &stage) }
    fleet = scenario.fleet.map { FleetSimulation($0, stage: &stage) }
    warmUp(until: start)
  }

  /// The next event and when it is due; due times never step back. Endless: no scenario ever
  /// returns nil.
  package mutating func next() -> (due: Timestamp, event: Event)? {
    while true {
      if let event = stage.takeEvent() { return (stage.now, event) }
      guard let step = stage.advance(dueBy: Timestamp(microseconds: .max)) else { return nil }
      perform(step)
    }
  }

  private mutating func perform(_ step: Step) {
    switch step {
    case .kitchen(let step): kitchen?.perform(step, &stage)
    case .fleet(let run, let generation, let step):
      fleet?.perform(step, run: run, generation: generation, &stage)
    case .orphan: fleet?.meetOrphan(&stage)
    case .deliver(let event): stage.deliver(event)
    }
  }

  /// Lets the worlds run unseen, then has the stream open with how they stand.
  private mutating func warmUp(until start: Timestamp) {
    var board = Board()
    var memories = Memories()
    while let step = stage.advance(dueBy: start) {
      perform(step)
      board.advance(to: stage.now)
      while let event = stage.takeEvent() {
        memories.keep(event)
        board.record(event, at: stage.now)
      }
    }
    stage.wait(until: start)
    stage.isLive = true
    for event in memories.retold(at: start) { stage.deliver(event) }
    kitchen?.open(board.kitchen, &stage)
    fleet?.open(board.fleet, &stage)
  }
}
