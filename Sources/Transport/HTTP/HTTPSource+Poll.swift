import Domain
import Wire

extension HTTPSource {
  /// One poll and the pause after it.
  mutating func pollOnce() async -> Step {
    if !isPolling {
      guard await feed.note(.connecting(attempt: policy.startAttempt())) else { return .done }
    }
    let client = poll
    let began = options.clock.now()
    let (next, result) = await control.perform(.connection, on: executor) { await client.polled() }
    guard !Task.isCancelled else { return .done }
    poll = next
    switch result {
    case .document(let bytes, let moment):
      return await succeed(.frame(.document, bytes), at: moment, since: began)
    case .empty: return await succeed(.fact(.heartbeat), at: options.clock.now(), since: began)
    case .failed(let failure): return await fail(failure.message, as: failure)
    case .busy(let reason, let retryAfter):
      return await fail(reason, as: .unavailable(reason: reason), retryAfter: retryAfter)
    case .refused(let reason):
      isPolling = false
      return await park(reason, then: .poll)
    case .stream:
      guard mode == .automatic else {
        return await park("the server sends a stream: use sse+https://", then: .poll)
      }
      return .stream
    case .interrupted: return await fail("dropped to connect afresh", as: .stopped)
    }
  }

  private mutating func succeed(
    _ body: Inbound.Body, at moment: Timestamp, since began: Timestamp
  ) async -> Step {
    if isPolling {
      // The first poll's time holds the making of the connection too: no round trip.
      guard await feed.note(.roundTrip(moment - began)) else { return .done }
    } else {
      guard await connected(at: moment) else { return .done }
    }
    guard await feed.deliver(body, at: moment) else { return .done }
    if !isCutShort(body) { await pause(options.pollInterval) }
    return mode == .automatic && options.clock.now() >= probeAt ? .probe : .poll
  }

  /// Whether more is likely to be there already: a hub answers a page at a time.
  private func isCutShort(_ body: Inbound.Body) -> Bool {
    guard poll.endpoints.isHub, case .frame(_, let bytes) = body else { return false }
    return bytes.count >= 64 << 10
  }

  private mutating func connected(at moment: Timestamp) async -> Bool {
    isPolling = true
    policy.connected(at: moment)
    policy.receivedByte()
    control.report(.connected)
    let position = poll.endpoints.isHub && !poll.cursor.isEmpty ? poll.cursor : nil
    return await feed.note(.connected(.poll, resumedFrom: position))
  }

  private mutating func fail(
    _ reason: String, as failure: ConnectFailure, retryAfter: Span? = nil
  ) async -> Step {
    report(failure)
    if isPolling {
      guard await feed.note(.lost(reason: reason)) else { return .done }
    }
    isPolling = false
    return await wait(for: reason, retryAfter: retryAfter, then: .poll)
  }
}
