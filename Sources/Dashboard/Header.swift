import Canvas
import Domain
import Panes
import Themes

/// The first row: where the user is and how far the data can be trusted.
enum Header {
  static func line(_ board: Board, _ moment: Moment, _ state: DashboardState) -> Line {
    // What else the header says leaves so much less for the age of the newest event.
    let isRecorded = moment.vitals.recording != nil
    let room = state.size.width - (state.isAway ? 30 : 0) - (isRecorded ? 12 : 0)
    return Line(
      tabs(state) + standing(state) + traced(state)
        + health(board, moment, state, room: room),
      trailing: measures(board, moment, state) + recording(moment, state.language)
        + [Run("  \(Format.timeOfDay(moment.now, offset: moment.utcOffset))", .text)])
  }

  private static func tabs(_ state: DashboardState) -> [Run] {
    // How far the data can be trusted, and what is traced, come before where else one could go.
    let isWide = state.traced == nil && state.size.width >= 60
    let name: [Run] = isWide && state.size.width >= 100 ? [Run("podium  ", .accent, .bold)] : []
    let shown = isWide ? Workspace.allCases : [state.workspace]
    return name
      + shown.flatMap { workspace -> [Run] in
        workspace == state.workspace
          ? [Run(state.language.name(workspace), .text, [.bold, .underline]), Run("  ", .text)]
          : [Run(state.language.name(workspace) + "  ", .faint)]
      }
  }

  /// The worst connection speaks for all, with how many are like it or no better.
  private static func health(
    _ board: Board, _ moment: Moment, _ state: DashboardState, room: Int
  ) -> [Run] {
    let language = state.language
    let all = board.stream.connections
    let ranks = all.map { HealthWord.rank($0, at: moment.now) }
    guard let worst = ranks.max(), let place = ranks.firstIndex(of: worst) else {
      return [Run("○ \(language.text(.noSource))", .faint)]
    }
    let word = HealthWord(all[place], at: moment.now, in: language)
    let others = all.count { !HealthWord($0, at: moment.now).isCurrent }
    let count =
      all.count > 1 && others > 0 ? language.text(.someOf, "\(others)", "\(all.count)") + " " : ""
    var runs = [Run("\(word.mark) \(count)\(word.word)", word.role, .bold)]
    if let transport = word.transport { runs.append(Run(" \(transport)", .muted)) }
    if all.count > 1, others == 0 { runs.append(Run(" \(all.count)/\(all.count)", .muted)) }
    if state.size.width >= 90, word.isCurrent, all.contains(where: { $0.fallback != nil }) {
      runs.append(Run(" " + language.text(.fallback), .warn))
    }
    return runs + age(of: all[place], word, moment.now, room, language)
  }

  /// How old what is shown is, and of a live source how long ago its last event was; a quiet one's
  /// word says so already.
  private static func age(
    of worst: Connection, _ word: HealthWord, _ now: Timestamp, _ room: Int, _ language: Language
  ) -> [Run] {
    if !word.isCurrent, let last = worst.lastByteAt {
      return [Run(" " + language.text(.dataOld, Format.clock(now - last)), .warn)]
    }
    guard room >= 110, worst.liveness(at: now) == .busy, let newest = worst.lastEventAt
    else {
      return []
    }
    return [Run(" " + language.text(.eventAgo, Format.clock(now - newest)), .muted)]
  }

  /// How the moment shown stands to the present; nothing where it is the present.
  private static func standing(_ state: DashboardState) -> [Run] {
    switch state.time {
    case .live: return []
    case .behind(let motion, let lag):
      return [Run(word(motion, state.language), .special, .bold)]
        + behind(lag, isWide: state.size.width >= 100, state.language)
        + [Run("  ", .text)]
    case .replay(let motion):
      return [Run(state.language.text(.replay), .special, .bold)] + place(state)
        + [Run(" \(word(motion, state.language))  ", .special, .bold)]
    }
  }

  /// The motion; nothing is said of the usual speed.
  private static func word(_ motion: Motion, _ language: Language) -> String {
    switch motion {
    case .paused: language.text(.paused)
    case .ended: language.text(.end)
    case .searching: language.text(.searching)
    case .playing(let speed): speed == 1 ? "▶" : "▶ \(Format.speed(speed))"
    }
  }

  private static func behind(_ lag: Lag, isWide: Bool, _ language: Language) -> [Run] {
    let span = Format.words(lag.span)
    let text =
      isWide
      ? " " + language.text(.behindNew, span, "\(lag.events)") : " \(span) +\(lag.events)"
    return [Run(text, .muted)]
      + (lag.isCurrent ? [] : [Run(" " + language.text(.nowLost), .critical)])
  }

  /// How far into the tape.
  private static func place(_ state: DashboardState) -> [Run] {
    guard state.size.width >= 110, let reach = state.reach else { return [] }
    return [Run(" \(Format.clock(reach.now - reach.origin))", .text)]
  }

  /// What is traced.
  private static func traced(_ state: DashboardState) -> [Run] {
    state.traced.map {
      [
        Run(state.language.text(.trace) + " ", .faint),
        Run($0.words(in: state.language) + "  ", .accent, .bold),
      ]
    } ?? []
  }

  private static func measures(
    _ board: Board, _ moment: Moment, _ state: DashboardState
  ) -> [Run] {
    let (width, language) = (state.size.width, state.language)
    guard width >= 72 else { return [] }
    let stream = board.stream
    var rate = stream.rate
    rate.advance(to: moment.now)
    let perSecond = Double(rate.values.dropLast().suffix(10).reduce(0, +)) / 10
    var runs = [Run(language.text(.ratePerSecond, Format.rate(perSecond)), .text)]
    if width >= 110, !state.isAway, let lag = moment.vitals.arrivalToScreen.percentile(0.95) {
      runs.append(Run("  " + language.text(.screenP95, Format.latency(lag)), .muted))
    }
    let gaps =
      stream.gaps.map { language.text(.gapCount, String($0)) } ?? language.text(.gapsNotKnown)
    runs.append(Run("  \(gaps)", stream.missing > 0 ? .critical : .muted))
    if stream.dropped > 0 {
      runs.append(Run("  " + language.text(.droppedCount, Format.count(stream.dropped)), .critical))
    }
    if width >= 90 {
      runs.append(
        Run("  " + language.text(.duplicateCount, Format.count(stream.duplicates)), .muted))
    }
    return runs
  }

  private static func recording(_ moment: Moment, _ language: Language) -> [Run] {
    if moment.vitals.recordingFailure != nil {
      return [Run("  " + language.text(.noTape), .critical)]
    }
    return moment.vitals.recording == nil
      ? [] : [Run("  ● " + language.text(.recordingMark), .critical)]
  }
}
