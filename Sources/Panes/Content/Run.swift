package import Canvas
package import Themes

/// A stretch of text in one role.
package struct Run: Hashable, Sendable {
  package var text: String
  package var role: Role
  package var attributes: Attributes

  /// A stretch of text.
  package init(_ text: String, _ role: Role = .text, _ attributes: Attributes = []) {
    self.text = text
    self.role = role
    self.attributes = attributes
  }
}

/// One line of a pane.
package struct Line: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The line from the left.
  package var runs: [Run]
  /// What stands at its right end, if anything.
  package var trailing: [Run]

  /// A line with something at its right end.
  package init(_ runs: [Run], trailing: [Run] = []) {
    self.runs = runs
    self.trailing = trailing
  }

  package init(arrayLiteral elements: Run...) {
    self.init(elements)
  }

  /// A line in one role.
  package init(_ text: String, _ role: Role = .text) {
    self.init([Run(text, role)])
  }

  /// An empty line.
  package static let blank = Line([])
}
