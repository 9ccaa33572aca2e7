import Domain
import Testing

@testable import Chaos

/// What a line does, played against its own schedule: the steps are read from the plan first, so
/// that the expectations hold for the seed whatever it draws.
struct FaultLineTests {
  private func line(
    _ kinds: Set<FaultKind>, seed: UInt64 = 1, calm: Span? = nil
  ) -> (line: FaultLine, steps: [FaultStep]) {
    let plan = ChaosPlan(seed: seed, faults: kinds, intensity: 10, calmAt: calm)
    var steps = plan.steps(connection: 0, .down)
    let list = (0..<8).compactMap { _ in steps.next() }
    return (
      FaultLine(plan.steps(connection: 0, .down), calmAt: calm, from: .zero), list
    )
  }

  /// The first seed whose first fault is brought about by bytes, and after how many.
  private func byBytes(_ kinds: Set<FaultKind>) throws -> (FaultLine, Fault, Int) {
    for seed in 1..<100 as Range<UInt64> {
      let (line, steps) = line(kinds, seed: seed)
      if case .bytes(let count) = steps[0].after { return (line, steps[0].fault, count) }
    }
    throw NoSeed()
  }

  private func byTime(_ kinds: Set<FaultKind>) throws -> (FaultLine, Fault, Span) {
    for seed in 1..<100 as Range<UInt64> {
      let (line, steps) = line(kinds, seed: seed)
      if case .time(let span) = steps[0].after { return (line, steps[0].fault, span) }
    }
    throw NoSeed()
  }

  private struct NoSeed: Error {}

  @Test("without faults everything passes at once")
  func clean() {
    var (line, _) = line([])
    #expect(line.take(1_000, at: .milliseconds(5)) == [.pass(0..<1_000, due: .milliseconds(5))])
    #expect(line.wakeAt == nil)
    #expect(line.take(0, at: .milliseconds(6)) == [])
  }

  @Test("a delay holds back what follows and keeps the order")
  func delay() throws {
    var (line, fault, count) = try byBytes([.delay])
    let late = Span.milliseconds(1) + fault.length
    #expect(
      line.take(count + 5, at: .milliseconds(1)).prefix(3) == [
        .pass(0..<count, due: .milliseconds(1)), .began(fault),
        .pass(count..<count + 5, due: late),
      ])
  }

  @Test("a cut ends the connection after what passed, and nothing passes any more")
  func cut() throws {
    var (line, fault, count) = try byBytes([.cut])
    guard case .cut(let ending) = fault else { throw NoSeed() }
    #expect(
      line.take(count + 5, at: .zero) == [
        .pass(0..<count, due: .zero), .began(fault), .end(ending, due: .zero),
      ])
    #expect(line.isOver)
    #expect(line.take(5, at: .zero) == [])
    #expect(line.wakeAt == nil)
  }

  @Test("a cut by time happens without bytes")
  func cutByTime() throws {
    var (line, fault, span) = try byTime([.halfOpen])
    #expect(line.wakeAt == span)
    #expect(line.elapse(to: span - Span(microseconds: 1)) == [])
    #expect(line.elapse(to: span) == [.began(fault), .end(.silence, due: span)])
  }

  @Test("a truncation lets half of what is at hand pass, then ends in order")
  func truncate() throws {
    var (line, fault, count) = try byBytes([.truncate])
    #expect(
      line.take(count + 10, at: .zero) == [
        .pass(0..<count, due: .zero), .began(fault), .pass(count..<count + 5, due: .zero),
        .end(.finish, due: .zero),
      ])
  }

  @Test("a throttled line sends what its rate allows, in order, and all of it")
  func throttle() throws {
    var (line, fault, count) = try byBytes([.throttle])
    guard case .throttle(let rate, let span) = fault else { throw NoSeed() }
    let effects = line.take(count + 2_000, at: .zero)
    var sent = 0, last = Span.zero
    for effect in effects {
      guard case .pass(let range, let due) = effect else { continue }
      #expect(range.lowerBound == sent)
      #expect(due >= last)
      if sent >= count, due < span { #expect(range.count <= max(1, rate / 50)) }
      sent = range.upperBound
      last = due
    }
    #expect(sent == count + 2_000)
    #expect(last > .zero)
  }

  @Test("corruption names up to 8 bytes before they pass")
  func corrupt() throws {
    var (line, fault, count) = try byBytes([.corrupt])
    guard case .corrupt(let size, let seed) = fault else { throw NoSeed() }
    #expect(
      Array(line.take(count + 3, at: .zero).prefix(4)) == [
        .pass(0..<count, due: .zero), .began(fault),
        .overwrite(count..<count + min(3, size), seed: seed),
        .pass(count..<count + 3, due: .zero),
      ])
  }

  @Test("a corrupted byte is always another byte", arguments: 1...50 as ClosedRange<UInt64>)
  func corrupted(seed: UInt64) {
    var bytes = [UInt8](repeating: 0x61, count: 10)
    bytes.withUnsafeMutableBytes { FaultLine.corrupt($0, 2..<12, seed: seed) }
    #expect(bytes[..<2] == [0x61, 0x61])
    #expect(!bytes[2...].contains(0x61))
  }

  @Test("from the calm on nothing happens")
  func calm() throws {
    let calm = Span.milliseconds(1)
    var (line, _) = line([.cut, .delay, .corrupt], calm: calm)
    #expect(line.wakeAt == nil)
    #expect(line.take(100_000_000, at: calm) == [.pass(0..<100_000_000, due: calm)])
  }

  @Test("every byte passes once and in order, however the stream is cut up", arguments: 1...20)
  func complete(seed: Int) {
    var (line, _) = line([.delay, .throttle, .corrupt], seed: UInt64(seed))
    var last = Span.zero
    for read in 0..<200 {
      let now = Span.milliseconds(Int64(read) * 7)
      var expected = 0
      let size = 1 + read * 97 % 9_000
      for effect in line.take(size, at: now) {
        guard case .pass(let range, let due) = effect else { continue }
        #expect(range.lowerBound == expected)
        #expect(due >= last && due >= now)
        (expected, last) = (range.upperBound, due)
      }
      #expect(expected == size)
    }
  }
}
