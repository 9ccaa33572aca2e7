/// A diagnosis as aligned lines for a person; what a tone looks like is the terminal's affair.
package struct DiagnosisText: Equatable, Sendable {
  /// What a line is about.
  package enum Tone: Equatable, Sendable {
    case plain, title, quiet, good, warning, bad
  }

  /// A line.
  package struct Line: Equatable, Sendable {
    package let tone: Tone
    package let text: String
  }

  /// The page, from its title to the verdict.
  package let lines: [Line]

  /// The page of a diagnosis, in ASCII signs if asked for.
  package init(_ diagnosis: Diagnosis, _ verdict: Verdict, isASCII: Bool = false) {
    let rows = diagnosis.rows
    let width = rows.map(\.label.count).max() ?? 0
    let textWidth = min(60, rows.map(\.text.count).max() ?? 0)
    var lines = [Line(tone: .title, text: diagnosis.source), Line(tone: .plain, text: "")]
    for row in rows {
      lines += Self.lines(of: row, width, textWidth, isASCII)
    }
    let dash = isASCII ? "-" : "→"
    lines.append(Line(tone: .plain, text: ""))
    lines.append(Line(tone: verdict.tone, text: "\(verdict.word): \(verdict.text)"))
    if let fix = verdict.fix {
      lines.append(Line(tone: .plain, text: "\(dash) First: \(fix)"))
    }
    self.lines = lines
  }

  private static func lines(
    of row: DiagnosisRow, _ width: Int, _ textWidth: Int, _ isASCII: Bool
  ) -> [Line] {
    let sign = isASCII ? row.mark.letter : row.mark.sign
    var text = "  \(sign) \(padded(row.label, width))  \(row.text)"
    if let took = row.took {
      text =
        "  \(sign) \(padded(row.label, width))  \(padded(row.text, textWidth))  \(duration(took))"
    }
    let line = Line(tone: row.mark.tone, text: text)
    guard let advice = row.advice else { return [line] }
    let indent = String(repeating: " ", count: width + 6)
    return [line, Line(tone: .quiet, text: indent + advice)]
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension DiagnosisRow.Mark {
  fileprivate var sign: String {
    switch self {
    case .good: "✓"
    case .warning: "!"
    case .bad: "✗"
    case .neutral: "·"
    }
  }

  fileprivate var letter: String {
    switch self {
    case .good: "+"
    case .warning: "!"
    case .bad: "x"
    case .neutral: "."
    }
  }

  fileprivate var tone: DiagnosisText.Tone {
    switch self {
    case .good: .good
    case .warning: .warning
    case .bad: .bad
    case .neutral: .quiet
    }
  }
}

extension Verdict {
  fileprivate var word: String {
    switch level {
    case .healthy: "Healthy"
    case .usable: "Usable"
    case .unreachable: "Cannot connect"
    case .forbidden: "Not allowed"
    case .noEvents: "No events"
    }
  }

  fileprivate var tone: DiagnosisText.Tone {
    switch level {
    case .healthy: .good
    case .usable: .warning
    case .unreachable, .forbidden, .noEvents: .bad
    }
  }
}
