package import Domain
package import Rules
package import Wire

/// What became of a gate, for a person and for a program.
package struct GateReport: Sendable {
  /// The condition as it was written.
  package let expression: String
  /// Whether it came true.
  package let isPassed: Bool
  /// When it came true, or when it was given up.
  package let at: Timestamp
  /// Its facts at that moment.
  package let readings: [FactReading]
  /// Those of its facts that were different before it came true, as they were.
  package let before: [FactReading]
  /// Why it could not be judged at the end; nil when it was simply false.
  package let reason: String?
  private let tapeStart: Timestamp?

  /// The report of a gate that passed, on a tape that began at a moment or live.
  package init(_ passage: Gate.Passage, of gate: Gate, tapeStart: Timestamp? = nil) {
    expression = gate.condition.text
    isPassed = true
    at = passage.at
    readings = passage.readings
    before = passage.before.filter { old in
      passage.readings.contains { $0.name == old.name && $0.value != old.value }
    }
    reason = nil
    self.tapeStart = tapeStart
  }

  /// The report of a gate that did not pass until a moment.
  package init(
    missed gate: Gate, on board: Board, at now: Timestamp, tapeStart: Timestamp? = nil
  ) {
    expression = gate.condition.text
    isPassed = false
    at = now
    readings = gate.condition.readings(of: board, at: now)
    before = []
    reason =
      if case .unknown(let reason) = gate.condition.outcome(on: board, at: now) { reason } else {
        nil
      }
    self.tapeStart = tapeStart
  }

  /// A line for each fact: `kds.late = 0 at 19:42:08 UTC; was 2: 204:grill, 207:fryer`.
  package var lines: [String] {
    let moment = "at \(CivilTime(at).clock) UTC" + (tapeStart.map { Self.into(at - $0) } ?? "")
    guard !readings.isEmpty else {
      return ["\(expression) is \(isPassed ? "true" : "false") \(moment)"]
    }
    return readings.map { reading in
      let old = before.first { $0.name == reading.name }
      return "\(reading.words) \(moment)" + (old.map { "; was \(Self.bare($0))" } ?? "")
    }
  }

  /// Why the gate did not pass, for the end of a sentence.
  package var complaint: String {
    "\(expression) did not come true" + (reason.map { ": \($0)" } ?? "")
  }

  /// The same as one JSON object on a line.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("expression")
    json.string(expression)
    json.key("passed")
    json.bool(isPassed)
    json.key("at")
    json.string(at.rfc3339)
    if let tapeStart {
      json.key("tape_s")
      json.number((at - tapeStart).seconds)
    }
    if let reason {
      json.key("reason")
      json.string(reason)
    }
    json.key("facts")
    json.beginArray()
    for reading in readings { append(reading, to: &json) }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private func append(_ reading: FactReading, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(reading.name)
    reading.write(to: &json)
    if let old = before.first(where: { $0.name == reading.name }) {
      json.key("was")
      json.beginObject()
      old.write(to: &json)
      json.endObject()
    }
    json.endObject()
  }

  private static func into(_ span: Span) -> String {
    let tenths = max(0, span.microseconds) / 100_000
    let seconds = tenths / 10 % 60
    return ", \(tenths / 600):\(seconds < 10 ? "0" : "")\(seconds).\(tenths % 10) into the tape"
  }

  private static func bare(_ reading: FactReading) -> String {
    guard let value = reading.value else { return "unknown" }
    let words = reading.words
    return words.hasPrefix("\(reading.name) = ")
      ? String(words.dropFirst(reading.name.count + 3)) : "\(value)"
  }
}

extension FactReading {
  /// Writes `"value":…,"evidence":[…]`; null is unknown.
  package func write(to json: inout JSONWriter) {
    json.key("value")
    switch value {
    case .count(let count)?: json.integer(Int64(count))
    case .truth(let truth)?: json.bool(truth)
    case nil: json.null()
    }
    json.key("evidence")
    json.beginArray()
    for thing in evidence { json.string(thing) }
    json.endArray()
  }
}
