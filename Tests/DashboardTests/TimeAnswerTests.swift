import Dashboard
import Domain
import TestSupport
import Testing

@Suite("a time that was typed")
struct TimeAnswerTests {
  /// 18:00:00-19:50:00 UTC, standing at 19:42:08.
  private static func reach(after seconds: Int64 = 6_128) -> TimeReach {
    TimeReach(
      start: .evening, end: .evening + .seconds(6_600), now: .evening + .seconds(seconds))
  }

  @Test(
    "is a moment",
    arguments: [
      ("-2m", 6_008), ("-1:30", 6_038), ("+30s", 6_158), ("+90", 6_218), ("-1m30s", 6_038),
      ("19:42:08", 6_128), ("18:00", 0), ("19:30", 5_400), ("1:30", 90), ("90", 90), ("2m", 120),
      ("30:00", 1_800), ("start", 0), ("end", 6_600), ("END", 6_600), ("now", 6_600),
      ("2026-03-14T18:10:00Z", 600), ("2026-03-14t18:10:00z", 600),
    ] as [(String, Int64)])
  func moments(_ text: String, _ seconds: Int64) throws {
    #expect(
      try TimeAnswer.moment(text, in: Self.reach()) == .evening + .seconds(seconds), "\(text)")
  }

  @Test("counted from the moment shown ends at the ends", arguments: ["-9h", "+9h"])
  func clamped(_ text: String) throws {
    let reach = Self.reach()
    let end = text == "-9h" ? reach.start : reach.end
    #expect(try TimeAnswer.moment(text, in: reach) == end)
  }

  @Test("of the day is that of the clock on the wall")
  func localTime() throws {
    var reach = Self.reach()
    reach.utcOffset = .minutes(60)
    #expect(try TimeAnswer.moment("19:30", in: reach) == .evening + .seconds(1_800))
  }

  @Test(
    "that is none, or out of reach, is told with what would be one",
    arguments: [
      ("noon", "\"noon\" is no time; such as -2m, 19:42:08, 1:30, start, end"),
      ("25:99:00", "\"25:99:00\" is no time; such as -2m, 19:42:08, 1:30, start, end"),
      ("-", "\"-\" is no span; such as -2m, +30s, -1:30"),
      ("+-3", "\"+-3\" is no span; such as -2m, +30s, -1:30"),
      ("-19:42:08", "\"-19:42:08\" is no span; such as -2m, +30s, -1:30"),
      ("-99999999999999999999s", "\"-99999999999999999999s\" is no span; such as -2m, +30s, -1:30"),
      ("20:15:00", "20:15:00 is outside of 18:00:00-19:50:00 (1h50)"),
      ("200m", "200m is outside of 18:00:00-19:50:00 (1h50)"),
    ])
  func faults(_ text: String, _ fault: String) {
    #expect(throws: AnswerFault(text: fault)) { try TimeAnswer.moment(text, in: Self.reach()) }
  }
}
