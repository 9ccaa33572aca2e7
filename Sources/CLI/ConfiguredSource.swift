import Glibc
import Panes
import Settings
import Themes
import Transport

/// Makes a source of what the config file says about it.
struct ConfiguredSource {
  let settings: SourceSettings
  let options: ConnectionOptions

  /// What the config file says about the source of this name, nil where it has none. What holds a
  /// slash, or is a dash, is no name.
  static func settings(of name: String) throws -> SourceSettings? {
    guard !name.contains("/"), name != "-" else { return nil }
    return try ConfigFile.settings().sources.first { $0.name.value == name }
  }

  /// The source of this name, nil where the config file has none.
  static func find(_ name: String, _ options: ConnectionOptions) throws -> NamedSource? {
    try settings(of: name).map { try make($0, options) }
  }

  /// All sources of the config file.
  static func all(_ options: ConnectionOptions) throws -> [NamedSource] {
    try ConfigFile.settings().sources.map { try make($0, options) }
  }

  private static func make(
    _ settings: SourceSettings, _ options: ConnectionOptions
  ) throws -> NamedSource {
    do {
      return try ConfiguredSource(settings: settings, options: options).named()
    } catch let fault as SettingsFault {
      throw ConfigFile.failure(ConfigFile.path ?? "", fault)
    }
  }

  /// The source, with its files read.
  ///
  /// - Throws: `SettingsFault` naming line and key.
  func named() throws -> NamedSource {
    let typed: NamedSource
    do {
      typed = try options.typed(settings.url.value, follow: true)
    } catch let failure as Failure {
      throw settings.url.fault(failure.message)
    }
    var source = typed.source
    source.credential = try credential() ?? source.credential
    source.headers += try settings.headers.map { header in
      try at(header.value) { () throws(SecurityError) in
        try HTTPField(name: header.name, value: header.value.value)
      }
    }
    source.security = try security() ?? source.security
    return NamedSource(
      name: settings.name.value, source: source, maxRate: settings.maxRate)
  }

  private func credential() throws -> Credential? {
    switch settings.token {
    case nil: return nil
    case .variable(let name)?:
      guard let token = Environment.value(of: name.value) else {
        throw name.fault("the environment variable is not set: export it first")
      }
      return .fixed("Bearer " + token)
    case .file(let path)?:
      guard access(path.value, R_OK) == 0 else {
        throw path.fault("the file cannot be read: \(String(cString: strerror(errno)))")
      }
      return .tokenFile(path.value)
    case .command(let command)?: return .tokenCommand(command.value)
    }
  }

  /// What is set for this source alone, with what was typed in the place of what is not; nil when
  /// nothing is.
  private func security() throws -> SecurityOptions? {
    let files = [settings.authorities, settings.clientCertificate, settings.clientKey]
    guard let place = files.compactMap({ $0 }).first ?? settings.pins.first else { return nil }
    let pins = try settings.pins.map { pin in
      try at(pin) { () throws(SecurityError) in try CertificatePin(pin.value) }
    }
    let ownsIdentity = settings.clientCertificate != nil || settings.clientKey != nil
    return try at(place) { () throws(SecurityError) in
      try SecurityOptions(
        authorities: settings.authorities?.value ?? options.ca,
        certificate: ownsIdentity ? settings.clientCertificate?.value : options.clientCertificate,
        key: ownsIdentity ? settings.clientKey?.value : options.clientKey,
        pins: pins.isEmpty ? try options.typedPins() : pins)
    }
  }

  private func at<Result>(
    _ place: Located<String>, _ make: () throws(SecurityError) -> Result
  ) throws(SettingsFault) -> Result {
    do throws(SecurityError) {
      return try make()
    } catch {
      throw place.fault(error.message)
    }
  }
}

extension DrawingOptions {
  /// These options, with the defaults of the config file for what was not given.
  func withDefaults() throws -> DrawingOptions {
    guard let path = ConfigFile.path else { return self }
    let settings = try ConfigFile.settings()
    var options = self
    do {
      if theme == nil { options.theme = try settings.checkedTheme() }
      if workspace == nil, focus == nil { options.workspace = try settings.checkedWorkspace() }
      if lang == nil { options.lang = try settings.checkedLanguage() }
    } catch let fault as SettingsFault {
      throw ConfigFile.failure(path, fault)
    }
    return options
  }
}

extension Settings {
  /// The theme, if it is one.
  func checkedTheme() throws -> String? {
    guard let theme else { return nil }
    do {
      _ = try ThemeFinder.theme(theme.value)
      return theme.value
    } catch let failure as Failure {
      throw theme.fault(failure.message)
    }
  }

  /// The language, if it is one.
  func checkedLanguage() throws -> Language? {
    guard let language else { return nil }
    guard let chosen = Language(rawValue: language.value) else {
      throw language.fault(
        "is no language: \(Language.allCases.map(\.rawValue).joined(separator: ", ")) are")
    }
    return chosen
  }

  /// The workspace, if it is one.
  func checkedWorkspace() throws -> Workspace? {
    guard let workspace else { return nil }
    guard let chosen = Workspace(rawValue: workspace.value) else {
      throw workspace.fault(
        "is no workspace: \(Workspace.allCases.map(\.rawValue).joined(separator: ", ")) are")
    }
    return chosen
  }
}
