extension Settings {
  /// Most sources in a file.
  package static let maximumSources = 256
  /// Most alert rules in a file.
  package static let maximumRules = 256

  /// What reading a file came to: what it says as far as it can be understood, and every fault.
  package struct Reading: Equatable, Sendable {
    /// What it says.
    package var settings = Settings()
    /// What is wrong, in the order of the lines.
    package var faults: [SettingsFault] = []
  }

  /// Reads the bytes of a file. Where it is no TOML, that is the one fault.
  package static func read(_ document: [UInt8]) -> Reading {
    var reading = Reading()
    do throws(SettingsFault) {
      let table = try TOMLReader.read(document)
      for entry in table.entries { reading.take(entry) }
    } catch {
      reading.faults.append(error)
    }
    reading.faults.sort { $0.line < $1.line }
    return reading
  }

  /// Reads the bytes of a file of alert rules, which has nothing else in it.
  package static func readRules(_ document: [UInt8]) -> Reading {
    var reading = Reading()
    do throws(SettingsFault) {
      for entry in try TOMLReader.read(document).entries {
        if entry.key == "rule", case .tables(let tables) = entry.value.kind {
          reading.takeRules(tables)
        } else {
          reading.faults.append(
            SettingsFault(
              line: entry.line, key: entry.key, "does not belong in a file of rules: [[rule]] does")
          )
        }
      }
    } catch {
      reading.faults.append(error)
    }
    reading.faults.sort { $0.line < $1.line }
    return reading
  }
}

extension Settings.Reading {
  fileprivate mutating func take(_ entry: TOMLTable.Entry) {
    switch (entry.key, entry.value.kind) {
    case ("theme", .string(let name)): settings.theme = located(name, entry)
    case ("workspace", .string(let name)): settings.workspace = located(name, entry)
    case ("language", .string(let name)): settings.language = located(name, entry)
    case ("theme", _), ("workspace", _), ("language", _): add(entry, "must be a text in quotes")
    case ("recording", .table(let table)):
      settings.recording = RecordingSettings(table, &faults)
    case ("recording", _): add(entry, "is written [recording], with its keys below")
    case ("redaction", .table(let table)):
      settings.redaction = RedactionSettings(table, &faults)
    case ("redaction", _): add(entry, "is written [redaction], with its keys below")
    case ("source", .tables(let tables)): takeSources(tables)
    case ("source", _): add(entry, "is written [[source]], once for each source")
    case ("rule", .tables(let tables)): takeRules(tables)
    case ("rule", _): add(entry, "is written [[rule]], once for each rule")
    default:
      add(
        entry,
        "is not known: theme, workspace, language, [recording], [redaction], [[source]] "
          + "and [[rule]] are")
    }
  }

  private mutating func takeSources(_ tables: [TOMLTable]) {
    for table in tables.prefix(Settings.maximumSources) {
      var reader = SourceReader(table)
      let source = reader.source()
      faults += reader.faults
      guard let source else { continue }
      if settings.sources.contains(where: { $0.name.value == source.name.value }) {
        faults.append(source.name.fault("is the name of another source too: give each its own"))
      }
      settings.sources.append(source)
    }
    if let excess = tables.dropFirst(Settings.maximumSources).first {
      faults.append(
        SettingsFault(
          line: excess.line, key: "source", "is one too many: at most \(Settings.maximumSources)"))
    }
  }

  /// Takes the rules of the file; each has a name of its own.
  fileprivate mutating func takeRules(_ tables: [TOMLTable]) {
    for table in tables.prefix(Settings.maximumRules) {
      var reader = RuleReader(table)
      let rule = reader.rule()
      faults += reader.faults
      guard let rule else { continue }
      if settings.rules.contains(where: { $0.name.value == rule.name.value }) {
        faults.append(rule.name.fault("is the name of another rule too: give each its own"))
      }
      settings.rules.append(rule)
    }
    if let excess = tables.dropFirst(Settings.maximumRules).first {
      faults.append(
        SettingsFault(
          line: excess.line, key: "rule", "is one too many: at most \(Settings.maximumRules)"))
    }
  }

  private func located(_ value: String, _ entry: TOMLTable.Entry) -> Located<String> {
    Located(value: value, line: entry.line, key: entry.key)
  }

  private mutating func add(_ entry: TOMLTable.Entry, _ message: String) {
    faults.append(SettingsFault(line: entry.line, key: entry.key, message))
  }
}
