import Domain
import Panes
import Testing

@Suite("quantities are written")
struct FormatTests {
  @Test(
    "a span as a clock",
    arguments: [
      (-5, "0:00"), (0, "0:00"), (7, "0:07"), (59, "0:59"), (60, "1:00"), (708, "11:48"),
      (3_599, "59:59"), (3_600, "1h00"), (3_840, "1h04"), (86_399, "23h59"), (86_400, "1d00h"),
      (266_400, "3d02h"), (8_640_000, "100d"),
    ] as [(Int64, String)])
  func clock(_ seconds: Int64, _ text: String) {
    #expect(Format.clock(.seconds(seconds)) == text)
  }

  @Test(
    "a span in one unit",
    arguments: [
      (-1, "0s"), (59, "59s"), (60, "1m"), (3_599, "59m"), (3_600, "1h"), (86_399, "23h"),
      (86_400, "1d"), (864_000, "10d"),
    ] as [(Int64, String)])
  func brief(_ seconds: Int64, _ text: String) {
    #expect(Format.brief(.seconds(seconds)) == text)
  }

  @Test(
    "a latency",
    arguments: [
      (-1, "0.0ms"), (0, "0.0ms"), (420, "0.4ms"), (9_999, "9.9ms"), (10_000, "10ms"),
      (38_900, "38ms"), (999_999, "999ms"), (1_000_000, "1.0s"), (1_999_999, "1.9s"),
      (59_999_999, "59.9s"), (60_000_000, "1m"), (.max, "106751991d"),
    ] as [(Int64, String)])
  func latency(_ microseconds: Int64, _ text: String) {
    #expect(Format.latency(Span(microseconds: microseconds)) == text)
  }

  @Test(
    "a count in few columns",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1.0k"), (8_499, "8.4k"), (9_999, "9.9k"), (10_000, "10k"),
      (999_999, "999k"), (1_000_000, "1.0M"), (9_999_999, "9.9M"), (10_000_000, "10M"),
      (999_999_999, "999M"), (1_000_000_000, "1G"), (-8_499, "-8.4k"), (.max, "9223372036G"),
      (.min, "-9223372036G"),
    ] as [(Int64, String)])
  func count(_ value: Int64, _ text: String) {
    #expect(Format.count(value) == text)
  }

  @Test("bytes carry their unit")
  func bytes() {
    #expect(Format.bytes(512) == "512B")
    #expect(Format.bytes(8_450) == "8.4kB")
  }

  @Test(
    "a rate",
    arguments: [
      (0, "0.0"), (0.44, "0.4"), (12.5, "12.5"), (99.94, "99.9"), (100, "100"), (2_500, "2.5k"),
      (-1, "--"), (.nan, "--"), (.infinity, "--"), (1e300, "1000000G"),
    ] as [(Double, String)])
  func rate(_ value: Double, _ text: String) {
    #expect(Format.rate(value) == text)
  }

  @Test(
    "a share, so that 100 means all and 0.29 loses nothing to binary",
    arguments: [
      (0, "0"), (0.29, "29"), (0.57, "57"), (0.999, "99"), (1, "100"), (-1, "0"), (50, "999"),
      (.nan, "--"), (.infinity, "--"),
    ] as [(Double, String)])
  func percent(_ share: Double, _ text: String) {
    #expect(Format.percent(share) == text)
  }

  @Test("a fixed number of decimals")
  func decimal() {
    #expect(Format.decimal(0.845, places: 2) == "0.85")
    #expect(Format.decimal(3.04, places: 1) == "3.0")
    #expect(Format.decimal(-0.004, places: 2) == "0.00")
    #expect(Format.decimal(-1.5, places: 0) == "-2")
    #expect(Format.decimal(0.05, places: 2) == "0.05")
    #expect(Format.decimal(.nan, places: 2) == "--")
    #expect(Format.decimal(1e15, places: 2) == "--")
  }

  @Test("a time of day on a clock east or west of UTC")
  func timeOfDay() {
    let moment = Timestamp(seconds: 1_773_511_200)
    #expect(Format.timeOfDay(moment) == "18:00:00")
    #expect(Format.timeOfDay(moment, offset: .minutes(330)) == "23:30:00")
    #expect(Format.timeOfDay(moment, offset: .minutes(-1_200)) == "22:00:00")
    #expect(Format.timeOfDay(Timestamp(seconds: -1)) == "23:59:59")
  }
}
