import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Why an event was not published.
package struct PublishError: Error, Sendable {
  /// What happened and what to do.
  package let message: String
  /// Whether the hub answered and would not take it.
  package let isRefusal: Bool
}

/// Publishes events to a hub.
package enum EventPublisher {
  /// Posts one CloudEvent in the JSON format to the `/v1/events` of a hub's base address.
  ///
  /// - Throws: `PublishError` when the address is wrong, the hub cannot be reached or refuses.
  package static func publish(_ event: [UInt8], to hub: String) async throws {
    let address = try Self.address(hub)
    let stack = HTTPStack(options: TransportOptions())
    do {
      let answer = try await post(event, to: address, stack)
      await stack.shutdown()
      guard let answer else { return }
      throw PublishError(message: answer, isRefusal: true)
    } catch let error as PublishError {
      throw error
    } catch {
      await stack.shutdown()
      let failure = ConnectFailure(error, at: address)
      throw PublishError(message: failure.message, isRefusal: false)
    }
  }

  private static func address(_ hub: String) throws -> HTTPAddress {
    do throws(SourceAddressError) {
      guard case .http(let address, _) = try SourceAddress(hub) else {
        throw SourceAddressError.unknownScheme(hub)
      }
      return address
    } catch {
      throw PublishError(message: error.message, isRefusal: false)
    }
  }

  /// Nil when the hub took the event, else what it answered.
  private static func post(
    _ event: [UInt8], to address: HTTPAddress, _ stack: HTTPStack
  ) async throws -> String? {
    var request = HTTPClientRequest(url: address.at(path: "/v1/events").url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/cloudevents+json")
    request.body = .bytes(ByteBuffer(bytes: event))
    let response = try await stack.client.execute(request, timeout: .seconds(10))
    guard !(200..<300).contains(response.status.code) else { return nil }
    let body = try await response.body.collect(upTo: 64 << 10)
    return "the hub answered \(response.status.code): \(String(buffer: body))"
  }
}
