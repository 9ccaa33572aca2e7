/// A diagnosis as aligned lines for a person; what a tone looks like is the terminal's affair.
package struct DiagnosisText: Equatable, Sendable {
  /// What a line is about.
  package enum Tone: Equatable, Sendable {
    case plain, title, quiet, good, warning, bad
  }

  /// A line: a lead with a tone, and plain text after it.
  package struct Line: Equatable, Sendable {
    package let tone: Tone
    package let lead: String
    package let rest: String

    /// The whole line.
    package var text: String { lead + rest }

    init(_ tone: Tone, _ lead: String, _ rest: String = "") {
      self.tone = tone
      self.lead = lead
      self.rest = rest
    }
  }

  /// The page, from its title to the verdict.
  package let lines: [Line]

  /// The page of a diagnosis, in ASCII signs if asked for.
  package init(_ diagnosis: Diagnosis, _ verdict: Verdict, isASCII: Bool = false) {
    let rows = diagnosis.rows
    let width = rows.map(\.label.count).max() ?? 0
    let textWidth = min(60, rows.map(\.text.count).max() ?? 0)
    var lines = [Line(.title, diagnosis.source), Line(.plain, "")]
    for row in rows {
      lines += Self.lines(of: row, width, textWidth, isASCII)
    }
    lines.append(Line(.plain, ""))
    lines.append(Line(verdict.tone, verdict.word + ":", " " + verdict.text))
    if let fix = verdict.fix {
      lines.append(Line(.title, isASCII ? "> First:" : "→ First:", " " + fix))
    }
    self.lines = lines
  }

  private static func lines(
    of row: DiagnosisRow, _ width: Int, _ textWidth: Int, _ isASCII: Bool
  ) -> [Line] {
    let sign = isASCII ? row.mark.letter : row.mark.sign
    let took = row.took.map { "  " + duration($0) }
    let text = took.map { padded(row.text, textWidth) + $0 } ?? row.text
    let line = Line(row.mark.tone, "  \(sign)", " \(padded(row.label, width))  \(text)")
    guard let advice = row.advice else { return [line] }
    return [line, Line(.quiet, String(repeating: " ", count: width + 6) + advice)]
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
