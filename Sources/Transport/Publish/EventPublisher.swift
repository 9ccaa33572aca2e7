import Domain
import NIOCore

/// Why an event was not published.
package struct PublishError: Error, Sendable {
  /// Where it went wrong.
  package enum Kind: Hashable, Sendable {
    /// What was named is no address of a hub.
    case address
    /// The hub was not reached, or the credential could not be had.
    case connection
    /// The hub does not let us.
    case forbidden
    /// The hub answered and would not take the event.
    case refusal
  }

  /// Where it went wrong.
  package let kind: Kind
  /// What happened and what to do; never holds a secret.
  package let message: String
}

/// Publishes events to a hub.
package enum EventPublisher {
  /// How long a hub may take to be reached and to answer.
  private static let timeout = Span.seconds(10)
  /// How much of what a hub says to an event that it refuses is repeated, in characters.
  private static let longestWords = 400

  /// Posts one CloudEvent in the JSON format to a hub: to the `/v1/events` of one that is named by
  /// its base address or by one of its streams, else to the address as it is. The laws are those of
  /// a source that is listened to (`Requester`), but that no redirection is followed.
  ///
  /// - Throws: `PublishError` when the address is wrong, the hub cannot be reached or refuses.
  package static func publish(
    _ event: [UInt8], to hub: Source, options: TransportOptions = TransportOptions()
  ) async throws(PublishError) {
    guard case .http(let address, _) = hub.origin else {
      throw PublishError(
        kind: .address, message: "a hub is an address such as http://127.0.0.1:7800")
    }
    var options = options
    options.security = hub.security ?? options.security
    let stack = HTTPStack()
    let clients = stack.clients(options)
    let outcome: Result<Void, PublishError>
    do throws(PublishError) {
      try await post(event, to: address, Requester(hub, at: address, clients, options))
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    await clients.shutdown()
    await stack.shutdown()
    try outcome.get()
  }

  private static func post(
    _ event: [UInt8], to hub: HTTPAddress, _ requester: Requester
  ) async throws(PublishError) {
    let response: Requester.Response
    do throws(ConnectFailure) {
      response = try await requester.post(
        event, as: "application/cloudevents+json", to: Endpoints(hub).stream, timeout: timeout)
    } catch {
      throw PublishError(kind: .connection, message: error.message)
    }
    switch response.status {
    case 200..<300: return
    case 300..<400:
      throw PublishError(
        kind: .refusal,
        message: "the hub redirects (\(response.status)): give the address that it leads to")
    case 401:
      throw PublishError(
        kind: .forbidden, message: "the hub wants a valid token (401): give one or renew it")
    case 403:
      throw PublishError(
        kind: .forbidden,
        message: "the hub does not allow this (403): check what the token may publish")
    case 407:
      throw PublishError(
        kind: .connection,
        message: "the proxy wants credentials (407): write them in its address")
    default:
      let words = await words(of: response, from: hub, to: requester)
      throw PublishError(
        kind: .refusal, message: "the hub answered \(response.status): \(words)")
    }
  }

  /// What a hub says to an event that it refuses. It may repeat the request, and with it the token.
  private static func words(
    of response: Requester.Response, from hub: HTTPAddress, to requester: Requester
  ) async -> String {
    guard let body = await body(of: response, requester.options.clock) else { return "no reason" }
    var words = String(buffer: body)
    let secret = (try? await requester.authorizer.header())?.split(separator: " ").last
    for secret in [secret].compactMap(\.self) + hub.secretValues {
      words = words.replacing(secret, with: "…")
    }
    return harmless(words, limit: longestWords)
  }

  /// The body of an answer; nil where it does not come in time.
  private static func body(
    of response: Requester.Response, _ clock: TransportClock
  ) async -> ByteBuffer? {
    await withTaskGroup(of: ByteBuffer?.self) { group in
      group.addTask { try? await response.body.collect(upTo: 64 << 10) }
      group.addTask {
        try? await clock.watch(timeout)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
