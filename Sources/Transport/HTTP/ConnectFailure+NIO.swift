import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Wire

extension ConnectFailure {
  /// Names an error of the network in our words.
  init(_ error: any Error, at address: HTTPAddress) {
    switch error {
    case let failure as NIOConnectionError: self.init(failure, at: address)
    case let failure as IOError: self.init(failure, at: address)
    case ChannelError.connectTimeout: self = .timedOut(host: address.host, port: address.port)
    case let failure as HTTPClientError: self.init(failure, at: address)
    case is HeadTooLong, HTTPParserError.headerOverflow:
      self = .refused(
        reason: "the server's answer begins with more than 64 KiB of headers: check the address")
    case is HTTPParserError:
      self = .network(reason: "\(address.host) port \(address.port) does not speak HTTP")
    case let mismatch as PinMismatch:
      self = .insecure(host: address.host, reason: pinWords(mismatch))
    default:
      self =
        address.isSecure
        ? .insecure(host: address.host, reason: secureWords(error))
        : .network(
          reason: "\(address.host) port \(address.port): \(harmless(String(describing: error)))")
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
    case .connectTimeout, .getConnectionFromPoolTimeout:
      self = .timedOut(host: address.host, port: address.port)
    case .deadlineExceeded, .readTimeout:
      self = .unanswered(host: address.host, port: address.port)
    case .tlsHandshakeTimeout:
      self = .insecure(host: address.host, reason: "it did not answer the TLS handshake")
    case .remoteConnectionClosed:
      self = .hungUp(host: address.host, port: address.port)
    case .proxyAuthenticationRequired:
      self = .refused(reason: "the proxy wants credentials (407): write them in its address")
    case .invalidProxyResponse:
      self = .unavailable(
        reason: "the proxy does not tunnel to \(address.host) port \(address.port)")
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
  case is HeadTooLong, HTTPParserError.headerOverflow:
    return "the server ended the stream with more than 64 KiB of headers"
  case is HTTPParserError: return "the server cut the stream off"
  case NIOSSLError.uncleanShutdown: return "the connection broke"
  case let failure as ContentInflater.Failure: return failure.description
  default: return harmless(String(describing: error))
  }
}

private func pinWords(_ mismatch: PinMismatch) -> String {
  let shown = mismatch.shown.map { "it shows \($0.text)" } ?? "it shows none"
  return "its key is not the pinned one (\(shown)): ask its operator before changing --pin"
}

private func secureWords(_ error: any Error) -> String {
  switch CertificateRefusal(error) {
  case .name: "its certificate is made out to another name: check the address"
  case .trust: CertificateFault.untrusted
  case nil: "the TLS handshake failed (\(harmless(String(describing: error))))"
  }
}

/// Why a certificate was refused, as far as the library tells.
enum CertificateRefusal {
  /// The chain: an unknown authority, or out of its time.
  case trust
  /// The name it is made out to.
  case name

  /// Nil for any other error.
  init?(_ error: any Error) {
    if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
      self = .name
    } else if String(describing: error).contains("CERTIFICATE_VERIFY_FAILED") {
      self = .trust
    } else {
      return nil
    }
  }
}
