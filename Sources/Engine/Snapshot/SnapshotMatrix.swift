package import Themes

/// Many cases in one line: `size=80x24,120x40 theme=dark,light at=0:30,end` are eight.
package struct SnapshotMatrix: Equatable, Sendable {
  /// The axes in the order of names, each with its values as they were written.
  private let axes: [(axis: SnapshotAxis, values: [String])]

  /// The most cases of a run, and the longest side of a picture.
  package static let (maximumCases, maximumSide) = (1_000, 1_000)

  package static func == (one: SnapshotMatrix, other: SnapshotMatrix) -> Bool {
    one.axes.elementsEqual(other.axes) { $0.axis == $1.axis && $0.values == $1.values }
  }

  /// Reads axes with blanks between them, and the values of each with commas between them. An empty
  /// text has one case.
  package init(_ text: String) throws(SnapshotMatrixError) {
    var known: [SnapshotAxis: [String]] = [:]
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard let equals = word.firstIndex(of: "=") else {
        throw SnapshotMatrixError("\"\(word)\" is no axis with values, such as size=80x24,120x40")
      }
      let name = String(word[..<equals])
      guard let axis = SnapshotAxis(rawValue: name) else {
        let names = SnapshotAxis.allCases.map(\.rawValue).joined(separator: ", ")
        throw SnapshotMatrixError("\"\(name)\" is no axis; there are \(names)")
      }
      let values = word[word.index(after: equals)...]
        .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !values.contains("") else {
        throw SnapshotMatrixError("a value is missing in \"\(word)\"")
      }
      guard Set(values).count == values.count else {
        throw SnapshotMatrixError("a value is named twice in \"\(word)\"")
      }
      guard known.updateValue(values, forKey: axis) == nil else {
        throw SnapshotMatrixError("the axis \"\(name)\" is named twice")
      }
    }
    axes = SnapshotAxis.allCases.compactMap { axis in known[axis].map { (axis, $0) } }
    _ = try count()
  }

  /// The cases of several matrices over several tapes.
  package static func cases(
    of lines: [String], tapes: [String], _ view: SnapshotView, themes: (String) throws -> Theme
  ) throws -> [SnapshotCase] {
    var cases: [SnapshotCase] = []
    var names: Set<String> = []
    for matrix in try lines.map({ try SnapshotMatrix($0) }) {
      for tape in tapes { cases += try matrix.cases(ofTapeAt: tape, view, themes: themes) }
      guard cases.count <= maximumCases else { throw SnapshotMatrixError.tooMany }
    }
    for shown in cases where !names.insert(shown.name).inserted {
      throw SnapshotMatrixError("two cases are called \(shown.name)")
    }
    return cases
  }

  /// How many cases there are a tape.
  private func count() throws(SnapshotMatrixError) -> Int {
    var count = 1
    for axis in axes {
      count *= axis.values.count
      guard count <= Self.maximumCases else {
        throw SnapshotMatrixError.tooMany
      }
    }
    return count
  }

  /// Every case of a tape, named `tape.axis-values`, in an order that its text fixes. What no axis
  /// says is as in `view`.
  ///
  /// `themes` finds a theme by name; what it throws is thrown on.
  package func cases(
    ofTapeAt path: String, _ view: SnapshotView, themes: (String) throws -> Theme
  ) throws -> [SnapshotCase] {
    var cases = [SnapshotCase(name: SnapshotCase.word(ofTape: path), tape: path, view: view)]
    for (axis, values) in axes {
      cases = try cases.flatMap { begun in
        try values.map { value in
          var next = begun
          do {
            let word = try axis.set(value, in: &next.view, themes: themes)
            next.name += "." + SnapshotCase.fileWord(word)
          } catch let error as SnapshotMatrixError {
            throw SnapshotMatrixError("\(axis.rawValue)=\(value): \(error.description)")
          }
          return next
        }
      }
    }
    for shown in cases { try shown.checkFocus() }
    return cases
  }
}
