import ArgumentParser
import Glibc
import Rules
import Settings

/// `podium config init|check|path`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Write, check or find the config file.",
    subcommands: [Init.self, Check.self, Path.self])

  /// `podium config path`
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print where the config file is, or would be.")

    func run() throws { print(try knownPath()) }
  }

  /// `podium config init`
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a config file with every key explained. One that is there is kept.")

    func run() throws {
      let path = try knownPath()
      makeFolders(above: path)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        let reason = errno == EEXIST ? "it is there already" : String(cString: strerror(errno))
        throw Failure(.cannotCreate, "cannot write \(path): \(reason)")
      }
      defer { close(descriptor) }
      guard writeAll(Array(Settings.example.utf8), to: descriptor) else {
        throw Failure(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
      }
      print("wrote \(path)")
    }

    private func makeFolders(above path: String) {
      for index in path.indices.dropFirst() where path[index] == "/" {
        mkdir(String(path[..<index]), 0o700)
      }
    }
  }

  /// `podium config check`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the config file: a line for each fault, and exit code 65.")

    func run() throws {
      guard let (path, reading) = try ConfigFile.read() else {
        throw Failure(
          .noInput, "there is no \(try knownPath()): `podium config init` writes one")
      }
      let faults = reading.faults + meaning(of: reading.settings)
      for fault in faults.sorted(by: { $0.line < $1.line }) { print("\(path): \(fault)") }
      guard faults.isEmpty else {
        throw Failure(.badData, "\(path) has \(faults.count) fault\(faults.count == 1 ? "" : "s")")
      }
      let count = reading.settings.sources.count
      print("\(path) is fine: \(count) source\(count == 1 ? "" : "s")")
    }

    /// What only the program can tell: whether themes, addresses, files and pins are such.
    private func meaning(of settings: Settings) -> [SettingsFault] {
      var faults: [SettingsFault] = []
      func check(_ step: () throws -> Void) {
        do { try step() } catch let fault as SettingsFault { faults.append(fault) } catch {}
      }
      check { _ = try settings.checkedTheme() }
      check { _ = try settings.checkedWorkspace() }
      check { _ = try settings.redaction.rules() }
      check { _ = try settings.checkedLanguage() }
      faults += RuleBook.compile(settings.rules).faults
      guard let options = try? ConnectionOptions.parse([]) else { return faults }
      for source in settings.sources {
        check { _ = try ConfiguredSource(settings: source, options: options).named() }
      }
      return faults
    }
  }
}

private func knownPath() throws -> String {
  guard let path = ConfigFile.path else {
    throw Failure(.noInput, "neither XDG_CONFIG_HOME nor HOME is set: there is no config file")
  }
  return path
}
