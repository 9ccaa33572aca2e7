package import Canvas

/// Where the golden of a case is, and where its picture goes when it differs.
package struct GoldenPlace: Sendable {
  package let golden: String
  package let actual: String

  /// `actuals`: the folder for pictures that differ; nil: beside the golden.
  package init(golden: String, actuals: String?) {
    let name = golden.split(separator: "/").last.map(String.init) ?? golden
    self.golden = golden
    actual = (actuals.map { "\($0)/\(name)" } ?? golden) + GoldenFolder.actualEnding
  }
}

/// What became of a case.
package enum GoldenOutcome: Sendable {
  case equal
  /// In a few words, and in full.
  case differs(summary: String, difference: String)
  case missing
  /// The golden cannot be compared, and is left as it is.
  case unusable(FileError)
  /// Written for the first time.
  case written
  /// Written in place of one that differed.
  case rewritten(summary: String)
}

/// Why a golden could not be written.
package struct GoldenWriteError: Error {
  package let cause: FileError
}

/// A case and what became of it.
package struct GoldenResult: Sendable {
  package let name: String
  package let place: GoldenPlace
  package let outcome: GoldenOutcome
  /// Why the picture could not be kept for review, where it should have been.
  package let actualProblem: FileError?
}

/// Compares the pictures of cases with their goldens, or writes them.
package struct GoldenRun {
  /// Whether goldens are written.
  package let updates: Bool
  private let place: (SnapshotCase) -> GoldenPlace
  private let describe: (GridComparison, SnapshotView) -> String
  /// The tapes that end in the middle of a line.
  package private(set) var cutOffTapes: Set<String> = []

  /// `place` says where a case's golden is; `describe` tells a difference of a view in full.
  package init(
    updates: Bool, place: @escaping (SnapshotCase) -> GoldenPlace,
    describe: @escaping (GridComparison, SnapshotView) -> String
  ) {
    self.updates = updates
    self.place = place
    self.describe = describe
  }

  /// The results in the order of the cases. The session of a moment is made once for all its cases.
  ///
  /// Throws a `FileError` when a tape cannot be read, a `GoldenWriteError` when a golden cannot be
  /// written.
  package mutating func run(_ cases: [SnapshotCase]) throws -> [GoldenResult] {
    var results: [GoldenResult?] = Array(repeating: nil, count: cases.count)
    try Session.sessions(of: cases) { session, isCutOff, numbers in
      for number in numbers {
        if isCutOff { cutOffTapes.insert(cases[number].tape) }
        results[number] = try result(of: cases[number], session)
      }
    }
    return results.compactMap(\.self)
  }

  private func result(of shown: SnapshotCase, _ session: Session) throws -> GoldenResult {
    let picture = Golden(name: shown.name, grid: shown.view.draw(session))
    let place = place(shown)
    let outcome = try outcome(of: picture, shown.view, place)
    return GoldenResult(
      name: shown.name, place: place, outcome: outcome,
      actualProblem: keep(picture, place, outcome))
  }

  private func outcome(
    of picture: Golden, _ view: SnapshotView, _ place: GoldenPlace
  ) throws -> GoldenOutcome {
    let golden: Golden?
    do throws(FileError) {
      golden = try GoldenFile.read(place.golden)
    } catch {
      return .unusable(error)
    }
    guard let golden else {
      guard updates else { return .missing }
      try write(picture, to: place.golden)
      return .written
    }
    let comparison = GridComparison(expected: golden.grid, actual: picture.grid)
    if comparison.isEqual { return .equal }
    if updates {
      try write(picture, to: place.golden)
      return .rewritten(summary: comparison.summary)
    }
    guard golden.grid.size == picture.grid.size else {
      return .unusable(
        FileError(
          "\(place.golden):1",
          problem: "the golden is \(golden.grid.size) and the picture \(picture.grid.size):"
            + " name the size with --size, or write the golden anew with --update"))
    }
    return .differs(summary: comparison.summary, difference: describe(comparison, view))
  }

  private func write(_ picture: Golden, to path: String) throws {
    do throws(FileError) {
      try GoldenFile.write(picture, to: path)
    } catch {
      throw GoldenWriteError(cause: error)
    }
  }

  /// Keeps the picture for review where it is not what was kept, and removes one of before where it
  /// is; returns why that failed.
  private func keep(
    _ picture: Golden, _ place: GoldenPlace, _ outcome: GoldenOutcome
  ) -> FileError? {
    do throws(FileError) {
      switch outcome {
      case .differs, .missing, .unusable: try GoldenFile.write(picture, to: place.actual)
      case .equal, .written, .rewritten:
        if GoldenFile.isGolden(place.actual) { try GoldenFile.remove(place.actual) }
      }
      return nil
    } catch {
      return error
    }
  }
}
