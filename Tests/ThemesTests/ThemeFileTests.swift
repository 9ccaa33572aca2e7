import Canvas
import Testing
import Themes

@Suite("a theme file")
struct ThemeFileTests {
  private static let whole = Role.allCases.map { "\($0.name) = #102030" }
    .joined(separator: "\n")

  private func failure(_ text: String) -> ThemeError? {
    do throws(ThemeError) {
      _ = try Theme(name: "mine", text: text)
      return nil
    } catch {
      return error
    }
  }

  @Test("may have comments, blank lines, tabs and CR LF line ends")
  func lenient() throws {
    let text =
      "# mine\r\n\r\n\tappearance\t=\tlight\r\n"
      + Self.whole.replacing("\n", with: "\r\n") + "\r\naccent = bright-blue\r\n"
    let theme = try Theme(name: "mine", text: text)
    #expect(theme.appearance == .light)
    #expect(theme.color(.text) == .rgb(0x10, 0x20, 0x30))
    #expect(theme.color(.accent) == .indexed(12))
  }

  @Test("without an equals sign names its line")
  func noAssignment() {
    #expect(
      failure("# a\n\ntext #102030")?.description
        == "theme mine line 3: expected \"role = colour\", found \"text #102030\"")
  }

  @Test("with an unknown role names its line and the roles")
  func unknownRole() {
    #expect(
      failure("text = red\nshadow = red")?.description
        == "theme mine line 2: unknown role \"shadow\"; the roles are background, surface, panel, "
        + "border, text, muted, faint, accent, selection, ok, warn, critical, info, special")
  }

  @Test("with a broken colour names its line", arguments: ["#12345", "#12345g", "reddish", "256"])
  func brokenColor(_ color: String) {
    #expect(
      failure("text = red\n\nok = \(color)")?.description
        == "theme mine line 3: \"\(color)\" is no colour; write #rrggbb, a terminal colour's name "
        + "or default")
  }

  @Test("with a broken appearance names its line")
  func brokenAppearance() {
    #expect(
      failure("appearance = dim")?.description
        == "theme mine line 1: appearance is \"dark\" or \"light\", not \"dim\"")
  }

  @Test("that leaves out a role names the role")
  func missingRole() {
    let text = Self.whole.split(separator: "\n").filter { !$0.hasPrefix("warn ") }
      .joined(separator: "\n")
    #expect(failure(text)?.description == "theme mine: the role \"warn\" is missing")
  }

  @Test("that is empty, binary or one endless line is refused")
  func garbage() {
    #expect(failure("")?.line == nil)
    #expect(failure("\u{0}\u{1}\u{FFFD}")?.line == 1)
    #expect(failure(String(repeating: "=", count: 100_000))?.line == 1)
  }
}
