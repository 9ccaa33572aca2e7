import Canvas
package import Domain
import Themes

/// How long things take, measured; what was not measured says n/a.
package enum LatencyPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column("", width: 16, arabic: 20, growth: 1), Column("P50", width: 6, .trailing),
    Column("P95", width: 6, .trailing), Column("P99", width: 6, .trailing),
    Column("N", width: 5, .trailing, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let vitals = view.vitals
    let rows = [
      row(.arrivalToScreen, vitals.arrivalToScreen, view.language),
      origin(board.stream, view.language),
    ]
    let below =
      skew(board.stream, view.language) + [
        process(vitals, view.language), screen(vitals, view.language),
        recording(vitals, view.language),
      ]
    let limit = view.tableRows(reserving: below.count)
    return PaneContent(
      title: [Run(" " + view.text(.latencyGoal), .muted)],
      table: TableContent(
        columns, rows: Array(rows.prefix(limit)), first: 0, total: min(rows.count, limit),
        selected: nil, emptyText: ""),
      below: below)
  }

  private static func row(
    _ label: Label, _ histogram: Histogram, _ language: Language
  ) -> TableRow {
    let name = language.text(label)
    func cell(_ fraction: Double) -> TableCell {
      histogram.percentile(fraction).map { .text(Format.latency($0), .text) }
        ?? .text(language.text(.notKnownBrief), .faint)
    }
    return TableRow(
      id: name,
      [
        .text(name, .muted), cell(0.5), cell(0.95), cell(0.99),
        .text(Format.count(Int64(clamping: histogram.count)), .faint),
      ])
  }

  /// The lag of the source with the most events; clocks of different origins are not mixed.
  private static func origin(_ stream: StreamLedger, _ language: Language) -> TableRow {
    let source = busiest(stream)
    return row(
      .originToArrival, source?.skew == nil ? source?.lag ?? Histogram() : Histogram(), language)
  }

  /// Why the lag is n/a, where the clocks do not agree.
  private static func skew(_ stream: StreamLedger, _ language: Language) -> [Line] {
    guard let source = busiest(stream), let skew = source.skew else { return [] }
    return [
      [
        heading(.origin, language),
        Run(language.text(.clocksDiffer, Format.latency(skew)), .warn),
      ]
    ]
  }

  private static func busiest(_ stream: StreamLedger) -> SourceFacts? {
    stream.sources.max { $0.lag.count + UInt64($0.skewed) < $1.lag.count + UInt64($1.skewed) }
  }

  /// A source's lag in words.
  static func origin(_ source: SourceFacts, _ language: Language) -> String {
    if let skew = source.skew {
      return language.text(.clocksDifferFact, Format.latency(skew))
    }
    guard let median = source.lag.percentile(0.5), let p95 = source.lag.percentile(0.95),
      let p99 = source.lag.percentile(0.99)
    else { return language.text(.notKnown) }
    let texts = [median, p95, p99].map(Format.latency)
    return language.text(.lagPercentiles, texts[0], texts[1], texts[2])
  }

  private static func process(_ vitals: Vitals, _ language: Language) -> Line {
    let memory = vitals.residentBytes.map { Format.bytes($0) } ?? language.text(.notKnown)
    let processor =
      vitals.cpuShare.map { "\(Format.decimal($0 * 100, places: 1))%" }
      ?? language.text(.notKnown)
    return [
      heading(.podium, language), Run(language.text(.memory) + " ", .muted), Run(memory, .text),
      Run("  \(language.text(.processor)) ", .muted), Run(processor, .text),
      Run("  \(language.text(.backlog)) ", .muted), Run(Format.bytes(vitals.backlogBytes), .text),
    ]
  }

  private static func screen(_ vitals: Vitals, _ language: Language) -> Line {
    let each =
      vitals.frames > 0
      ? Format.bytes(vitals.frameBytes / vitals.frames)
      : language.text(.notKnown)
    return [
      heading(.screen, language), Run(language.text(.frames) + " ", .muted),
      Run(Format.count(vitals.frames), .text),
      Run("  \(language.text(.bytesPerFrame)) ", .muted), Run(each, .text),
    ]
  }

  private static func recording(_ vitals: Vitals, _ language: Language) -> Line {
    if let failure = vitals.recordingFailure {
      return [heading(.tape, language), Run(failure, .critical)]
    }
    return [
      heading(.tape, language),
      Run(vitals.recording ?? language.text(.notRecording), .muted),
    ]
  }

  /// What a line is about, as wide as its like.
  private static func heading(_ label: Label, _ language: Language) -> Run {
    let name = language.text(label)
    let padding = String(repeating: " ", count: max(1, 9 - TextWidth.columns(of: name)))
    return Run(name + padding, .faint)
  }
}
