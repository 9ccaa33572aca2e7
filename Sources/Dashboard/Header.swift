import Canvas
import Domain
import Panes
import Themes

/// The first row: where the user is and how far the data can be trusted.
enum Header {
  static func line(_ board: Board, _ moment: Moment, _ state: DashboardState) -> Line {
    Line(
      tabs(state) + health(board, moment) + held(moment, state),
      trailing: measures(board, moment, state.size.width) + recording(moment)
        + [Run("  \(Format.timeOfDay(moment.now, offset: moment.utcOffset))", .text)])
  }

  private static func tabs(_ state: DashboardState) -> [Run] {
    let name: [Run] = state.size.width >= 100 ? [Run("podium  ", .accent, .bold)] : []
    // How far the data can be trusted comes before where else one could go.
    let shown = state.size.width >= 60 ? Workspace.allCases : [state.workspace]
    return name
      + shown.flatMap { workspace -> [Run] in
        workspace == state.workspace
          ? [Run(workspace.rawValue, .text, [.bold, .underline]), Run("  ", .text)]
          : [Run(workspace.rawValue + "  ", .faint)]
      }
  }

  /// The worst connection speaks for all; how many it speaks for follows.
  private static func health(_ board: Board, _ moment: Moment) -> [Run] {
    let connections = board.stream.connections
    guard let worst = connections.max(by: { rank($0.state) < rank($1.state) }) else {
      return [Run("○ NO SOURCE", .faint)]
    }
    let word = HealthWord(worst.state, at: moment.now)
    var runs = [Run("\(word.mark) \(word.word)", word.role, .bold)]
    if let transport = word.transport { runs.append(Run(" \(transport)", .muted)) }
    if connections.count > 1 {
      let current = connections.count { $0.state.isCurrent }
      runs.append(Run(" \(current)/\(connections.count)", .muted))
    }
    if !worst.state.isCurrent, let last = worst.lastByteAt {
      runs.append(Run(" data \(Format.clock(moment.now - last)) old", .warn))
    }
    return runs
  }

  private static func rank(_ state: ConnectionState) -> Int {
    switch state {
    case .ended: 0
    case .live: 1
    case .idle: 2
    case .connecting: 3
    case .stale: 4
    case .waiting: 5
    case .refused: 6
    }
  }

  private static func held(_ moment: Moment, _ state: DashboardState) -> [Run] {
    let replay = moment.isReplay ? [Run("  REPLAY", .special, .bold)] : []
    guard let held = moment.held else {
      return replay + (state.isPaused ? [Run("  PAUSED", .special, .bold)] : [])
    }
    if state.size.width < 100 {
      let lag = Format.clock(held.now - held.since)
      return [Run("  PAUSED", .special, .bold), Run(" \(lag) +\(held.events)", .muted)]
    }
    return [
      Run("  PAUSED", .special, .bold),
      Run(" \(Format.clock(held.now - held.since)) behind, \(held.events) new", .muted),
    ]
  }

  private static func measures(_ board: Board, _ moment: Moment, _ width: Int) -> [Run] {
    guard width >= 72 else { return [] }
    let stream = board.stream
    var rate = stream.rate
    rate.advance(to: moment.now)
    let perSecond = Double(rate.values.dropLast().suffix(10).reduce(0, +)) / 10
    var runs = [Run("\(Format.rate(perSecond))/s", .text)]
    if width >= 110, let lag = moment.vitals.arrivalToScreen.percentile(0.95) {
      runs.append(Run("  screen p95 \(Format.latency(lag))", .muted))
    }
    let gaps = stream.gaps.map { "gaps \($0)" } ?? "gaps n/a"
    runs.append(Run("  \(gaps)", stream.missing > 0 ? .critical : .muted))
    if width >= 90 { runs.append(Run("  dup \(Format.count(stream.duplicates))", .muted)) }
    return runs
  }

  private static func recording(_ moment: Moment) -> [Run] {
    moment.vitals.recording == nil ? [] : [Run("  ● REC", .critical)]
  }
}
