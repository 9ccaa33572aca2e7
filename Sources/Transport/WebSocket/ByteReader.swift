import Locking
import NIOCore

/// The last handler of a connection: hands bytes to one task that asks for them.
///
/// The socket is read only while the task waits here, which is the back pressure; so at most one read
/// is held, 1 MiB.
final class ByteReader: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  /// What the task waits for.
  enum Event: Sendable {
    case bytes([UInt8])
    /// The time came that `tick` was called at.
    case tick
    /// The connection is over; the error that ended it, nil when the peer just closed it.
    case ended((any Error)?)
    /// The task was cancelled.
    case cancelled
  }

  private struct State {
    var bytes: [UInt8] = []
    var end: Event?
    var hasTick = false
    /// What is read is of no interest any more.
    var isDiscarding = false
    var reader: CheckedContinuation<Event, Never>?
    var ticker: CheckedContinuation<Void, Never>?
    var writer: CheckedContinuation<Void, Never>?

    /// What a reader need not wait for. Bytes go first: what was read comes before what is due.
    mutating func immediate() -> Event? {
      if !bytes.isEmpty {
        var whole: [UInt8] = []
        swap(&whole, &bytes)
        return .bytes(whole)
      }
      if hasTick {
        hasTick = false
        ticker?.resume()
        ticker = nil
        return .tick
      }
      return end
    }
  }

  private let state = Mutex(State())

  /// What happens next; asks for a read if nothing has happened yet. One task at a time.
  func next(on channel: any Channel) async -> Event {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let event = state.withLock { state -> Event? in
          if let event = state.immediate() { return event }
          state.reader = continuation
          return nil
        }
        if let event { continuation.resume(returning: event) } else { channel.read() }
      }
    } onCancel: {
      end(.cancelled)
    }
  }

  /// Returns once what is written leaves room for more, or the connection is over.
  func writable(on channel: any Channel) async {
    guard !channel.isWritable else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard state.end == nil else { return true }
          state.writer = continuation
          return false
        }
        if isOver || channel.isWritable { resumeWriter(); if isOver { continuation.resume() } }
      }
    } onCancel: {
      end(.cancelled)
    }
  }

  /// Hands a tick to the reader and returns when it was taken, or the connection is over.
  func tick() async {
    await withCheckedContinuation { continuation in
      let (reader, isOver) = state.withLock { state in
        guard state.end == nil else { return (nil as CheckedContinuation<Event, Never>?, true) }
        guard let reader = state.reader else {
          state.hasTick = true
          state.ticker = continuation
          return (nil, false)
        }
        state.reader = nil
        return (reader, true)
      }
      reader?.resume(returning: .tick)
      if isOver { continuation.resume() }
    }
  }

  /// Ends the connection for its task, with what is told from now on.
  func end(_ event: Event) {
    let (reader, ticker, writer) = state.withLock { state in
      defer {
        state.end = state.end ?? event
        (state.reader, state.ticker, state.writer) = (nil, nil, nil)
        state.hasTick = false
      }
      return (state.reader, state.ticker, state.writer)
    }
    reader?.resume(returning: event)
    ticker?.resume()
    writer?.resume()
  }

  /// Throws away what comes from now on.
  func discard() {
    state.withLock {
      $0.isDiscarding = true
      $0.bytes = []
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    state.withLock { state in
      guard !state.isDiscarding else { return }
      buffer.withUnsafeReadableBytes { state.bytes.append(contentsOf: $0) }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    let (reader, event) = state.withLock { state -> (CheckedContinuation<Event, Never>?, Event?) in
      guard let reader = state.reader, let event = state.immediate() else {
        return (state.reader, nil)
      }
      state.reader = nil
      return (reader, event)
    }
    // A read that brought nothing for us (it was of TLS) does not end the waiting.
    if let event { reader?.resume(returning: event) } else if reader != nil { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { resumeWriter() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    channelReadComplete(context: context)
    end(.ended(nil))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    channelReadComplete(context: context)
    end(.ended(error))
    context.close(promise: nil)
  }

  private func resumeWriter() {
    let writer = state.withLock { state in
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume()
  }
}
