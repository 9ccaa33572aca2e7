import Domain
import Testing

@testable import Transport

@Suite("WebSocket pings")
struct PingScheduleTests {
  private let ping = PingSchedule.Action.ping([0, 0, 0, 0, 0, 0, 0, 7])

  private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  @Test("every second tick pings, and the pong gives the round trip")
  func rhythm() {
    var pings = PingSchedule()
    #expect(pings.tick(at: at(1)) { 7 } == .nothing)
    #expect(pings.tick(at: at(2)) { 7 } == ping)
    pings.received()
    #expect(pings.pong([1], at: at(3)) == nil)
    #expect(pings.pong([0, 0, 0, 0, 0, 0, 0, 7], at: at(3)) == .seconds(1))
    #expect(pings.pong([0, 0, 0, 0, 0, 0, 0, 7], at: at(4)) == nil)
    #expect(pings.tick(at: at(3)) { 7 } == .nothing)
    #expect(pings.tick(at: at(4)) { 7 } == ping)
  }

  @Test("five silent ticks, one of which pinged, mean that the server is gone")
  func silence() {
    var pings = PingSchedule()
    let actions = (1...5).map { pings.tick(at: at($0)) { 7 } }
    #expect(actions == [.nothing, ping, .nothing, .nothing, .lost])
  }

  @Test("bytes of any kind are life, and an unanswered ping is not repeated")
  func life() {
    var pings = PingSchedule()
    _ = pings.tick(at: at(1)) { 7 }
    _ = pings.tick(at: at(2)) { 7 }
    for second in 3...40 {
      #expect(pings.tick(at: at(Int64(second))) { 7 } == .nothing)
      if second % 4 == 0 { pings.received() }
    }
  }
}
