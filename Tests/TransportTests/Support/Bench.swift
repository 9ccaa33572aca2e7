import Domain
import Wire

@testable import Transport

/// A server, a sink and a group on loopback, torn down after the test whatever it does.
struct Bench {
  let server: ScriptedServer
  let sink: CollectingSink
  let clock: ManualClock
  let group: TransportGroup

  /// Runs a test against a server that answers as the script says.
  static func run(
    _ script: [ScriptedServer.Answer], path: String = "/stream", mode: HTTPMode = .automatic,
    authorization: String? = nil, resumingAfter lastEventID: String = "",
    options change: (inout TransportOptions) -> Void = { _ in },
    source adjust: (inout Source) -> Void = { _ in }, starts: Bool = true,
    _ test: (Bench) async throws -> Void
  ) async throws {
    let server = try await ScriptedServer.start(script)
    let sink = CollectingSink(resumingAfter: lastEventID)
    let clock = ManualClock()
    var options = testOptions(clock)
    change(&options)
    let address = try HTTPAddress(afterScheme: "127.0.0.1:\(server.port)\(path)", isSecure: false)
    var source = Source(.http(address, mode), authorization: authorization)
    adjust(&source)
    let group = TransportGroup(sources: [source], sink: sink, options: options)
    if starts { group.start() }
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(
        try await test(Bench(server: server, sink: sink, clock: clock, group: group)))
    } catch {
      outcome = .failure(error)
    }
    sink.open()
    await group.stop()
    await server.stop()
    try outcome.get()
  }

  /// Moves time on until something is so: nothing tells when a client has begun to watch the clock,
  /// and what it begins to watch late lasts from then.
  func letTimePass(until condition: () -> Bool) async {
    await until {
      guard !condition() else { return true }
      clock.advance(.milliseconds(250))
      return false
    }
  }

  /// Waits until something is so that nothing tells of.
  func until(_ condition: () -> Bool) async {
    while !Task.isCancelled, !condition() { await Task.yield() }
  }
}
