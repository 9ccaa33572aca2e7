import CESQL
package import Domain
package import Settings

/// A rule that raises an alert when a condition has held for some time.
package struct AlertRule: Sendable {
  /// The alert's code.
  package let name: String
  /// The condition.
  package let when: Condition
  /// How long it must hold before the alert is raised.
  package let holdsFor: Span
  /// 1-5, 5 the worst.
  package let severity: Int
  /// What the alert says; nil lets the condition speak.
  package let text: String?

  /// A rule.
  package init(
    name: String, when: Condition, holdsFor: Span = .zero, severity: Int = 3, text: String? = nil
  ) {
    self.name = name
    self.when = when
    self.holdsFor = holdsFor
    self.severity = severity
    self.text = text
  }

  /// The rule that a file says.
  ///
  /// - Throws: a fault with line and key.
  init(_ settings: RuleSettings) throws(SettingsFault) {
    let condition: Condition
    do throws(CESQLError) {
      condition = try Condition(settings.when.value)
    } catch {
      throw settings.when.fault("\(error)")
    }
    var span = Span.zero
    if let written = settings.holdsFor {
      guard case .afterStart(let known)? = TimeReference(written.value) else {
        throw written.fault("is no time: write it as 90, \"90s\", \"2m\" or \"1h30m\"")
      }
      span = known
    }
    self.init(
      name: settings.name.value, when: condition, holdsFor: span, severity: settings.severity,
      text: settings.text)
  }

  /// The world its facts are of; the stream's, which concerns both, when they are of more than one.
  package var world: World {
    let groups = Set(when.facts.map { String($0.name.prefix { $0 != "." }) })
    if groups.isSubset(of: ["kds", "tables", "presence", "voice"]) { return .kitchen }
    if groups.isSubset(of: ["agents", "tasks", "evidence", "mandates"]) { return .agents }
    return .stream
  }
}

/// The rules of a file.
package struct RuleBook: Sendable {
  /// The rules, in the order they are written.
  package let rules: [AlertRule]

  /// A book of rules.
  package init(_ rules: [AlertRule]) {
    self.rules = rules
  }

  /// What a file says as far as it can be understood, and every fault, in the order of the lines.
  package static func read(_ document: [UInt8]) -> (book: RuleBook, faults: [SettingsFault]) {
    let reading = Settings.readRules(document)
    let (book, faults) = compile(reading.settings.rules)
    return (book, (reading.faults + faults).sorted { $0.line < $1.line })
  }

  /// The rules that settings hold, and what is wrong with them.
  package static func compile(
    _ settings: [RuleSettings]
  ) -> (book: RuleBook, faults: [SettingsFault]) {
    var rules: [AlertRule] = []
    var faults: [SettingsFault] = []
    for rule in settings {
      do throws(SettingsFault) {
        rules.append(try AlertRule(rule))
      } catch {
        faults.append(error)
      }
    }
    return (RuleBook(rules), faults)
  }
}
