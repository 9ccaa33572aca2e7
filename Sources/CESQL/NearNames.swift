/// Finds what somebody may have meant by a name that is not known.
package enum NearNames {
  /// At most three known names that differ from a name by few letters, the nearest first.
  package static func nearest(to name: String, in known: [String]) -> [String] {
    let limit = max(1, min(3, name.utf8.count / 3))
    return known.enumerated()
      .map {
        (name: $1, distance: distance(Array(name.utf8.prefix(64)), Array($1.utf8)), place: $0)
      }
      .filter { $0.distance <= limit || isPart(name, of: $0.name) }
      .sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }
      .prefix(3).map(\.name)
  }

  /// The end of a sentence that names them; empty for none.
  package static func advice(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    let others = names.dropLast().joined(separator: ", ")
    return "; did you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
  }

  /// Whether it is a whole part of a dotted name.
  private static func isPart(_ name: String, of known: String) -> Bool {
    known.split(separator: ".").dropFirst().contains { $0 == name }
  }

  /// How many letters are to be added, left out or replaced to make one of the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (place, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
