/// Reads one `[[source]]`, collecting what is wrong with it.
struct SourceReader {
  private var table: TableReader

  private static let keys = [
    "name", "url", "headers", "token_env", "token_file", "token_command", "ca",
    "client_certificate", "client_key", "pins", "max_rate",
  ]

  init(_ table: TOMLTable) {
    self.table = TableReader(table, named: "source", keys: Self.keys)
  }

  var faults: [SettingsFault] { table.faults }

  /// The source; nil when it lacks a name or an address.
  mutating func source() -> SourceSettings? {
    let (name, url) = (table.required("name"), table.required("url"))
    let token = token()
    let headers = headers()
    let pins = pins()
    let rate = rate()
    let files = ["ca", "client_certificate", "client_key"].map { table.text($0) }
    guard let name, let url else { return nil }
    if name.value.contains("/") || name.value == "-" {
      table.add(name.fault("must be a name: without a slash, and not -"))
    }
    return SourceSettings(
      name: name, url: url, headers: headers, token: token, authorities: files[0],
      clientCertificate: files[1], clientKey: files[2], pins: pins, maxRate: rate)
  }

  private mutating func token() -> SourceSettings.Token? {
    var tokens: [SourceSettings.Token] = []
    if let name = table.text("token_env") { tokens.append(.variable(name)) }
    if let path = table.text("token_file") { tokens.append(.file(path)) }
    if let command = table.text("token_command") { tokens.append(.command(command)) }
    if tokens.count > 1 {
      table.add(
        table.line, "token_env", "give one of token_env, token_file and token_command alone")
    }
    return tokens.first
  }

  private mutating func headers() -> [SourceSettings.Header] {
    guard let value = table["headers"] else { return [] }
    guard case .table(let headers) = value.kind else {
      table.add(value.line, "headers", "is written { Name = \"value\", … }")
      return []
    }
    var read: [SourceSettings.Header] = []
    for entry in headers.entries {
      let key = "headers.\(entry.key)"
      guard case .string(let text) = entry.value.kind else {
        table.add(entry.line, key, "must be a text in quotes")
        continue
      }
      read.append(.init(name: entry.key, value: table.located(text, entry.value.line, key)))
    }
    return read
  }

  private mutating func pins() -> [Located<String>] {
    guard let value = table["pins"] else { return [] }
    guard case .array(let items) = value.kind else {
      table.add(value.line, "pins", "is a list: [\"sha256/…\"]")
      return []
    }
    var pins: [Located<String>] = []
    for item in items {
      if case .string(let text) = item.kind {
        pins.append(table.located(text, item.line, "pins"))
      } else {
        table.add(item.line, "pins", "must hold texts in quotes")
      }
    }
    return pins
  }

  private mutating func rate() -> Double? {
    guard let value = table["max_rate"] else { return nil }
    let rate: Double? =
      switch value.kind {
      case .integer(let number): Double(number)
      case .float(let number): number
      default: nil
      }
    guard let rate, rate >= 0.1, rate <= 10_000_000 else {
      table.add(value.line, "max_rate", "must be a number of events a second, from 0.1 to 10000000")
      return nil
    }
    return rate
  }
}
