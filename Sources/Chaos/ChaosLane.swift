import Domain
import NIOCore

/// One direction of a connection as it is driven: what waits to be sent, and when.
struct ChaosLane {
  /// What waits.
  enum Output {
    case bytes(ByteBuffer)
    case end(Ending)
  }

  /// How much may wait before no more is read; one read may go beyond it.
  static let maximumQueued = 256 << 10

  let direction: Direction
  private var line: FaultLine
  private var queue: [(due: Span, output: Output)] = []
  private var head = 0
  private var queuedBytes = 0
  /// The task that looks again when something is due.
  var timer: Scheduled<Void>?

  init(_ direction: Direction, _ line: FaultLine) {
    self.direction = direction
    self.line = line
  }

  /// Whether more may be read.
  var hasRoom: Bool { queuedBytes < Self.maximumQueued }

  /// When to look again; nil: when more bytes come.
  var wakeAt: Span? {
    let first = head < queue.count ? queue[head].due : nil
    guard let first, let wake = line.wakeAt else { return first ?? line.wakeAt }
    return min(first, wake)
  }

  /// Takes bytes that came and tells which faults began.
  mutating func take(_ bytes: ByteBuffer, at now: Span) -> [Fault] {
    var bytes = bytes
    return enqueue(line.take(bytes.readableBytes, at: now), &bytes)
  }

  /// Lets time pass and tells which faults began.
  mutating func elapse(to now: Span) -> [Fault] {
    var none = ByteBuffer()
    return enqueue(line.elapse(to: now), &none)
  }

  /// The sender has ended in order: what waits goes on before that is told.
  mutating func finish(at now: Span) {
    queue.append((line.free(at: now), .end(.finish)))
  }

  /// What is due now, in order; nil when nothing is.
  mutating func next(at now: Span) -> Output? {
    guard head < queue.count, queue[head].due <= now else { return nil }
    let output = queue[head].output
    if case .bytes(let bytes) = output { queuedBytes -= bytes.readableBytes }
    head += 1
    if head == queue.count {
      queue.removeAll(keepingCapacity: true)
      head = 0
    }
    return output
  }

  /// Forgets what waits and what would come.
  mutating func close() {
    timer?.cancel()
    queue = []
    head = 0
    queuedBytes = 0
  }

  private mutating func enqueue(
    _ effects: [FaultLine.Effect], _ bytes: inout ByteBuffer
  ) -> [Fault] {
    var began: [Fault] = []
    let start = bytes.readerIndex
    for effect in effects {
      switch effect {
      case .began(let fault): began.append(fault)
      case .overwrite(let range, let seed):
        bytes.withUnsafeMutableReadableBytes { FaultLine.corrupt($0, range, seed: seed) }
      case .pass(let range, let due):
        guard let slice = bytes.getSlice(at: start + range.lowerBound, length: range.count)
        else { continue }
        queuedBytes += range.count
        queue.append((due, .bytes(slice)))
      case .end(let ending, let due): queue.append((due, .end(ending)))
      }
    }
    return began
  }
}
