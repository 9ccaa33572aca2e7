import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension ConnectFailure {
  /// Names an error of the network in our words.
  init(_ error: any Error, at address: HTTPAddress) {
    switch error {
    case let failure as NIOConnectionError: self.init(failure, at: address)
    case let failure as IOError: self.init(failure, at: address)
    case ChannelError.connectTimeout: self = .timedOut(host: address.host, port: address.port)
    case let failure as HTTPClientError: self.init(failure, at: address)
    case is HTTPParserError:
      self = .network(reason: "\(address.host) port \(address.port) does not speak HTTP")
    default:
      let text = String(describing: error)
      self =
        address.isSecure
        ? .insecure(host: address.host, reason: secureWords(text))
        : .network(reason: "\(address.host) port \(address.port): \(text)")
    }
  }

  private init(_ failure: NIOConnectionError, at address: HTTPAddress) {
    guard let first = failure.connectionErrors.first?.error else {
      self = .unknownHost(address.host)
      return
    }
    self.init(first, at: address)
  }

  private init(_ failure: IOError, at address: HTTPAddress) {
    switch failure.errnoCode {
    case ECONNREFUSED: self = .connectionRefused(host: address.host, port: address.port)
    case ETIMEDOUT: self = .timedOut(host: address.host, port: address.port)
    default:
      let words = String(cString: strerror(failure.errnoCode)).lowercased()
      self = .network(reason: "\(address.host) port \(address.port): \(words)")
    }
  }

  private init(_ failure: HTTPClientError, at address: HTTPAddress) {
    switch failure {
    case .connectTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout, .readTimeout:
      self = .timedOut(host: address.host, port: address.port)
    case .tlsHandshakeTimeout:
      self = .insecure(host: address.host, reason: "it did not answer the TLS handshake")
    case .remoteConnectionClosed:
      self = .network(reason: "\(address.host) port \(address.port) hung up without an answer")
    default:
      self = .network(reason: "\(address.host) port \(address.port): \(failure.shortDescription)")
    }
  }
}

/// Why a body ended early, in our words.
func lossWords(_ error: any Error) -> String {
  switch error {
  case let failure as HTTPClientError where failure == .remoteConnectionClosed:
    return "the connection broke"
  case let failure as IOError where failure.errnoCode == ECONNRESET:
    return "the server reset the connection"
  case let failure as IOError: return String(cString: strerror(failure.errnoCode)).lowercased()
  case let failure as HTTPClientError: return failure.shortDescription
  case is HTTPParserError: return "the server cut the stream off"
  default: return String(describing: error)
  }
}

private func secureWords(_ text: String) -> String {
  text.contains("CERTIFICATE_VERIFY_FAILED")
    ? "its certificate is not trusted here: install its authority or check the address"
    : "the TLS handshake failed (\(text.prefix(120)))"
}
