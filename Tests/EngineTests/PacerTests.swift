import Domain
import Engine
import Testing

@Suite struct PacerTests {
  private static func at(_ microseconds: Int64) -> Timestamp {
    Timestamp(microseconds: 1_000_000 + microseconds)
  }

  @Test("nothing to draw is never due")
  func clean() {
    let pacer = FramePacer()
    #expect(!pacer.isDue(at: Self.at(0)))
    #expect(pacer.nextFrame(at: Self.at(0)) == nil)
  }

  @Test("after a rest a change is drawn at once")
  func rest() {
    var pacer = FramePacer()
    pacer.invalidate()
    #expect(pacer.isDue(at: Self.at(0)))
    pacer.drew(at: Self.at(0), cost: .zero)
    #expect(!pacer.isDirty)
    pacer.invalidate()
    #expect(!pacer.isDue(at: Self.at(4_165)))
    #expect(pacer.isDue(at: Self.at(4_166)))
  }

  @Test(
    "a frame that costs more is followed by a longer wait",
    arguments: [
      (0, 4_166), (416, 4_166), (417, 4_170), (1_000, 10_000), (10_000, 100_000),
      (60_000_000, 100_000), (-5, 4_166), (.max, 100_000),
    ] as [(Int64, Int64)])
  func cost(cost: Int64, wait: Int64) {
    var pacer = FramePacer()
    pacer.drew(at: Self.at(0), cost: Span(microseconds: cost))
    pacer.invalidate()
    #expect(pacer.nextFrame(at: Self.at(0)) == Self.at(wait))
  }

  @Test("a clock that was set back does not stop the drawing")
  func backwards() {
    var pacer = FramePacer()
    pacer.drew(at: Self.at(3_600_000_000), cost: .zero)
    pacer.invalidate()
    #expect(pacer.isDue(at: Self.at(0)))
    #expect(pacer.nextFrame(at: Self.at(0)) == Self.at(0))
  }

  @Test("what a person asked for waits for no slow terminal's turn")
  func urgent() {
    var pacer = FramePacer()
    pacer.drew(at: Self.at(0), cost: .milliseconds(10))
    pacer.invalidate()
    #expect(pacer.nextFrame(at: Self.at(0)) == Self.at(100_000))
    pacer.invalidate(atOnce: true)
    #expect(pacer.nextFrame(at: Self.at(0)) == Self.at(4_166))
    pacer.drew(at: Self.at(5_000), cost: .milliseconds(10))
    pacer.invalidate()
    #expect(pacer.nextFrame(at: Self.at(6_000)) == Self.at(105_000))
  }
}
