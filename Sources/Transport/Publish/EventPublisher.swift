import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Why an event was not published.
package struct PublishError: Error, Sendable {
  /// Where it went wrong.
  package enum Kind: Hashable, Sendable {
    /// The address is none.
    case address
    /// The hub was not reached.
    case connection
    /// The hub answered and would not take the event.
    case refusal
  }

  /// Where it went wrong.
  package let kind: Kind
  /// What happened and what to do.
  package let message: String
}

/// Publishes events to a hub.
package enum EventPublisher {
  /// Posts one CloudEvent in the JSON format to the `/v1/events` of a hub's base address.
  ///
  /// - Throws: `PublishError` when the address is wrong, the hub cannot be reached or refuses.
  package static func publish(_ event: [UInt8], to hub: String) async throws {
    let address = try Self.address(hub)
    let stack = HTTPStack()
    let clients = stack.clients(TransportOptions())
    do {
      let answer = try await post(event, to: address, clients)
      await clients.shutdown()
      await stack.shutdown()
      guard let answer else { return }
      throw PublishError(kind: .refusal, message: answer)
    } catch let error as PublishError {
      throw error
    } catch {
      await clients.shutdown()
      await stack.shutdown()
      let failure = ConnectFailure(error, at: address)
      throw PublishError(kind: .connection, message: failure.message)
    }
  }

  private static func address(_ hub: String) throws -> HTTPAddress {
    do throws(SourceAddressError) {
      if case .http(let address, _) = try SourceAddress(hub) { return address }
    } catch {
      throw PublishError(kind: .address, message: error.message)
    }
    throw PublishError(
      kind: .address, message: "a hub is an address such as http://127.0.0.1:7800")
  }

  /// Nil when the hub took the event, else what it answered.
  private static func post(
    _ event: [UInt8], to address: HTTPAddress, _ clients: HTTPClients
  ) async throws -> String? {
    let route = try clients.route(to: address.at(path: "/v1/events"))
    var request = HTTPClientRequest(url: route.url)
    request.method = .POST
    request.headers = route.headers
    request.headers.add(name: "Content-Type", value: "application/cloudevents+json")
    request.body = .bytes(ByteBuffer(bytes: event))
    let response = try await route.client.execute(request, timeout: .seconds(10))
    guard !(200..<300).contains(response.status.code) else { return nil }
    let body = try await response.body.collect(upTo: 64 << 10)
    let words = harmless(String(buffer: body), limit: 400)
    return "the hub answered \(response.status.code): \(words)"
  }
}
