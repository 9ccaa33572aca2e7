import Domain
import Engine
import Foundation
import TestSupport
import Testing
import Wire

@testable import Inspection

@Suite("Inspecting a tape")
struct InspectorTests {
  @Test("tells of repeats, late ones, gaps and what was no event")
  func gaps() throws {
    let report = try Tape.gaps.report()
    #expect(report.events.received == 20)
    #expect(report.events.applied == 15)
    #expect(report.events.duplicates == 3)
    #expect(report.events.late == 2)
    #expect(report.events.unmapped == 3)
    #expect(report.events.malformed == 7)
    #expect(report.gaps?.count == 2)
    #expect(report.gaps?.missing == 11)
    let till = try #require(report.sources.first { $0.name == "kitchen/main/pos" })
    #expect(till.newestGaps.map(\.from) == [4, 10])
    #expect(till.newestGaps.map(\.to) == [6, 19])
    #expect(till.newestGaps.map(\.missing) == [1, 10])
    #expect(report.sources.first { $0.name == "kitchen/main/kds" }?.gaps == nil)
  }

  @Test("tells of each outage: from when to when, why, and how often it was tried")
  func outage() throws {
    let report = try Tape.outage.report()
    let connection = try #require(report.connections.first)
    #expect(connection.attempts == 7)
    #expect(connection.connects == 2)
    #expect(connection.losses == 2)
    let carried = connection.carried.map { "\($0.transport) \($0.frames) \($0.bytes)" }
    #expect(carried == ["sse 19 4754"])
    #expect(connection.outageCount == 2)
    #expect(connection.downtime == .seconds(46))
    let begun = report.start
    #expect(connection.outages.map { ($0.from - begun).wholeSeconds } == [14, 50])
    #expect(connection.outages.map { $0.to.map { ($0 - begun).wholeSeconds } } == [38, nil])
    #expect(connection.outages.map(\.reason) == ["connection refused", "connection refused"])
    #expect(report.markers.map(\.at) == [begun + .seconds(72)])
    #expect(report.markers.map(\.label) == ["still down"])
  }

  @Test("tells of every alert when it fired, how long it stood and why")
  func alerts() throws {
    let report = try Tape.kitchenRush.report()
    #expect(report.alertCount == 4)
    #expect(
      report.alerts.map(\.code) == ["ORDER_UNROUTED", "TICKET_LATE", "TICKET_LATE", "RUSH_SPIKE"])
    #expect(report.alerts.map { $0.stood(by: report.end).wholeSeconds } == [261, 30, 75, 234])
    #expect(report.alerts.map(\.state) == [.open, .resolved, .resolved, .resolved])
    #expect(report.alerts[0].causes.isEmpty)
    #expect(report.alerts[1].causes.map(\.id) == ["snapshot-890172-kitchen-0"])
    #expect(report.alerts[1].causes[0].event?.type == "kds.snapshot")
  }

  @Test("of a stretch, counts what happened in it and lists the alerts that stood in it")
  func stretch() throws {
    let whole = try Tape.kitchenRush.report()
    let first = try Tape.kitchenRush.report(to: 60)
    let second = try Tape.kitchenRush.report(from: 60)
    #expect(first.events.received + second.events.received == whole.events.received)
    #expect(first.frames + second.frames == whole.frames)
    #expect(second.start == whole.start + .seconds(60))
    #expect(first.end == second.start)
    #expect(first.alerts.map(\.code) == ["TICKET_LATE", "TICKET_LATE", "RUSH_SPIKE"])
    #expect(second.alerts.map(\.code) == ["ORDER_UNROUTED", "TICKET_LATE", "RUSH_SPIKE"])
  }

  @Test("sees the same however many lines it looks at in one go", arguments: [1, 7, 100_000])
  func slices(lines: Int) throws {
    let input = try TapeInput(path: Tape.agentsBusy.path)
    var inspector = try TapeInspector(input)
    while try inspector.advance(lines: lines) {}
    var report = inspector.finished()
    report.file.name = "agents-busy.cast"
    report.file.bytes = 1_234
    #expect(try report == Tape.agentsBusy.report())
  }

  @Test("a tape that was cut off is told up to its last whole line")
  func cutOff() throws {
    let whole = try Data(contentsOf: URL(filePath: Tape.gaps.path))
    let report = try withFile(Array(whole.dropLast(9))) { path in
      var inspector = try TapeInspector(TapeInput(path: path))
      try inspector.run()
      return inspector.finished()
    }
    #expect(report.file.isCutOff)
    #expect(report.frames + report.facts == 25)
  }

  @Test("a line that is none of a tape's is an error that names it")
  func brokenLine() throws {
    let whole = try Data(contentsOf: URL(filePath: Tape.gaps.path))
    try withFile(Array(whole) + Array("noise\n".utf8)) { path in
      let error = #expect(throws: FileError.self) {
        var inspector = try TapeInspector(TapeInput(path: path))
        try inspector.run()
      }
      #expect(error?.description.contains("line 28: not JSON") == true)
    }
  }

  @Test("data of a connection that does not exist is counted as no event")
  func unknownConnection() throws {
    let header = #"{"version":3,"podium":{"version":1,"start":0,"sources":["a"]}}"#
    let line = #"[1.0,"d","7 sse u:x"]"#
    let report = try withFile(Array("\(header)\n\(line)\n".utf8)) { path in
      var inspector = try TapeInspector(TapeInput(path: path))
      try inspector.run()
      return inspector.finished()
    }
    #expect(report.events.malformed == 1)
    #expect(report.connections.map(\.frames) == [0])
  }
}
