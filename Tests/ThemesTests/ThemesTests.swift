import Canvas
import Foundation
import TestSupport
import Testing
import Themes

@Suite("the themes of the program")
struct BuiltInThemeTests {
  @Test("the list of themes is the folder of themes")
  func list() {
    #expect(
      Theme.builtInNames.map { "\($0).theme" }.sorted() == Repository.files(in: Repository.themes))
  }

  @Test("what is built in is what the file says", arguments: Theme.builtInNames)
  func bytes(_ name: String) throws {
    let file = Repository.themes.appending(path: "\(name).theme")
    let built = Theme.builtInFiles.first { $0.name == name }?.bytes
    #expect(try Array(Data(contentsOf: file)) == built)
  }

  @Test("every theme can be used", arguments: Theme.builtInNames)
  func parses(_ name: String) throws {
    #expect(try Theme.builtIn(name).name == name)
  }

  @Test("an unknown name is answered with the known ones")
  func unknown() {
    let error = #expect(throws: ThemeError.self) { try Theme.builtIn("solar") }
    #expect(
      error?.description
        == "theme solar: there is no such theme; the themes are dark, light, terminal")
  }
}

@Suite("text in the themes can be read")
struct ContrastTests {
  /// WCAG 2.2 success criterion 1.4.3, level AA.
  private static let enough = 4.5
  private static let read: [Role] = [
    .text, .muted, .accent, .ok, .warn, .critical, .info, .special,
  ]

  @Test("what is read has a contrast of 4.5 on every surface", arguments: ["dark", "light"], read)
  func surfaces(_ name: String, _ role: Role) throws {
    let theme = try Theme.builtIn(name)
    for background in [Role.background, .surface, .panel] {
      let ratio = theme.color(role).contrastRatio(with: theme.color(background)) ?? 0
      #expect(ratio >= Self.enough, "\(role) on \(background) of \(name): \(ratio)")
    }
  }

  @Test("what is read has a contrast of 4.5 under the cursor", arguments: ["dark", "light"], read)
  func selection(_ name: String, _ role: Role) throws {
    let theme = try Theme.builtIn(name)
    let ratio = theme.color(role).contrastRatio(with: theme.color(.selection)) ?? 0
    #expect(ratio >= Self.enough, "\(role) on selection of \(name): \(ratio)")
  }

  @Test("what may be overlooked can still be made out", arguments: ["dark", "light"])
  func faint(_ name: String) throws {
    let theme = try Theme.builtIn(name)
    let ratio = theme.color(.faint).contrastRatio(with: theme.color(.surface)) ?? 0
    #expect(ratio >= 3, "faint on surface of \(name): \(ratio)")
  }

  @Test("without colours the roles that matter differ by attributes")
  func mono() throws {
    let theme = try Theme.builtIn("dark").resolved(for: .mono)
    #expect(theme.style(.critical).attributes == [.bold, .reverse])
    #expect(theme.style(.warn).attributes == .bold)
    #expect(theme.style(.muted).attributes == .dim)
    #expect(theme.style(.text, on: .selection).attributes == .reverse)
    #expect(theme.style(.text).foreground == .terminalDefault)
  }
}
