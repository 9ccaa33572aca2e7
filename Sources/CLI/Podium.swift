import ArgumentParser
import Glibc

/// The program: one subcommand a file, flags and wiring only.
@main
struct Podium: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "podium",
    abstract: "A live dashboard for software agents and restaurant kitchens, in a terminal.",
    discussion: """
      Begin with `podium demo`, which needs nothing, or watch a stream with
      `podium monitor http://127.0.0.1:7800`. Every command says more with --help.

      Exit codes: 0 fine; 1 a check or deadline failed; 64 usage; 65 bad data; 66 no input; \
      69 cannot connect; 77 not allowed.
      """,
    version: "0.1.0",
    subcommands: [
      Demo.self, Monitor.self, Replay.self, Snapshot.self, Record.self, Tail.self, Inspect.self,
      ExportCommand.self, BundleCommand.self, HubCommand.self, Send.self, DoctorCommand.self,
      FactsCommand.self, ChaosCommand.self, ThemesCommand.self, Keys.self,
      ConfigCommand.self,
    ])

  func run() async throws {
    guard try ConfigFile.namesNoSource else {
      return try await Monitor.parse([]).run()
    }
    print(
      """
      podium watches event streams. No source is given, so nothing is watched yet. Begin with one of:

        podium demo                                  a restaurant and a fleet of agents, made up
        podium monitor http://127.0.0.1:7800         a podium hub, or any CloudEvents stream
        podium monitor ~/.claude/projects/NAME       agents, from their transcripts
        podium replay TAPE.cast                      what was recorded before
        podium config init                           a config file, for watching by `podium` alone

      `podium --help` lists everything.
      """)
  }

  static func main() async {
    // A reader that goes away must end a write with an error, not the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      failure.report()
    } catch {
      exit(withError: error)
    }
  }
}
