import Domain
import Testing

@Suite("Moments that a person names")
struct TimeReferenceTests {
  /// 18:00:00 UTC, and nine minutes later.
  private let start = Timestamp(rfc3339: "2026-03-14T18:00:00Z") ?? Timestamp(seconds: 0)
  private var end: Timestamp { start + .minutes(9) }

  @Test(
    "a moment is read",
    arguments: [
      ("0", 0), ("90", 90), ("1:30", 90), ("1m30s", 90), ("0.25", 0.25), ("1:00.5", 60.5),
      ("2h", 7200), ("1h1s", 3601), ("0.5m", 30), ("1d", 86_400), ("end", 540), ("-0", 540),
      ("-2m", 420), ("-90", 450), ("-1:30", 450), ("-1h", 0), ("18:00:00", 0),
      ("18:08:59.5", 539.5),
      ("2026-03-14T18:01:00Z", 60), ("2026-03-14T19:01:00+01:00", 60),
      ("2020-01-01T00:00:00Z", 0),
    ] as [(String, Double)])
  func read(text: String, seconds: Double) {
    let moment = TimeReference(text)?.resolved(start: start, end: end)
    #expect((moment.map { ($0 - start).seconds }) == seconds)
  }

  @Test(
    "what names no moment is refused",
    arguments: [
      "", "-", "--1", "+1", "1:", ":1", "1:2:3:4", "x", "1x", "m", "1m1m", "1s1m", "1e3", "nan",
      "inf",
      " 1", "1 ", "0x10", "24:00:00", "18:60:00", "18:00:60", "1.", ".5", "1.0000001", "End",
      "99999999999", "1000000001", "99999999999999999999m", "9999999999d", "١",
    ])
  func refused(text: String) {
    #expect(TimeReference(text) == nil)
  }

  @Test("a time of day is the first one there is, at the given distance from UTC, or none")
  func timeOfDay() {
    let early = TimeReference("17:59:59")
    #expect(early?.resolved(start: start, end: end) == nil)
    #expect(
      early?.resolved(start: start, end: start + .seconds(86_400)) == start + .seconds(86_399))
    let tokyo = TimeReference("03:01:00")
    #expect(
      tokyo?.resolved(start: start, end: end, utcOffset: .seconds(9 * 3600)) == start + .minutes(1))
    let longAgo = Timestamp(seconds: -86_400 * 3 - 1)
    #expect(
      TimeReference("00:00:01")?.resolved(start: longAgo, end: start)
        == Timestamp(seconds: -86_400 * 3 + 1))
  }

  @Test(
    "a moment has one word for file names, which sorts by time",
    arguments: [
      ("90", "01m30s"), ("1:30", "01m30s"), ("1m30s", "01m30s"), ("0:30", "00m30s"),
      ("0.25", "00m00s250000"), ("2h", "120m00s"), ("end", "end"), ("-2m", "end-02m00s"),
      ("09:05:03", "09h05m03s"), ("19:42:08", "19h42m08s"), ("19:42:08.5", "19h42m08s500000"),
      ("2026-03-14T18:01:00Z", "20260314T180100Z"),
    ])
  func fileWord(text: String, word: String) {
    #expect(TimeReference(text)?.fileWord == word)
  }
}
