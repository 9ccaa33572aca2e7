import Testing

@testable import Settings

@Suite("Settings")
struct SettingsTests {
  @Test("a file says the defaults and the sources")
  func whole() throws {
    let reading = read(
      """
      theme = "paper"
      workspace = "kitchen"
      language = "ar"

      [[source]]
      name = "a"
      url = "https://a.example/"
      headers = { X-Tenant = "7" }
      token_command = "pass show a"
      ca = "/ca.pem"
      client_certificate = "/c.pem"
      client_key = "/c.key"
      pins = ["sha256/x", "sha256/y"]
      max_rate = 2.5

      [[source]]
      name = "b"
      url = "b.ndjson"
      """)
    #expect(reading.faults.isEmpty)
    #expect(reading.settings.theme?.value == "paper")
    #expect(reading.settings.workspace?.value == "kitchen")
    #expect(reading.settings.language?.value == "ar")
    let source = try #require(reading.settings.sources.first)
    #expect(source.name == Located(value: "a", line: 6, key: "source.name"))
    #expect(source.url.value == "https://a.example/")
    #expect(source.headers.map(\.name) == ["X-Tenant"])
    #expect(source.headers.map(\.value.value) == ["7"])
    #expect(
      source.token
        == .command(Located(value: "pass show a", line: 9, key: "source.token_command")))
    #expect(source.authorities?.value == "/ca.pem" && source.clientKey?.value == "/c.key")
    #expect(source.pins.map(\.value) == ["sha256/x", "sha256/y"] && source.maxRate == 2.5)
    #expect(reading.settings.sources.map(\.name.value) == ["a", "b"])
  }

  @Test("every fault is told with its line and key, and what is right is kept")
  func faults() {
    let reading = read(
      """
      theme = 5
      colour = "red"
      [[source]]
      name = "a"
      token = "secret"
      token_env = "A"
      token_file = "b"
      max_rate = 0
      pins = "sha256/x"
      [[source]]
      name = "a"
      url = "https://a.example/"
      [[source]]
      name = "a"
      url = "https://b.example/"
      headers = { X = 1 }
      """)
    #expect(
      reading.faults.map(\.description) == [
        "line 1: theme: must be a text in quotes",
        "line 2: colour: is not known: theme, workspace, language, [recording], [redaction], "
          + "[[source]] and [[rule]] are",
        "line 3: source.url: is missing from this source",
        "line 3: source.token_env: give one of token_env, token_file and token_command alone",
        "line 5: source.token: is not known: name, url, headers, token_env, token_file, "
          + "token_command, ca, client_certificate, client_key, pins, max_rate are",
        "line 8: source.max_rate: must be a number of events a second, from 0.1 to 10000000",
        "line 9: source.pins: is a list: [\"sha256/…\"]",
        "line 14: source.name: is the name of another source too: give each its own",
        "line 16: source.headers.X: must be a text in quotes",
      ])
    #expect(
      reading.settings.sources.map(\.url.value) == ["https://a.example/", "https://b.example/"])
  }

  @Test("the tapes of live runs have bounds, each key of which is checked")
  func recording() {
    let whole = read(
      "[recording]\nenabled = false\nfolder = \"/t\"\nsegment_mib = 1\ntotal_mib = 2\ndays = 3")
    #expect(whole.faults.isEmpty)
    #expect(!whole.settings.recording.isEnabled)
    #expect(whole.settings.recording.folder?.value == "/t")
    #expect(whole.settings.recording.segmentMiB == 1)
    #expect(whole.settings.recording.totalMiB == 2)
    #expect(whole.settings.recording.days == 3)
    let wrong = read(
      "[recording]\nenabled = 1\nfolder = \"t\"\nsegment_mib = 0\ntotal_mib = 1.5\ndays = -1\nx = 1"
    )
    #expect(
      wrong.faults.map(\.description) == [
        "line 2: recording.enabled: must be true or false",
        "line 3: recording.folder: must be a path in quotes that begins with /",
        "line 4: recording.segment_mib: must be a whole number from 1 to 4096",
        "line 5: recording.total_mib: must be a whole number from 1 to 1048576",
        "line 6: recording.days: must be a whole number from 1 to 3650",
        "line 7: recording.x: is not known: enabled, folder, segment_mib, total_mib, days are",
      ])
    #expect(read("recording = 1").faults.map(\.key) == ["recording"])
  }

  @Test("what is taken out of recordings can be told")
  func redaction() {
    let reading = read(
      """
      [redaction]
      role = "viewer"
      fields = ["member_id"]
      shapes = [{ prefix = "acme_", characters = "a-z", least = 9, name = "acme" }, { prefix = "xyz", characters = "0-9", least = 1 }]
      """)
    #expect(reading.faults.isEmpty)
    let redaction = reading.settings.redaction
    #expect(redaction.isEnabled)
    #expect(redaction.role == Located(value: "viewer", line: 2, key: "redaction.role"))
    #expect(redaction.fields.map(\.value) == ["member_id"])
    #expect(redaction.shapes.map(\.prefix.value) == ["acme_", "xyz"])
    #expect(redaction.shapes.map(\.name) == ["acme", "secret"])
    #expect(redaction.shapes.map(\.least) == [9, 1])
    #expect(!read("[redaction]\nenabled = false").settings.redaction.isEnabled)
  }

  @Test("what is wrong with redaction is told")
  func redactionFaults() {
    let reading = read(
      """
      [redaction]
      enabled = 1
      role = 2
      fields = ["ab", "abc"]
      shapes = [{ prefix = "ab", characters = "a-z", least = 9 }, { prefix = "abc", least = 1 }, { prefix = "abc", characters = "a", least = 0 }, { prefix = "abc", characters = "a", least = 1, name = "a b" }, 7]
      colour = "red"
      """)
    #expect(
      reading.faults.map(\.description) == [
        "line 2: redaction.enabled: must be true or false",
        "line 3: redaction.role: must be a text in quotes",
        "line 4: redaction.fields: must hold names in quotes of at least three characters",
        "line 5: redaction.shapes: needs a prefix in quotes of at least three characters",
        "line 5: redaction.shapes: needs characters in quotes: those that follow the prefix, such as A-Za-z0-9",
        "line 5: redaction.shapes: needs least: how many characters follow at least, from 1 to 4096",
        "line 5: redaction.shapes: has a name that is not letters, digits and dashes in quotes",
        "line 5: redaction.shapes: holds { prefix = \"acme_\", characters = \"A-Za-z0-9\", least = 20 }",
        "line 6: redaction.colour: is not known: enabled, role, fields, shapes are",
      ])
    #expect(reading.settings.redaction.fields.map(\.value) == ["abc"])
    #expect(read("redaction = 1").faults.map(\.key) == ["redaction"])
  }

  @Test("a file that is no TOML has one fault")
  func noTOML() {
    #expect(
      read("[[source]\nname = 1").faults.map(\.description) == ["line 1: a header lacks its ]"])
    #expect(read("source = 1").faults.map(\.key) == ["source"])
  }

  @Test("there are at most 256 sources")
  func many() {
    let sources = (0..<258).map { "[[source]]\nname = \"\($0)\"\nurl = \"-\"\n" }
    let reading = read(sources.joined())
    #expect(reading.settings.sources.count == 256)
    #expect(reading.faults.map(\.line) == [769])
  }

  @Test("the file that init writes says nothing, and says something once it is uncommented")
  func example() {
    #expect(read(Settings.example) == Settings.Reading())
    let active = Settings.example.split(separator: "\n", omittingEmptySubsequences: false)
      .map {
        $0.hasPrefix("# ") && ($0.contains(" = ") || $0.hasPrefix("# [")) ? $0.dropFirst(2) : $0
      }
      .filter { !$0.hasPrefix("One ") && !$0.hasPrefix("token_file") && !$0.hasPrefix("token_env") }
    let reading = read(active.joined(separator: "\n"))
    #expect(reading.faults.isEmpty)
    #expect(reading.settings.sources.map(\.name.value) == ["kitchen"])
    #expect(reading.settings.sources.first?.pins.count == 1)
    #expect(reading.settings.redaction.fields.count == 1)
  }

  private func read(_ text: String) -> Settings.Reading { Settings.read(Array(text.utf8)) }
}
