import Domain
import Testing

@Suite("Sliding window")
struct SlidingWindowTests {
  @Test("counts fall out when their bucket has left the window")
  func expiry() {
    var window = SlidingWindow(bucket: .seconds(1), count: 3)
    window.add(5, at: Timestamp(seconds: 10))
    window.add(2, at: Timestamp(seconds: 12))
    #expect(window.total == 7)
    #expect(window.values == [5, 0, 2])
    window.advance(to: Timestamp(microseconds: 12_999_999))
    #expect(window.total == 7)
    window.advance(to: Timestamp(seconds: 13))
    #expect(window.values == [0, 2, 0])
    #expect(window.total == 2)
    window.advance(to: Timestamp(seconds: 1_000_000))
    #expect(window.total == 0)
  }

  @Test("a moment older than the window is ignored, one inside it is counted")
  func late() {
    var window = SlidingWindow(bucket: .seconds(1), count: 3)
    window.add(at: Timestamp(seconds: 10))
    window.add(at: Timestamp(seconds: 8))
    window.add(at: Timestamp(seconds: 7))
    #expect(window.values == [1, 0, 1])
    #expect(window.total == 2)
  }

  @Test("moments before the epoch fall in their own buckets")
  func negative() {
    var window = SlidingWindow(bucket: .seconds(1), count: 2)
    window.add(at: Timestamp(microseconds: -1))
    window.add(at: Timestamp(microseconds: 0))
    #expect(window.values == [1, 1])
  }

  @Test("the furthest moments do not trap")
  func extremes() {
    var window = SlidingWindow(bucket: .seconds(1), count: 2)
    window.add(at: Timestamp(microseconds: .min))
    window.add(at: Timestamp(microseconds: .max))
    #expect(window.total == 1)
  }

  @Test("random moments agree with a list of all of them", arguments: [7, 8])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var window = SlidingWindow(bucket: .seconds(10), count: 6)
    var moments: [Int64] = []
    var now: Int64 = 0
    for _ in 0..<2_000 {
      now += Int64(random.next() % 12)
      let moment = max(0, now - Int64(random.next() % 90))
      window.advance(to: Timestamp(seconds: now))
      window.add(at: Timestamp(seconds: moment))
      moments.append(moment)
      let expected = moments.count { $0 / 10 > now / 10 - 6 }
      #expect(window.total == Int64(expected))
      moments.removeAll { $0 / 10 <= now / 10 - 6 }
    }
  }
}
