import ArgumentParser
import Canvas
import Domain
import Engine
import Glibc
import Wire

/// `podium facts`
struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "List the facts that gates and alert rules speak of.",
    discussion: """
      A fact is a number, or true or false, with a name. Without a tape each is explained; with one \
      its value at the end of the tape is told, and by what it is so. What was never seen is \
      unknown, not 0.
      """)

  @Argument(help: "A tape, to see the facts at its end.")
  var tape: String?

  @Flag(help: "As JSON, an array of objects.")
  var json = false

  func run() throws {
    guard let tape else { return json ? listAsJSON() : list() }
    do throws(FileError) {
      let session = try Session(playing: try TapeInput(path: tape), until: nil)
      let readings = Facts.all.map { $0.reading(of: session.board, at: session.now) }
      json ? tellAsJSON(readings) : tell(readings)
    } catch {
      throw Failure(error)
    }
  }

  private func list() {
    let width = Facts.all.map(\.name.count).max() ?? 0
    for fact in Facts.all {
      let space = String(repeating: " ", count: width - fact.name.count)
      print("\(fact.name)\(space)  \(fact.sentence)")
    }
  }

  private func tell(_ readings: [FactReading]) {
    for reading in readings { print(HostileText.escaped(reading.words)) }
  }

  private func listAsJSON() {
    writeObjects(Facts.all) { fact, json in
      json.key("name")
      json.string(fact.name)
      json.key("type")
      json.string(fact.isTruth ? "boolean" : "integer")
      json.key("sentence")
      json.string(fact.sentence)
    }
  }

  private func tellAsJSON(_ readings: [FactReading]) {
    writeObjects(readings) { reading, json in
      json.key("name")
      json.string(reading.name)
      reading.write(to: &json)
    }
  }

  private func writeObjects<Element>(
    _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    var json = JSONWriter()
    json.beginArray()
    for element in elements {
      json.beginObject()
      write(element, &json)
      json.endObject()
    }
    json.endArray()
    writeAll(json.bytes + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
  }
}
