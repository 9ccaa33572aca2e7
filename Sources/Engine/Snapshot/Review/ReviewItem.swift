package import Canvas
import Glibc

/// A picture that waits to be judged.
package struct ReviewItem: Equatable, Sendable {
  /// What it is called: the golden's path inside the folder under review.
  package let name: String
  /// The golden, which need not exist yet.
  package let golden: String
  /// The picture as it was drawn.
  package let actual: String

  /// What waits in a folder: in `actuals`, whose goldens are in `folder`, or beside the goldens.
  package static func pending(
    in folder: String, actuals: String? = nil
  ) throws(FileError) -> [ReviewItem] {
    let found = actuals ?? folder
    return try GoldenFolder(found).pending().map { path in
      let name = String(path.dropLast(GoldenFolder.actualEnding.count))
      return ReviewItem(name: name, golden: "\(folder)/\(name)", actual: "\(found)/\(path)")
    }
  }

  /// Both pictures.
  package func load() throws(FileError) -> ReviewPictures {
    let actual = try picture()
    do throws(FileError) {
      return ReviewPictures(actual: actual.grid, expected: try GoldenFile.read(golden)?.grid)
    } catch {
      return ReviewPictures(actual: actual.grid, expected: nil, problem: error.description)
    }
  }

  /// Makes the picture the golden.
  package func accept() throws(FileError) {
    // Read and written, not moved: noise is never put in place, and the folders may be on two disks.
    try GoldenFile.write(try picture(), to: golden)
    try GoldenFile.remove(actual)
  }

  private func picture() throws(FileError) -> Golden {
    guard let picture = try GoldenFile.read(actual) else {
      throw FileError("open", actual, code: ENOENT)
    }
    return picture
  }

  /// Leaves the golden as it is and removes the picture.
  package func reject() throws(FileError) {
    try GoldenFile.remove(actual)
  }
}

/// The two pictures of an item.
package struct ReviewPictures: Sendable {
  /// As it was drawn.
  package let actual: Grid
  /// As it was kept; nil where there is none that can be read.
  package let expected: Grid?
  /// Why it cannot be read.
  package var problem: String?

  /// How they differ; nil where there is nothing to compare with.
  package var comparison: GridComparison? {
    expected.map { GridComparison(expected: $0, actual: actual) }
  }

  /// In a few words.
  package var summary: String {
    if let problem { return "the golden cannot be read: \(problem)" }
    return comparison?.summary ?? "new: there is no golden yet"
  }
}
