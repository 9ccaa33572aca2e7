import Canvas
package import Domain
import Themes

/// Spoken orders and what the resident usually has; uncertain ones are pinned.
package enum VoicePane: Pane {
  package static let sources: Changes.Collections = .voice

  private static let columns = [
    Column(.timeColumn, width: 5), Column(.seatColumn, width: 7, growth: 1),
    Column(.confidenceColumn, width: 5, .trailing), Column(.heardColumn, width: 12, growth: 5),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let limit = view.tableRows(reserving: 1)
    let all = kitchen.transcriptions(64)
    let shown = all.dropFirst(view.first).prefix(limit)
    let uncertain = all.count { $0.isLowConfidence }
    return PaneContent(
      title: uncertain > 0 ? [Run(" " + view.language.text(.toCheck, "\(uncertain)"), .warn)] : [],
      table: TableContent(
        columns, rows: shown.map { row($0, in: view) }, first: view.first, total: all.count,
        selected: view.selected, emptyText: view.text(.nothingSaid)),
      below: [latency(kitchen, view.language)])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let voice = board.kitchen.transcriptions(64).first(where: { $0.id == id }) else {
      return nil
    }
    var lines: [Line] = [
      view.fact(.heard, "\"\(voice.text)\""),
      view.fact(.items, voice.items.joined(separator: ", ")),
      view.fact(.seat, voice.seat ?? "--"), view.fact(.resident, voice.resident ?? "--"),
      view.fact(.sure, confidence(voice)),
      view.fact(
        .took,
        voice.latencyMilliseconds.map { Format.latency(.milliseconds($0)) }
          ?? view.text(.notKnown)),
    ]
    lines += voice.conflicts.map { view.fact(.conflict, $0, .critical) }
    if let preference = voice.resident.flatMap({ board.kitchen.preference($0) }) {
      lines += view.heading(.usually)
      lines += [
        view.fact(.items, preference.items.joined(separator: ", ")),
        view.fact(.diet, preference.dietary.joined(separator: ", ")),
        view.fact(.allergic, preference.allergens.joined(separator: ", "), .critical),
        view.fact(.texture, preference.texture.map { "IDDSI \($0)" } ?? "--"),
      ]
    }
    return DetailContent(title: view.text(.spokenOrder), lines: lines)
  }

  private static func row(_ voice: Transcription, in view: PaneView) -> TableRow {
    TableRow(
      id: voice.id,
      [
        .text(String(view.timeOfDay(voice.at).prefix(5)), .faint),
        .text([voice.resident, voice.seat].compactMap(\.self).joined(separator: " "), .text),
        .text(
          confidence(voice) + (voice.isLowConfidence ? "?" : " "),
          voice.isLowConfidence ? .warn : .muted),
        heard(voice, view.language),
      ])
  }

  private static func heard(_ voice: Transcription, _ language: Language) -> TableCell {
    if case .failed(let reason) = voice.state {
      return .text(
        reason.map { language.text(.failedReason, $0) } ?? language.text(.voiceFailed), .critical)
    }
    var runs =
      voice.items.isEmpty
      ? [Run("\"\(voice.text)\"", .muted)] : [Run(voice.items.joined(separator: ", "), .text)]
    if voice.state == .partial { runs.append(Run(" ...", .faint)) }
    if voice.isCached { runs.append(Run(" " + language.text(.cached), .faint)) }
    for conflict in voice.conflicts.prefix(1) {
      runs.append(Run(" \(conflict) ", .critical, .reverse))
    }
    return .runs(runs)
  }

  private static func confidence(_ voice: Transcription) -> String {
    voice.confidence.map { Format.decimal($0, places: 2) } ?? "--"
  }

  private static func latency(_ kitchen: Kitchen, _ language: Language) -> Line {
    let p95 =
      kitchen.voiceLatency.percentile(0.95).map { Format.latency($0) } ?? language.text(.notKnown)
    return [
      Run("p95 ", .faint), Run(p95, .muted), Run("  \(language.text(.voiceFailed)) ", .faint),
      Run("\(kitchen.voiceFailedCount)", kitchen.voiceFailedCount > 0 ? .warn : .muted),
    ]
  }
}
