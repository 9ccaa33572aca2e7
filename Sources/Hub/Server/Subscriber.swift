import Locking
import NIOCore

/// One reader of the live feed: what waits to be written to it, within bounds.
///
/// The publisher only ever adds to a list and goes on. A reader that leaves more unread than the
/// bounds allow is cut off; it comes back with the position of the last event it saw.
final class Subscriber: Sendable {
  /// What is to be written to a reader.
  enum Delivery: Sendable {
    case frames([FeedFrame])
    /// Nothing but a sign of life.
    case heartbeat
  }

  fileprivate struct Mailbox {
    var pending: [FeedFrame] = []
    var bytes = 0
    var owesHeartbeat = false
    var isClosed = false
    var reader: CheckedContinuation<Void, Never>?
  }

  private let mailbox = Mutex(Mailbox())
  private let maximumEvents: Int
  private let maximumBytes: Int
  /// Ends the connection even while a write to it is stuck.
  private let hangUp: @Sendable () -> Void

  /// A reader that is not behind.
  init(maximumEvents: Int, maximumBytes: Int, hangUp: @escaping @Sendable () -> Void) {
    self.maximumEvents = maximumEvents
    self.maximumBytes = maximumBytes
    self.hangUp = hangUp
  }

  /// Adds an event for the reader; false when it is too far behind and was cut off.
  func offer(_ frame: FeedFrame) -> Bool {
    let size = frame.block.readableBytes
    let (isKept, reader) = mailbox.withLock { box in
      guard !box.isClosed else { return (true, box.takeReader()) }
      guard box.pending.count < maximumEvents, box.bytes + size <= maximumBytes else {
        box.isClosed = true
        box.pending = []
        return (false, box.takeReader())
      }
      box.pending.append(frame)
      box.bytes += size
      return (true, box.takeReader())
    }
    reader?.resume()
    if !isKept { hangUp() }
    return isKept
  }

  /// Asks for a sign of life, unless something is waiting that is one itself.
  func offerHeartbeat() {
    let reader = mailbox.withLock { box in
      guard !box.isClosed, box.pending.isEmpty else {
        return CheckedContinuation<Void, Never>?.none
      }
      box.owesHeartbeat = true
      return box.takeReader()
    }
    reader?.resume()
  }

  /// Lets the reader go.
  func close() {
    let reader = mailbox.withLock { box in
      box.isClosed = true
      return box.takeReader()
    }
    reader?.resume()
  }

  /// What waits, as soon as anything does, up to about so many bytes; nil once the reader is let go
  /// or cut off.
  func take(upTo bytes: Int) async -> Delivery? {
    while true {
      let (isClosed, ready) = mailbox.withLock { box in (box.isClosed, box.take(upTo: bytes)) }
      if let ready { return ready }
      if isClosed || Task.isCancelled { return nil }
      await waitForMore()
    }
  }

  private func waitForMore() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = mailbox.withLock { box in
          guard box.pending.isEmpty, !box.owesHeartbeat, !box.isClosed else { return true }
          box.reader = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      close()
    }
  }
}

extension Subscriber.Mailbox {
  fileprivate mutating func takeReader() -> CheckedContinuation<Void, Never>? {
    defer { reader = nil }
    return reader
  }

  fileprivate mutating func take(upTo bound: Int) -> Subscriber.Delivery? {
    defer { owesHeartbeat = false }
    guard !pending.isEmpty else { return owesHeartbeat ? .heartbeat : nil }
    var count = 0
    var size = 0
    while count < pending.count, size < bound {
      size += pending[count].block.readableBytes
      count += 1
    }
    bytes -= size
    guard count < pending.count else {
      defer { pending = [] }
      return .frames(pending)
    }
    defer { pending.removeFirst(count) }
    return .frames(Array(pending[..<count]))
  }
}
