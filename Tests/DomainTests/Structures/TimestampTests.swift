import Domain
import Testing

@Suite("Moments and spans")
struct TimestampTests {
  @Test(
    "an RFC 3339 date-time is read to the microsecond",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1),
      ("1969-12-31T23:59:59.5Z", -500_000), ("2026-11-21T19:42:08.112Z", 1_795_290_128_112_000),
      ("2026-11-21t19:42:08z", 1_795_290_128_000_000),
      ("2026-11-21 19:42:08Z", 1_795_290_128_000_000),
      ("2026-11-21T19:42:08.1234567899Z", 1_795_290_128_123_456),
      ("2026-11-22T01:12:08+05:30", 1_795_290_128_000_000),
      ("2026-11-21T11:42:08-08:00", 1_795_290_128_000_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
      ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ] as [(String, Int64)])
  func read(text: String, microseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(
    "what is no RFC 3339 date-time is refused",
    arguments: [
      "", "2026", "2026-11-21", "2026-11-21T19:42:08", "2026-11-21T19:42Z",
      "2026-13-21T19:42:08Z", "2026-00-21T19:42:08Z", "2026-02-29T19:42:08Z",
      "1900-02-29T00:00:00Z", "2026-11-31T19:42:08Z", "2026-11-00T19:42:08Z",
      "2026-11-21T24:00:00Z", "2026-11-21T19:60:08Z", "2026-11-21T19:42:61Z",
      "2026-11-21T19:42:08.Z", "2026-11-21T19:42:08.5", "2026-11-21T19:42:08ZZ",
      "2026-11-21T19:42:08+0530", "2026-11-21T19:42:08+24:00", "2026-11-21T19:42:08+05:60",
      "2026-11-21T19:42:08 05:30", "+026-11-21T19:42:08Z", "2026-11-21T19:42:08.1é",
      "٢٠٢٦-11-21T19:42:08Z", "2026/11/21T19:42:08Z", "2026-11-21X19:42:08Z",
    ])
  func refuse(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("what is written is read back, to the millisecond", arguments: [51, 52])
  func roundTrip(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<2_000 {
      let span = Int64(random.next() % 315_537_897_600_000)
      let moment = Timestamp(microseconds: (span - 62_135_596_800_000) * 1_000)
      #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
    }
    #expect(Timestamp(microseconds: 1_795_290_128_112_999).rfc3339 == "2026-11-21T19:42:08.112Z")
    #expect(Timestamp(microseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
  }

  @Test("calendar fields follow the offset")
  func civil() {
    let moment = Timestamp(seconds: 1_795_290_128)
    #expect(CivilTime(moment).date == "2026-11-21")
    #expect(CivilTime(moment).clock == "19:42:08")
    #expect(CivilTime(moment, offset: .minutes(330)).date == "2026-11-22")
    #expect(CivilTime(moment, offset: .minutes(330)).clock == "01:12:08")
  }

  @Test("arithmetic at the ends of time is clamped and never traps")
  func clamping() {
    let last = Timestamp(microseconds: .max)
    let first = Timestamp(microseconds: .min)
    #expect(last + .seconds(1) == last)
    #expect(first - .seconds(1) == first)
    #expect(last - first == Span(microseconds: .max))
    #expect(first - last == Span(microseconds: .min))
    #expect(Timestamp(seconds: .max) == last)
    #expect(Timestamp(seconds: .min) == first)
    #expect(Span.minutes(.max) == Span(microseconds: .max))
    #expect(Span.milliseconds(.min) == Span(microseconds: .min))
    #expect(CivilTime(last).year == 294_247)
    #expect(CivilTime(first).year == -290_308)
    #expect(!last.rfc3339.isEmpty)
    #expect(!first.rfc3339.isEmpty)
  }
}
