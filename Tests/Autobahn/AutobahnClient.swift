import Glibc
import Transport
import Wire

/// The client that the Autobahn test suite examines: it echoes, over the connections that the
/// product itself makes. `podium-autobahn URL AGENT`
@main
enum AutobahnClient {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      print("usage: podium-autobahn URL AGENT")
      exit(64)
    }
    let client = WebSocketClient()
    let (url, agent) = (arguments[1], arguments[2])
    let failure = await client.perform { await run(client, url, agent) }
    await client.shutdown()
    guard let failure else { return }
    print("podium-autobahn: \(failure)")
    exit(1)
  }

  /// Runs all cases; what went wrong, if something did.
  private static func run(
    _ client: WebSocketClient, _ url: String, _ agent: String
  ) async -> String? {
    do throws(ConnectFailure) {
      let answer = try await converse(client, url + "/getCaseCount", echoes: false)
      guard let count = Int(String(decoding: answer, as: UTF8.self)) else {
        return "\(url) does not tell how many cases it has"
      }
      for number in stride(from: 1, through: count, by: 1) {
        let address = "\(url)/runCase?case=\(number)&agent=\(agent)"
        _ = try await converse(client, address, echoes: true)
      }
      _ = try await converse(client, "\(url)/updateReports?agent=\(agent)", echoes: false)
      return nil
    } catch {
      return error.message
    }
  }

  /// Opens a connection and stays until it is over; how it ended the server judges. Returns the
  /// last message.
  private static func converse(
    _ client: WebSocketClient, _ url: String, echoes: Bool
  ) async throws(ConnectFailure) -> [UInt8] {
    guard let source = try? SourceAddress(url), case .http(let address, _) = source else {
      throw .refused(reason: "\(url) is no WebSocket address")
    }
    let connection = try await client.open(address)
    var last: [UInt8] = []
    items: while case .item(let item) = await connection.next() {
      switch item {
      case .text(let bytes):
        if echoes { connection.send(text: bytes) } else { last = bytes }
      case .binary(let bytes):
        if echoes { connection.send(binary: bytes) }
      case .ping, .pong: continue
      case .close, .failure: break items
      }
    }
    await connection.finish()
    return last
  }
}
