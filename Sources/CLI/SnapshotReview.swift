import ArgumentParser
import Engine
import Glibc

/// `podium snapshot review DIR`
struct SnapshotReview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Judge the pictures that differ from their goldens, one by one.",
    discussion: """
      Goes through the files ending in .actual that a failed check left in a folder and below. \
      Accepting puts the picture in the golden's place, rejecting removes it, skipping leaves \
      both. What is decided is done at once.
      """,
    helpNames: [.short, .long])

  @Argument(help: "The folder of the goldens.")
  var folder: String

  @Option(
    help: ArgumentHelp("Where the pictures are, if not beside the goldens.", valueName: "DIR"))
  var actual: String?

  @Flag(help: "List what waits, with a few words each, and change nothing.")
  var list = false

  @Flag(help: "Put every picture in its golden's place.")
  var acceptAll = false

  @Flag(help: "Remove every picture and leave the goldens.")
  var rejectAll = false

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    guard [list, acceptAll, rejectAll].filter(\.self).count <= 1 else {
      throw ValidationError("--list, --accept-all and --reject-all exclude each other")
    }
  }

  func run() async throws {
    let items: [ReviewItem]
    do throws(FileError) {
      items = try ReviewItem.pending(in: folder, actuals: actual)
    } catch {
      throw Failure(error)
    }
    guard !items.isEmpty else {
      print("nothing in \(actual ?? folder) waits to be judged")
      return
    }
    if list { return try printList(items) }
    if acceptAll {
      return try judge(items, \.accepted) { item throws(FileError) in try item.accept() }
    }
    if rejectAll {
      return try judge(items, \.rejected) { item throws(FileError) in try item.reject() }
    }
    guard isatty(STDOUT_FILENO) == 1 else {
      throw Failure(.usage, "review needs a terminal: add --list, --accept-all or --reject-all")
    }
    let report = try await MainActor.run { () -> ReviewReport? in
      let display = try TerminalDisplay(drawing)
      defer { display.restore() }
      var review = Review(of: items, on: display)
      let report = review.run()
      return review.wasInterrupted ? nil : report
    }
    if let report { print(report.text) }
  }

  private func printList(_ items: [ReviewItem]) throws {
    var firstFailure: FileError?
    for item in items {
      do throws(FileError) {
        print("\(item.name)  \(try item.load().summary)")
      } catch {
        print("\(item.name)  the picture cannot be read: \(error)")
        firstFailure = firstFailure ?? error
      }
    }
    if let firstFailure { throw Failure(firstFailure) }
  }

  /// Judges every item alike; what cannot be is told and left.
  private func judge(
    _ items: [ReviewItem], _ list: WritableKeyPath<ReviewReport, [String]>,
    _ act: (ReviewItem) throws(FileError) -> Void
  ) throws {
    var report = ReviewReport()
    var firstFailure: FileError?
    for item in items {
      do throws(FileError) {
        try act(item)
        report[keyPath: list].append(item.name)
      } catch {
        report.left.append(item.name)
        firstFailure = firstFailure ?? error
      }
    }
    print(report.text)
    if let firstFailure { throw Failure(firstFailure) }
  }
}
