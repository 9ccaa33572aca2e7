/// What the config file says (DESIGN section 4): defaults, and the sources to watch.
package struct Settings: Equatable, Sendable {
  /// The theme to begin with.
  package var theme: Located<String>?
  /// The workspace to begin with.
  package var workspace: Located<String>?
  /// The language of the dashboard's own words.
  package var language: Located<String>?
  /// The tapes of live runs.
  package var recording = RecordingSettings()
  /// What is taken out of recordings.
  package var redaction = RedactionSettings()
  /// The sources, in the order they are written.
  package var sources: [SourceSettings] = []
  /// The alert rules, in the order they are written.
  package var rules: [RuleSettings] = []

  /// Nothing is set.
  package init() {}
}

/// A value and where it was written, for saying what is wrong with it.
package struct Located<Value: Equatable & Sendable>: Equatable, Sendable {
  /// The value.
  package let value: Value
  /// The line, from 1.
  package let line: Int
  /// The key as it is reached from the top.
  package let key: String

  /// A fault of this value.
  package func fault(_ message: String) -> SettingsFault {
    SettingsFault(line: line, key: key, message)
  }
}

/// One `[[source]]`.
package struct SourceSettings: Equatable, Sendable {
  /// What to call it; unique.
  package var name: Located<String>
  /// Where it is, as on the command line.
  package var url: Located<String>
  /// Headers that are no secrets.
  package var headers: [Header] = []
  /// Where its token comes from.
  package var token: Token?
  /// A PEM file of authorities.
  package var authorities: Located<String>?
  /// A PEM file with our certificate.
  package var clientCertificate: Located<String>?
  /// A PEM file with its key.
  package var clientKey: Located<String>?
  /// Pinned keys.
  package var pins: [Located<String>] = []
  /// Most events a second.
  package var maxRate: Double?

  /// One header.
  package struct Header: Equatable, Sendable {
    /// Its name.
    package let name: String
    /// Its value.
    package let value: Located<String>
  }

  /// Where a token comes from.
  package enum Token: Equatable, Sendable {
    /// A variable of the environment.
    case variable(Located<String>)
    /// A file.
    case file(Located<String>)
    /// A command for the shell.
    case command(Located<String>)
  }
}
