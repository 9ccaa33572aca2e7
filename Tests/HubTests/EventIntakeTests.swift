import Domain
import HTTPTypes
import Testing

@testable import Hub

@Suite("Taking events in")
struct EventIntakeTests {
  private let good = """
    {"specversion":"1.0","id":"1","source":"s","type":"com.example.kds.ticket.fired","x":[1, 2]}
    """

  @Test("a batch is taken whole, each event as it was written")
  func takesBatch() throws {
    let taken = try EventIntake.document(Array("[ \(good) , \(good)]".utf8))
    #expect(taken.map { String(decoding: $0.json, as: UTF8.self) } == [good, good])
    #expect(taken.first?.event.type == .known(.ticketFired))
  }

  @Test("an empty batch is taken")
  func takesNothing() throws {
    #expect(try EventIntake.document(Array("[]".utf8)).isEmpty)
  }

  @Test("one bad event refuses the batch and is pointed at")
  func refusesBatch() {
    let bad = "[\(good),{\"specversion\":\"1.0\",\"source\":\"s\",\"type\":\"t\"}]"
    #expect(throws: Problem.self) { try EventIntake.document(Array(bad.utf8)) }
    do {
      _ = try EventIntake.document(Array(bad.utf8))
    } catch {
      #expect(error.status == .badRequest)
      #expect(error.field == "id")
      #expect(error.index == 1)
    }
  }

  @Test("a bad line is pointed at by its number")
  func refusesLine() {
    do {
      _ = try EventIntake.lines(Array("\(good)\n\n{\"specversion\":1}\n".utf8))
      Issue.record("a bad line was taken")
    } catch {
      #expect(error.line == 3)
      #expect(error.status == .badRequest)
    }
  }

  @Test("a last line without a line end counts")
  func takesLastLine() throws {
    #expect(try EventIntake.lines(Array("\(good)\r\n\(good)".utf8)).count == 2)
  }

  @Test(
    "what is not JSON is refused",
    arguments: ["", "[", "{", "nul", "[\u{0}]", "[1]", "\u{FEFF}[]x", "[[]]", "]"])
  func refusesNonsense(text: String) {
    #expect(throws: Problem.self) { try EventIntake.document(Array(text.utf8)) }
  }

  @Test("the attributes of a binary message come from its headers")
  func takesBinary() throws {
    let taken = try EventIntake.binary(
      attributes: [
        ("specversion", "1.0"), ("id", "9"), ("source", "s"), ("type", "com.example.task.created"),
      ], body: Array("{\"task\":\"T-1\"}".utf8))
    #expect(taken.first?.event.data.text(.task) == "T-1")
    #expect(throws: Problem.self) {
      try EventIntake.binary(attributes: [("id", "9")], body: Array("{\"task\"".utf8))
    }
  }

  @Test("content types choose the form")
  func choosesForm() {
    let form = { EventIntake.form(contentType: $0, isBinary: false) }
    #expect(form("application/cloudevents+json; charset=utf-8") == .document)
    #expect(form("Application/CloudEvents-Batch+JSON") == .document)
    #expect(form("application/json") == .document)
    #expect(form("application/x-ndjson") == .lines)
    #expect(form("text/plain") == nil)
    #expect(form(nil) == nil)
    #expect(EventIntake.form(contentType: "application/json", isBinary: true) == .binary)
  }
}
