import CESQL
import Domain
import Engine
import Testing

@Suite struct EventFilterTests {
  private static let event = """
    {"specversion":"1.0","id":"e1","source":"/test","type":"com.example.kds.ticket.bumped",\
    "subject":"ticket/204:grill","time":"2026-11-21T06:00:00Z","sequence":"17","priority":5,\
    "urgent":true,"big":5000000000,"share":0.5,"nothing":null,"comexampleother":"x",\
    "data":{"ticket":"204:grill","toolUseId":"t1","set":{"state":"bumped","n":3},"list":[1]}}
    """

  private func passes(_ expression: String, _ text: String = event) throws -> (Bool, [String]) {
    var filter = try EventFilter(expression)
    var told: [String] = []
    let decoded = Event(id: "e1", source: "/test", type: .unmapped("x"))
    let passes = Array(text.utf8).withUnsafeBytes { json in
      filter.passes(decoded, json: json) { told.append($0) }
    }
    return (passes, told)
  }

  @Test(
    "attributes, extensions and members of the data are known",
    arguments: [
      "id = 'e1' AND source = '/test' AND specversion = '1.0'", "type LIKE '%.ticket.bumped'",
      "SUBJECT = 'ticket/204:grill'", "sequence > 16 AND priority = 5 AND urgent",
      "big = '5000000000' AND share = '0.5'", "comexampleother = 'x'",
      "data.ticket = '204:grill' AND data.toolUseId = 't1'",
      "data.set.state = 'bumped' AND data.set.n = 3", "NOT EXISTS nothing AND NOT EXISTS data.list",
      "NOT EXISTS data.tooluseid", "EXISTS time AND NOT EXISTS dataschema",
    ])
  func passing(expression: String) throws {
    #expect(try passes(expression).0, "\(expression)")
  }

  @Test("an event on which the expression fails does not pass, and that is told once")
  func failing() throws {
    let (passes, told) = try passes("dataschema = 'x'")
    #expect(!passes)
    #expect(
      told == [
        "--filter counts as false for events such as e1: column 1: dataschema is missing"
      ])
    var filter = try EventFilter("dataschema != 'x'")
    let event = Event(id: "e2", source: "/test", type: .unmapped("x"))
    var count = 0
    for _ in 0..<3 { #expect(!filter.passes(event, json: nil) { _ in count += 1 }) }
    #expect(count == 1)
  }

  @Test("what is not true or false does not pass, though nothing failed")
  func notBoolean() throws {
    #expect(try passes("subject").0 == false)
    #expect(try passes("urgent").0)
  }

  @Test("an event that did not come as JSON is judged by what was made of it")
  func decoded() throws {
    var filter = try EventFilter(
      "type = 'kds.ticket.fired' AND data.station = 'grill' AND sequence = 9")
    let event = Event(
      id: "e", source: "s", type: .known(.ticketFired), sequence: 9,
      data: Fields([.station: .string("grill")]))
    #expect(filter.passes(event, json: nil) { _ in })
  }

  @Test(
    "an expression that is no filter is refused with its column",
    arguments: [
      (
        "kds.late = 0",
        "column 1: kds.late is no attribute: members of the data are written data.NAME"
      ),
      ("LENGTH(id)", "column 1: is a number, not true or false: compare it"),
      ("id = ", "column 6: expected a name, a number, a text, TRUE, FALSE or \"(\", not the end"),
      ("FOO(id) = 1", "column 1: there is no function FOO"),
    ])
  func refusals(text: String, expected: String) {
    do throws(CESQLError) {
      _ = try EventFilter(text)
      Issue.record("\(text) was taken")
    } catch {
      #expect("\(error)" == expected)
    }
  }

  @Test("no JSON, however it is broken, passes or does harm")
  func broken() throws {
    for text in ["", "{", "[1]", "{\"id\":", "{\"data\":{\"set\":", "null"] {
      #expect(try passes("EXISTS data.set.state OR EXISTS type", text).0 == false)
    }
  }
}
