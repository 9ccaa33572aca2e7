import Domain
import Wire

extension HTTPSource {
  /// One try at the stream, from the request to the end of the body, and the wait after it.
  mutating func streamOnce() async -> Step {
    guard await feed.note(.connecting(attempt: policy.startAttempt())) else { return .done }
    let end = await attempt(timeout: options.answerTimeout)
    guard !Task.isCancelled else { return .done }
    return await goOn(after: end)
  }

  /// Looks for the stream while polling; only its presence is reported.
  mutating func probeOnce() async -> Step {
    probeAt = options.clock.now() + options.streamProbeInterval
    let end = await attempt(timeout: options.connectTimeout)
    guard !Task.isCancelled else { return .done }
    guard end.since != nil else { return .poll }
    isPolling = false
    return await goOn(after: end)
  }

  private mutating func attempt(timeout: Span) async -> RungEnd {
    let client = stream
    let (control, feed) = (control, feed)
    let position = isPolling && !poll.cursor.isEmpty ? poll.cursor : feed.resumePoint.lastEventID
    let end = await control.perform(.connection, on: executor) {
      await client.run(from: position, timeout: timeout) {
        control.report(.connected)
        let resumedFrom = position.isEmpty ? nil : position
        return await feed.note(.connected(.sse, resumedFrom: resumedFrom))
      }
    }
    if let since = end.since {
      answeredTries = 0
      policy.connected(at: since)
      if end.hasByte { policy.receivedByte() }
    }
    return end
  }

  private mutating func goOn(after end: RungEnd) async -> Step {
    switch end.reason {
    case .lost(let reason):
      guard await feed.note(.lost(reason: reason)) else { return .done }
      return await wait(for: reason, then: .stream)
    case .failed(let failure):
      answeredTries = 0
      report(failure)
      return await wait(for: failure.message, then: .stream)
    case .busy(let reason, let retryAfter):
      report(.unavailable(reason: reason))
      return await busy(reason, retryAfter: retryAfter)
    case .unsupported(let reason):
      guard mode == .automatic else { return await park(reason, then: .stream) }
      return await fallBack(reason)
    case .ended:
      report(.refused(reason: "the server has nothing to stream (204)"))
      _ = await feed.note(.ended)
      return .done
    case .refused(let reason): return await park(reason, then: .stream)
    case .interrupted:
      let reason = "dropped to connect afresh"
      return await feed.note(.lost(reason: reason)) ? .stream : .done
    case .unread: return .done
    }
  }

  private mutating func busy(_ reason: String, retryAfter: Span?) async -> Step {
    answeredTries += 1
    guard mode == .automatic, answeredTries >= Self.triesBeforePolling else {
      return await wait(for: reason, retryAfter: retryAfter, then: .stream)
    }
    answeredTries = 0
    return await fallBack(reason)
  }
}
