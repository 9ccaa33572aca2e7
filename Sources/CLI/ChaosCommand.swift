import ArgumentParser
import CLinux
import Chaos
import Domain
import Glibc

/// `podium chaos`
struct ChaosCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chaos",
    abstract: "Stand between a client and a server and do what networks do, on a seeded schedule.",
    discussion: """
      The faults: \(FaultKind.allCases.map(\.rawValue).joined(separator: ", ")). The same seed does \
      the same to the n-th connection, whatever happens on the others.
      """)

  @Option(help: ArgumentHelp("The server.", valueName: "HOST:PORT"))
  var upstream: HostPort

  @Option(help: ArgumentHelp("Where to listen; port 0 chooses one.", valueName: "HOST:PORT"))
  var listen: HostPort?

  @Option(help: "What the schedule is drawn from.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("What may happen, separated by commas.", valueName: "NAMES"))
  var faults = "delay,throttle,cut,half-open,truncate,refuse"

  @Option(help: ArgumentHelp("How much happens, 1 to 10.", valueName: "N"))
  var intensity = 3

  @Option(
    help: ArgumentHelp("From then on nothing happens any more.", valueName: "SECONDS"))
  var calm: Double?

  @Flag(help: "Print each fault as a line of JSON.")
  var log = false

  @Flag(help: "Allow listening where other machines can connect.")
  var insecurePlaintext = false

  func validate() throws {
    guard (1...10).contains(intensity) else { throw ValidationError("--intensity is 1 to 10") }
    if let calm, !(0...86_400).contains(calm) {
      throw ValidationError("--calm is between 0 and 86400 seconds")
    }
    if let listen, !listen.isLoopback, !insecurePlaintext {
      throw ValidationError(
        "\(listen) can be reached by other machines; listen on 127.0.0.1, or allow it with "
          + "--insecure-plaintext")
    }
    _ = try kinds()
  }

  func run() async throws {
    let plan = ChaosPlan(
      seed: seed, faults: try kinds(), intensity: intensity,
      calmAt: calm.map { .milliseconds(Int64($0 * 1_000)) })
    let isLogged = log
    let proxy = try await ChaosProxy.create(plan, upstream: upstream) { line in
      if isLogged { writeAll(line + [UInt8(ascii: "\n")], to: STDOUT_FILENO) }
    }
    do {
      let port = try await proxy.start(listen ?? HostPort.anyLoopback)
      standardError("podium: chaos on 127.0.0.1:\(port) for \(upstream); Ctrl-C ends it")
    } catch let error as ChaosError {
      throw Failure(.cannotConnect, error.description)
    }
    await MainActor.run { Self.waitForSignal() }
    await proxy.stop()
  }

  private func kinds() throws -> Set<FaultKind> {
    var kinds: Set<FaultKind> = []
    for name in faults.split(separator: ",") {
      guard let kind = FaultKind(rawValue: String(name)) else {
        let known = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("there is no fault \"\(name)\"; known are \(known)")
      }
      kinds.insert(kind)
    }
    return kinds
  }

  private static func waitForSignal() {
    var signals = [pollfd(fd: clinux_watch_signals(), events: Int16(POLLIN), revents: 0)]
    while clinux_poll(&signals, 1, 3_600_000_000) <= 0 {}
  }
}

extension HostPort: ExpressibleByArgument {
  /// Reads `HOST:PORT`.
  init?(argument: String) { self.init(argument) }
}
