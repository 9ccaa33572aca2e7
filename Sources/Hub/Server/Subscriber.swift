import NIOCore
import Synchronization

/// One reader of the live feed: what waits to be written to it, within bounds.
///
/// The publisher only ever adds to a buffer and goes on. A reader that leaves more unread than the
/// bounds allow is cut off; it comes back with the number of the last event it saw.
final class Subscriber: Sendable {
  fileprivate struct Mailbox {
    var pending = ByteBuffer()
    var events = 0
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
  func offer(_ frame: ByteBuffer) -> Bool {
    let (isKept, reader) = mailbox.withLock { box in
      guard !box.isClosed else { return (true, box.takeReader()) }
      guard box.events < maximumEvents,
        box.pending.readableBytes + frame.readableBytes <= maximumBytes
      else {
        box.isClosed = true
        box.pending = ByteBuffer()
        return (false, box.takeReader())
      }
      box.events += 1
      box.pending.writeImmutableBuffer(frame)
      return (true, box.takeReader())
    }
    reader?.resume()
    if !isKept { hangUp() }
    return isKept
  }

  /// Adds a sign of life, unless something is waiting that is one itself.
  func offer(heartbeat: ByteBuffer) {
    let reader = mailbox.withLock { box in
      guard !box.isClosed, box.pending.readableBytes == 0 else {
        return CheckedContinuation<Void, Never>?.none
      }
      box.pending.writeImmutableBuffer(heartbeat)
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

  /// Everything that waits, as soon as anything does; nil once the reader is let go or cut off.
  func take() async -> ByteBuffer? {
    while true {
      let (isClosed, ready) = mailbox.withLock { box in
        let ready = box.pending
        box.pending = ByteBuffer()
        box.events = 0
        return (box.isClosed, ready)
      }
      if ready.readableBytes > 0 { return ready }
      if isClosed || Task.isCancelled { return nil }
      await waitForMore()
    }
  }

  private func waitForMore() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = mailbox.withLock { box in
          guard box.pending.readableBytes == 0, !box.isClosed else { return true }
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
}
