import Canvas
import Domain
import Panes
import Themes

/// One row that shows the whole of a session or tape: how much happened when, what is missing, where
/// alerts and markers are, and where one is.
enum TimelineStrip {
  private static let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let signs = [".", ".", ":", ":", "|", "|", "#", "#"]

  /// The strip in a width; `reach` says from when to when time goes, and where one is.
  static func line(
    _ timeline: Timeline, _ reach: TimeReach, width: Int, charset: Charset
  ) -> Line {
    let isShort = max(timeline.end, reach.now) - timeline.start < .minutes(45)
    let from = label(timeline.start, reach, isShort)
    let room = width - 2 * TextWidth.columns(of: from) - 2
    guard room >= 8 else { return Line.blank }
    let to = label(end(of: timeline, room), reach, isShort)
    let columns = columns(timeline, room)
    let cursor = column(of: reach.now, timeline, room, columns.count)
    // What a sign hides does not count: the bars that are seen fill the height.
    let peak = columns.lazy.filter { !$0.hasSign }.map(\.events).max() ?? 0
    var runs = [Run(from + " ", .muted)]
    for (place, bucket) in columns.enumerated() {
      append(
        place == cursor
          ? Run(charset == .ascii ? "^" : "┃", .accent, .bold)
          : run(of: bucket, peak: peak, charset: charset), to: &runs)
    }
    runs.append(Run(String(repeating: " ", count: room - columns.count) + " ", .faint))
    return Line(runs + [Run(to, .muted)])
  }

  /// Times have seconds where the whole is shorter than an hour.
  private static func label(_ moment: Timestamp, _ reach: TimeReach, _ isShort: Bool) -> String {
    let time = Format.timeOfDay(moment, offset: reach.utcOffset)
    return isShort ? time : String(time.prefix(5))
  }

  /// The moment at the right end. While time goes on it lies ahead, so that it stays for a while too.
  private static func end(of timeline: Timeline, _ room: Int) -> Timestamp {
    guard !timeline.isComplete else { return timeline.end }
    let buckets = Int64(room * step(timeline.buckets.count, room))
    return timeline.start + Span(microseconds: timeline.width.microseconds * buckets)
  }

  /// The buckets as columns. While time goes on, a column is a power of two of them, so that what is
  /// drawn stays where it is; nothing is drawn for a time that was not read yet.
  private static func columns(_ timeline: Timeline, _ room: Int) -> [Timeline.Bucket] {
    let buckets = timeline.buckets
    guard !buckets.isEmpty else { return [] }
    if timeline.isComplete {
      return (0..<room).map { column in
        let first = column * buckets.count / room
        return merged(buckets[first..<max(first + 1, (column + 1) * buckets.count / room)])
      }
    }
    let step = step(buckets.count, room)
    return stride(from: 0, to: buckets.count, by: step).map { first in
      merged(buckets[first..<min(buckets.count, first + step)])
    }
  }

  private static func column(
    of moment: Timestamp, _ timeline: Timeline, _ room: Int, _ count: Int
  ) -> Int {
    let place = timeline.place(of: moment), total = timeline.buckets.count
    let column =
      timeline.isComplete && total > 0 ? place * room / total : place / step(total, room)
    return max(0, min(count - 1, column))
  }

  private static func step(_ count: Int, _ room: Int) -> Int {
    var step = 1
    while (count + step - 1) / step > room { step *= 2 }
    return step
  }

  private static func merged(_ buckets: ArraySlice<Timeline.Bucket>) -> Timeline.Bucket {
    buckets.reduce(into: Timeline.Bucket()) { $0.merge($1) }
  }

  /// A marker and a severe alert have signs of their own; what is missing is a hole.
  private static func run(of bucket: Timeline.Bucket, peak: Int, charset: Charset) -> Run {
    if bucket.markers > 0 { return Run("◆", .special, .bold) }
    if bucket.severity >= 4 { return Run("!", .critical, .bold) }
    if bucket.hasGap { return Run("╌", .critical) }
    guard bucket.events > 0 else {
      return Run(bucket.hasOutage ? " " : charset == .ascii ? "_" : "·", .faint)
    }
    let role: Role = bucket.hasOutage || bucket.severity > 0 ? .warn : .info
    // By square roots: one burst does not flatten everything else.
    let share = (Double(bucket.events) / Double(max(1, peak))).squareRoot()
    let level = min(7, Int(share * 8))
    return Run(charset == .ascii ? signs[level] : levels[level], role)
  }

  /// Neighbours that look alike become one run.
  private static func append(_ run: Run, to runs: inout [Run]) {
    guard let last = runs.last, last.role == run.role, last.attributes == run.attributes else {
      return runs.append(run)
    }
    runs[runs.count - 1].text += run.text
  }
}

extension Timeline.Bucket {
  /// Whether it is shown by a sign instead of a bar.
  fileprivate var hasSign: Bool { markers > 0 || severity >= 4 || hasGap }
}
