import Domain
import Glibc
import NIOCore
import NIOPosix

/// Looks a name up and tries to connect to each of its addresses.
struct NameProbe: Sendable {
  let address: HTTPAddress
  let options: TransportOptions

  /// The most addresses that are tried.
  private static let reachBound = 8

  /// What the name leads to.
  func resolve() async -> Diagnosis.Resolution {
    let start = options.clock.now()
    let host = address.host
    let outcome = try? await NIOThreadPool.singleton.runIfActive { Self.lookUp(host) }
    let took = options.clock.now() - start
    switch outcome {
    case .success(let addresses):
      return Diagnosis.Resolution(addresses: addresses, took: took, problem: nil)
    case .failure(let problem):
      return Diagnosis.Resolution(addresses: [], took: took, problem: problem.words)
    case nil: return Diagnosis.Resolution(addresses: [], took: took, problem: "stopped")
    }
  }

  /// Connects to each address and hangs up.
  func reach(_ addresses: [String]) async -> [Diagnosis.Reach] {
    await withTaskGroup(of: (Int, Diagnosis.Reach).self) { tasks in
      for (place, text) in addresses.prefix(Self.reachBound).enumerated() {
        tasks.addTask { (place, await reach(text)) }
      }
      var reaches: [(Int, Diagnosis.Reach)] = []
      for await reach in tasks { reaches.append(reach) }
      return reaches.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func reach(_ text: String) async -> Diagnosis.Reach {
    let start = options.clock.now()
    var problem: String?
    do {
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(.microseconds(options.connectTimeout.microseconds))
        .connect(to: SocketAddress(ipAddress: text, port: address.port)).get()
      channel.close(promise: nil)
    } catch {
      problem = ConnectFailure(error, at: address).message
    }
    return Diagnosis.Reach(
      address: text, port: address.port, took: options.clock.now() - start, problem: problem)
  }

  private struct Problem: Error {
    let words: String
  }

  /// getaddrinfo(3): every address of a host, in the order the system prefers them.
  private static func lookUp(_ host: String) -> Result<[String], Problem> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else { return .failure(Problem(words: words(code, host))) }
    var addresses: [String] = []
    var entry = list?.pointee
    while let current = entry {
      if let text = numeric(current), !addresses.contains(text) { addresses.append(text) }
      entry = current.ai_next?.pointee
    }
    return .success(addresses)
  }

  private static func numeric(_ info: addrinfo) -> String? {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = getnameinfo(
      info.ai_addr, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    guard code == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func words(_ code: Int32, _ host: String) -> String {
    switch code {
    case EAI_NONAME: "no host named “\(host)”: check the spelling and the network"
    case EAI_AGAIN: "the name servers do not answer: check the network"
    default: "\(host) cannot be looked up: \(String(cString: gai_strerror(code)).lowercased())"
    }
  }
}
