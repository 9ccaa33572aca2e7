import Domain

/// Plays a scenario into a feed at the pace of the wall clock, or faster or slower.
package struct ScenarioFeeder: Sendable {
  private let server: FeedServer
  private let scenario: Scenario
  private let seed: UInt64
  private let speed: Double

  /// A scenario for a feed. `speed` 2 plays it twice as fast; it is kept between 0.01 and 1,000.
  /// The events keep the times of the scenario's own clock, which starts at the present.
  package init(
    _ scenario: Scenario, seed: UInt64, speed: Double = 1, into server: FeedServer
  ) {
    self.server = server
    self.scenario = scenario
    self.seed = seed
    self.speed = speed.isFinite ? min(1_000, max(0.01, speed)) : 1
  }

  /// Publishes events as they fall due until the task is cancelled.
  package func run() async {
    let clock = ContinuousClock()
    let started = clock.now
    let start = WallClock.now
    var generator = ScenarioGenerator(scenario: scenario, seed: seed, start: start)
    var due: [Event] = []
    var next = generator.next()
    while let (moment, event) = next {
      let wait = (moment - start).seconds / speed
      let instant = started + .seconds(wait)
      if instant > clock.now {
        server.publish(due)
        due.removeAll(keepingCapacity: true)
        guard (try? await clock.sleep(until: instant, tolerance: .milliseconds(1))) != nil else {
          return
        }
      }
      due.append(event)
      if due.count >= 256 {
        server.publish(due)
        due.removeAll(keepingCapacity: true)
        if Task.isCancelled { return }
      }
      next = generator.next()
    }
  }
}
