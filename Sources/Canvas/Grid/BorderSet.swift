/// The glyphs of a frame.
package struct BorderSet: Hashable, Sendable {
  package var horizontal: Character
  package var vertical: Character
  package var topLeft: Character
  package var topRight: Character
  package var bottomLeft: Character
  package var bottomRight: Character

  /// `corners`: top left, top right, bottom left, bottom right.
  package init(horizontal: Character, vertical: Character, corners: [Character]) {
    func corner(_ index: Int) -> Character { index < corners.count ? corners[index] : "+" }
    self.horizontal = horizontal
    self.vertical = vertical
    topLeft = corner(0)
    topRight = corner(1)
    bottomLeft = corner(2)
    bottomRight = corner(3)
  }

  package static let rounded = BorderSet(
    horizontal: "─", vertical: "│", corners: ["╭", "╮", "╰", "╯"])
  package static let square = BorderSet(
    horizontal: "─", vertical: "│", corners: ["┌", "┐", "└", "┘"])
  package static let heavy = BorderSet(
    horizontal: "━", vertical: "┃", corners: ["┏", "┓", "┗", "┛"])
  package static let ascii = BorderSet(
    horizontal: "-", vertical: "|", corners: ["+", "+", "+", "+"])
}
