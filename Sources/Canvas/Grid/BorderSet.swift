/// The glyphs of a frame.
package struct BorderSet: Hashable, Sendable {
  /// The top and bottom sides.
  package var horizontal: Character
  /// The left and right sides.
  package var vertical: Character
  /// The top left corner.
  package var topLeft: Character
  /// The top right corner.
  package var topRight: Character
  /// The bottom left corner.
  package var bottomLeft: Character
  /// The bottom right corner.
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

  /// Light lines with round corners.
  package static let rounded = BorderSet(
    horizontal: "─", vertical: "│", corners: ["╭", "╮", "╰", "╯"])
  /// Light lines.
  package static let square = BorderSet(
    horizontal: "─", vertical: "│", corners: ["┌", "┐", "└", "┘"])
  /// Heavy lines.
  package static let heavy = BorderSet(
    horizontal: "━", vertical: "┃", corners: ["┏", "┓", "┗", "┛"])
  /// What any terminal can show.
  package static let ascii = BorderSet(
    horizontal: "-", vertical: "|", corners: ["+", "+", "+", "+"])
}
