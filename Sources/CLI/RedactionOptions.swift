import ArgumentParser
import Recording
import Settings

/// The options of commands that write tapes.
struct RedactionOptions: ParsableArguments {
  @Flag(
    help: "Write secrets, home folders and what the configured role may not see to the tape too.")
  var noRedaction = false

  /// What looks through everything before it is written; nil where nothing does.
  func redactor() throws -> Redactor? {
    guard !noRedaction else { return nil }
    let settings = try ConfigFile.settings().redaction
    do throws(SettingsFault) {
      return try settings.rules().map { Redactor($0) }
    } catch {
      throw ConfigFile.failure(ConfigFile.path ?? "", error)
    }
  }
}

extension RedactionSettings {
  /// The rules; nil where redaction is switched off.
  func rules() throws(SettingsFault) -> RedactionRules? {
    guard isEnabled else { return nil }
    var rules = RedactionRules(
      fields: fields.map(\.value),
      shapes: shapes.map {
        SecretShape($0.prefix.value, $0.characters, least: $0.least, name: $0.name)
      })
    if let role {
      guard let known = RedactionRole(rawValue: role.value) else {
        let roles = RedactionRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw role.fault("is no role: \(roles) are")
      }
      rules.role = known
    }
    return rules
  }
}
