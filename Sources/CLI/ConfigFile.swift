import Glibc
import Settings

/// The config file of this user (DESIGN section 4).
enum ConfigFile {
  /// `$XDG_CONFIG_HOME/podium/config.toml`, below `~/.config` where that is not set; nil without a
  /// home.
  static var path: String? {
    BaseFolder.path("XDG_CONFIG_HOME", below: ".config").map { $0 + "/podium/config.toml" }
  }

  /// What it says; nothing where there is none.
  ///
  /// - Throws: `Failure` naming the first fault and how to see the others.
  static func settings() throws -> Settings {
    guard let (path, reading) = try read() else { return Settings() }
    guard let first = reading.faults.first else { return reading.settings }
    throw failure(path, first)
  }

  /// Whether it has no source, or is not there.
  static var namesNoSource: Bool {
    get throws { try settings().sources.isEmpty }
  }

  /// Its path, and what reading it came to; nil where there is none.
  static func read() throws -> (path: String, reading: Settings.Reading)? {
    guard let path, access(path, F_OK) == 0 else { return nil }
    guard let bytes = SmallFile.read(path, atMost: (1 << 20) + 1) else {
      throw Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    return (path, Settings.read(bytes))
  }

  /// A fault as the end of a command.
  static func failure(_ path: String, _ fault: SettingsFault) -> Failure {
    Failure(.badData, "\(path): \(fault); `podium config check` tells every fault")
  }
}

/// The folders of a user, by the XDG base directory specification.
enum BaseFolder {
  /// The folder that a variable names, or one below the home; a relative one counts as not set. Nil
  /// without a home.
  static func path(_ variable: String, below home: String) -> String? {
    if let folder = Environment.value(of: variable), folder.hasPrefix("/") { return folder }
    guard let user = Environment.value(of: "HOME"), user.hasPrefix("/") else { return nil }
    return "\(user)/\(home)"
  }
}
