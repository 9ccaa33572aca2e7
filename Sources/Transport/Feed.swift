import Domain
import Wire

/// A source's way to the sink: its number and its clock.
struct Feed: Sendable {
  let connection: Int
  let sink: any InboundSink
  let clock: TransportClock
  /// Where the supervisor feels whether anything comes; nil where nobody asks.
  var pulse: Pulse?

  /// Delivers a fact; false once nobody reads any more.
  func note(_ fact: ConnectionFact) async -> Bool {
    await deliver(.fact(fact), at: clock.now())
  }

  /// Delivers what arrived at `moment`; false once nobody reads any more.
  func deliver(_ body: Inbound.Body, at moment: Timestamp) async -> Bool {
    pulse?.begin(at: moment)
    defer { pulse?.end(at: clock.now()) }
    return await sink.deliver(Inbound(connection: connection, at: moment, body: body))
  }

  /// Where to continue.
  var resumePoint: ResumePoint { sink.resumePoint(of: connection) }
}
