import Domain
import NIOCore
import Wire

/// Opens WebSockets: connects, shakes hands, follows redirections and renews a refused credential,
/// by the laws of `Requester`.
struct WebSocketOpening: Sendable {
  let requester: Requester
  let dialer: WebSocketDialer

  /// What came of it.
  enum Result {
    case open(WebSocketConnection)
    case failed(RungEnd.Reason)
  }

  /// What one handshake came to.
  private enum Step {
    case done(Result)
    case answered(WebSocketHandshake.Answer)
  }

  private static let maximumRedirects = 5

  /// Opens one at an address.
  ///
  /// - Parameters:
  ///   - subprotocols: what is offered, best first.
  ///   - headers: further fields of the request.
  ///   - timeout: how long each server on the way may take.
  func open(
    _ address: HTTPAddress, subprotocols: [String],
    headers: [(name: String, value: String)] = [], timeout: Span
  ) async -> Result {
    var target = address
    var mayRenew = true
    var redirects = 0
    while redirects <= Self.maximumRedirects {
      do throws(ConnectFailure) {
        switch try await shakeHands(target, subprotocols, headers, timeout) {
        case .done(let result): return result
        case .answered(let answer):
          if answer.status == 401, mayRenew, target.origin == requester.origin {
            mayRenew = false
            if await requester.authorizer.renew() { continue }
          }
          guard [301, 302, 303, 307, 308].contains(answer.status) else {
            return .failed(reason(of: answer))
          }
          target = try requester.following(answer.location, from: target)
          redirects += 1
        }
      } catch {
        return .failed(Task.isCancelled ? .interrupted : RungEnd.Reason(error))
      }
    }
    return .failed(
      .refused("more than \(Self.maximumRedirects) redirections in a row: check the address"))
  }

  private func shakeHands(
    _ address: HTTPAddress, _ subprotocols: [String],
    _ headers: [(name: String, value: String)], _ timeout: Span
  ) async throws(ConnectFailure) -> Step {
    let own = try await requester.ownFields(for: address)
    let stream = try await dialer.dial(address, timeout: timeout)
    var handshake = WebSocketHandshake(
      authority: address.authority,
      target: (address.path.isEmpty ? "/" : address.path) + (address.query.map { "?" + $0 } ?? ""),
      nonce: nonce(), subprotocols: subprotocols, headers: headers + own)
    let deadline = stream.deadline(timeout, HandshakeTimeout())
    defer { deadline.cancel() }
    await stream.write(handshake.request)
    while true {
      switch await stream.next() {
      case .bytes(let bytes):
        guard let outcome = handshake.receive(bytes) else { continue }
        return step(outcome, of: handshake, stream)
      case .tick: continue
      case .cancelled:
        stream.close()
        return .done(.failed(.interrupted))
      case .ended(let error):
        stream.close()
        throw await failure(error, at: address)
      }
    }
  }

  private func step(
    _ outcome: WebSocketHandshake.Outcome, of handshake: WebSocketHandshake, _ stream: ByteStream
  ) -> Step {
    switch outcome {
    case .accepted(let subprotocol, let deflate, let rest):
      let random = requester.options.random
      let machine = WebSocketMachine(role: .client, deflate: deflate) {
        UInt32(truncatingIfNeeded: random())
      }
      return .done(
        .open(
          WebSocketConnection(
            stream, subprotocol: subprotocol, begins: handshake.lastEventID, machine: machine,
            rest: rest, clock: requester.options.clock)))
    case .answered(let answer):
      stream.close()
      return .answered(answer)
    case .failed(let words):
      stream.close()
      return .done(.failed(.unsupported(words)))
    }
  }

  private func failure(
    _ error: (any Error)?, at address: HTTPAddress
  ) async -> ConnectFailure {
    switch error {
    case nil: .hungUp(host: address.host, port: address.port)
    case is HandshakeTimeout: .unanswered(host: address.host, port: address.port)
    case let error?: await requester.explained(error, at: address)
    }
  }

  /// What an answer that is no upgrade means: other rungs of this server may serve.
  private func reason(of answer: WebSocketHandshake.Answer) -> RungEnd.Reason {
    let head = Answer.Head(
      status: answer.status, contentType: nil, location: answer.location,
      retryAfter: answer.retryAfter)
    switch answer.status {
    case 401, 403, 407, 410:
      if case .refused(let words) = Answer(head, now: requester.options.clock.now()) {
        return .refused(words)
      }
    case 408: return .busy("the server gave up waiting (408)", retryAfter: nil)
    case 425, 429, 500, 502..<600:
      if case .busy(let words, let wait) = Answer(head, now: requester.options.clock.now()) {
        return .busy(words, retryAfter: wait)
      }
    default: break
    }
    return .unsupported("the server has no WebSocket there (\(answer.status))")
  }

  private func nonce() -> [UInt8] {
    let words = [requester.options.random(), requester.options.random()]
    return words.flatMap { word in withUnsafeBytes(of: word.bigEndian) { [UInt8]($0) } }
  }
}

/// A server took too long to shake hands.
private struct HandshakeTimeout: Error {}
