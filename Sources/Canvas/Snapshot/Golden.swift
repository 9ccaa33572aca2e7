/// A picture that is kept to compare others with, and what it is a picture of.
package struct Golden: Equatable, Sendable {
  /// The case, one line; empty where the file does not say (version 1).
  package var name: String
  /// The picture.
  package var grid: Grid

  /// A picture and its case.
  package init(name: String, grid: Grid) {
    self.name = name
    self.grid = grid
  }
}
