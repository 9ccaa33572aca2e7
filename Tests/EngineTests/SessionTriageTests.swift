import Domain
import Engine
import Testing
import Wire

/// A session to which more is sent than it is let apply.
@Suite struct SessionTriageTests {
  private static func usage(_ id: Int, at milliseconds: Int64, sequence: Int? = nil) -> Inbound {
    frame(
      id, "agent.usage", "agent/a", #"{"agent":"a","tokensIn":1}"#, at: milliseconds,
      sequence: sequence)
  }

  private static func frame(
    _ id: Int, _ type: String, _ subject: String, _ data: String, at milliseconds: Int64,
    sequence: Int? = nil, connection: Int = 0
  ) -> Inbound {
    let number = sequence.map { #","sequence":"\#($0)","seqbasis":"upstream""# } ?? ""
    let text = """
      {"specversion":"1.0","id":"e\(id)","source":"/test","type":"com.example.\(type)",\
      "subject":"\(subject)"\(number),"data":\(data)}
      """
    return Feed.frame(text + "\n", at: milliseconds, connection: connection)
  }

  private static func station(_ id: Int, at milliseconds: Int64) -> Inbound {
    frame(
      id, "kds.station.updated", "station/s\(id % 3)",
      #"{"station":"s\#(id % 3)","position":\#(id)}"#, at: milliseconds)
  }

  @Test("without overload every event is applied as it comes")
  func calm() {
    var session = Session.started()
    for id in 0..<50 { session.ingest(Self.station(id, at: Int64(id))) }
    #expect(session.nextSettling == nil)
    #expect(session.board.stream.applied == 50)
    #expect(session.board.stream.coalesced == 0)
    #expect(session.board.kitchen.station("s0")?.position == 48)
  }

  @Test("under overload the board ends as without, every event is counted, and none is a gap")
  func overloaded() throws {
    var calm = Session.started()
    var session = Session.started()
    session.setOverloaded(true)
    for id in 0..<400 {
      for inbound in [Self.station(id, at: 0), Self.usage(1_000 + id, at: 0, sequence: id)] {
        calm.ingest(inbound)
        session.ingest(inbound)
      }
      if session.mustSettle { session.settle(at: at(0)) }
    }
    #expect(session.board.kitchen.stations.isEmpty)
    session.settle(at: at(50))
    #expect(session.board.kitchen.stations.isEmpty)
    #expect(session.nextSettling == at(100))
    session.settle(at: at(100))
    #expect(session.nextSettling == nil)
    #expect(try session.everything()[3] == calm.everything()[3])
    let stream = session.board.stream
    #expect(stream.received == 800)
    #expect(stream.coalesced == 796)
    #expect(stream.sources.map(\.coalesced) == [796])
    #expect(stream.dropped == 0)
    #expect(stream.gaps == 0)
  }

  @Test("once the overload is over what waits is applied at once")
  func over() {
    var session = Session.started()
    session.setOverloaded(true)
    session.ingest(Self.station(1, at: 0))
    session.setOverloaded(false)
    session.settle(at: at(1))
    #expect(session.board.kitchen.stations.count == 1)
  }

  @Test("orders of a connection beyond its rate wait, and the connection is not read meanwhile")
  func orders() {
    var session = Session.started()
    session.addConnection("other")
    session.limit(0, to: 10)
    for id in 0..<30 {
      session.ingest(
        Self.frame(id, "task.created", "task/t\(id)", #"{"task":"t\#(id)"}"#, at: 0))
    }
    session.settle(at: at(0))
    #expect(session.board.fleet.taskCount == 10)
    #expect(session.overdrawn == [0])
    #expect(session.nextSettling == at(104))
    session.ingest(
      Self.frame(
        99, "task.created", "task/other", #"{"task":"other"}"#, at: 50, connection: 1))
    #expect(session.board.fleet.taskCount == 11)
    for step in 1...20 { session.settle(at: at(Int64(step) * 100)) }
    #expect(session.board.fleet.taskCount == 31)
    #expect(session.overdrawn.isEmpty)
    #expect(session.board.stream.dropped == 0)
  }

  @Test("telemetry of a connection beyond its rate coalesces, and only the surplus is dropped")
  func telemetry() {
    var session = Session.started()
    session.limit(0, to: 5)
    for id in 0..<3_000 {
      session.ingest(
        Self.frame(
          id, "presence.join", "presence/p\(id % 1_500)", #"{"key":"p\#(id % 1_500)"}"#, at: 0))
    }
    let stream = session.board.stream
    #expect(stream.received == 3_000)
    #expect(stream.dropped > 0)
    #expect(stream.coalesced + stream.dropped + 5 + Triage.heldBound == 3_000)
    #expect(session.overdrawn.isEmpty)
    #expect(session.board.kitchen.presenceCount == 5)
    session.settle(at: at(1_000))
    #expect(session.board.kitchen.presenceCount == 10)
  }

  @Test("an alert passes orders and telemetry that wait for their turn")
  func alert() {
    var session = Session.started()
    session.limit(0, to: 1)
    for id in 0..<5 {
      session.ingest(
        Self.frame(id, "task.created", "task/t\(id)", #"{"task":"t\#(id)"}"#, at: 0))
    }
    session.ingest(
      Self.frame(
        9, "alert.raised", "alert/x", #"{"code":"X","subject":"x","text":"fire"}"#, at: 0))
    session.settle(at: at(0))
    #expect(session.board.fleet.taskCount == 1)
    #expect(session.board.alerts.count == 1)
  }
}
