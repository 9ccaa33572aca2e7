import Glibc

/// A port that stays ours while nobody listens on it: a socket that is bound and never listens.
///
/// Without it, refusing connections for a while by not listening would give the port away.
final class PortHolder: Sendable {
  let host: String
  let port: Int
  private let descriptor: Int32

  /// Takes a port of an address of this machine; port 0 lets the system choose one.
  init(_ address: HostPort) throws(ChaosError) {
    host = address.host == "localhost" ? "127.0.0.1" : address.host
    let isIPv6 = host.contains(":")
    descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw ChaosError(cannotListen: address, errno) }
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, size)
    let result =
      isIPv6
      ? Self.bind6(descriptor, host, address.port) : Self.bind4(descriptor, host, address.port)
    guard let result else {
      let number = errno
      close(descriptor)
      throw ChaosError(cannotListen: address, number)
    }
    port = result
  }

  deinit { close(descriptor) }

  private static func bind4(_ descriptor: Int32, _ host: String, _ port: Int) -> Int? {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
    guard inet_pton(AF_INET, host, &name.sin_addr) == 1 else {
      errno = EINVAL
      return nil
    }
    return bound(descriptor, &name).map { Int(in_port_t(bigEndian: $0.sin_port)) }
  }

  private static func bind6(_ descriptor: Int32, _ host: String, _ port: Int) -> Int? {
    var name = sockaddr_in6()
    name.sin6_family = sa_family_t(AF_INET6)
    name.sin6_port = in_port_t(UInt16(clamping: port)).bigEndian
    guard inet_pton(AF_INET6, host, &name.sin6_addr) == 1 else {
      errno = EINVAL
      return nil
    }
    return bound(descriptor, &name).map { Int(in_port_t(bigEndian: $0.sin6_port)) }
  }

  /// Binds to a name and reads back what it became.
  private static func bound<Name>(_ descriptor: Int32, _ name: inout Name) -> Name? {
    var size = socklen_t(MemoryLayout<Name>.size)
    let isBound = withUnsafeMutablePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    return isBound ? name : nil
  }
}
