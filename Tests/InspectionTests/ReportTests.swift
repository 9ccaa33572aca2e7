import Domain
import Engine
import Inspection
import Rules
import TestSupport
import Testing
import Wire

@Suite("A report")
struct ReportTests {
  @Test("reads as a page of aligned lines")
  func page() throws {
    let page = ReportText(try Tape.outage.report()).lines.map(\.text).joined(separator: "\n")
    #expect(
      page == """
        outage.cast

          tape    version 1, 1.2kB, whole
          span    2026-03-08 18:00:00 to 18:01:12 UTC, 1:12
          lines   19 frames, 20 facts, 1 marker
          events  16 events of 9 types, 16 applied
          trouble none; gaps n/a: no source numbers its events

        Alerts: none fired

        Connection
          0  http://127.0.0.1:7800
             sse 19 frames, 4.7kB; 16 events
             7 tries, 2 connections, 2 losses; waiting to try again at the end
             lost 18:00:14 to 18:00:38, 0:24, 2 tries: connection refused
             lost 18:00:50 to the end, 0:22, 4 tries: connection refused

        Sources
          APPLIED  DUPLICATES  LATE  UNMAPPED  GAPS  SOURCE
               14           0     0         0   n/a  kitchen/main/kds
                2           0     0         0   n/a  agents/run-1

        Events by type
          COUNT  FIRST     LAST      TYPE
              4  18:00:09  18:00:38  kds.ticket.fired
              3  18:00:00  18:00:00  kds.station.updated
              2  18:00:09  18:00:38  kds.order.created
              2  18:00:13  18:00:49  kds.ticket.started
              1  18:00:11  18:00:11  agent.started
              1  18:00:11  18:00:11  agent.tool.started
              1  18:00:38  18:00:38  kds.ticket.bumped
              1  18:00:00  18:00:00  presence.join
              1  18:00:00  18:00:00  table.state

        Markers
          18:01:12  still down
        """)
  }

  @Test("keeps to 80 columns and steers no terminal", arguments: Tape.allCases)
  func width(tape: Tape) throws {
    for line in ReportText(try tape.report()).lines {
      #expect(line.text.count <= 80, "\(line.text)")
      #expect(!line.text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }
  }

  @Test("gives gaps and alerts as JSON with stable names")
  func json() throws {
    let value = try JSONValue(parsing: Tape.gaps.report().json)
    #expect(value["podium"]?.integer == 1)
    #expect(value["tape"]?["file"]?.string == "gaps.cast")
    #expect(value["span"]?["start"]?.string == "2026-03-08T18:00:00.000Z")
    #expect(value["events"]?["duplicates"]?.integer == 3)
    #expect(value["alerts"]?["count"]?.integer == 4)
    let alert = value["alerts"]?["fired"]?.array?.first
    #expect(alert?["code"]?.string == "STREAM_GAP")
    #expect(alert?["subject"]?.string == "kitchen/main/pos")
    #expect(alert?["severity"]?.integer == 4)
    #expect(alert?["firedAt"]?.string == "2026-03-08T18:00:05.000Z")
    #expect(alert?["closedAt"] == .null)
    #expect(alert?["causes"]?.array?.first?["type"]?.string == "kds.order.state")
    let gap = value["sources"]?.array?.first { $0["source"]?.string == "kitchen/main/pos" }
    #expect(gap?["newestGaps"]?.array?.first?["from"]?.integer == 4)
  }

  @Test("tells which rules would have fired, when and why")
  func rules() throws {
    let (book, faults) = RuleBook.read(
      Array(
        """
        [[rule]]
        name = "ANY_LATE"
        when = "kds.late > 0"
        severity = 4
        text = "something is late"

        [[rule]]
        name = "FLOOD"
        when = "kds.late > 1000"
        """.utf8))
    #expect(faults.isEmpty)
    var report = try Tape.kitchenRush.report()
    report.rehearsal = try RehearsalReport(book, playing: TapeInput(path: Tape.kitchenRush.path))
    let rehearsal = try #require(report.rehearsal)
    #expect(rehearsal.rules == ["ANY_LATE", "FLOOD"])
    #expect(rehearsal.quiet == ["FLOOD"])
    #expect(rehearsal.firings.first?.rule == "ANY_LATE")
    #expect(rehearsal.firings.first?.facts.first?.name == "kds.late")
    let page = ReportText(report).lines.map(\.text)
    #expect(page.contains("       something is late"))
    #expect(page.contains("       when kds.late > 0"))
    #expect(page.contains("  never: FLOOD"))
    let json = try JSONValue(parsing: report.json)
    #expect(json["rules"]?["fired"]?.array?.first?["rule"]?.string == "ANY_LATE")
    #expect(try JSONValue(parsing: Tape.empty.report().json)["rules"] == .null)
  }
}
