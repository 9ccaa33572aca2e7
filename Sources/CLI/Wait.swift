import ArgumentParser
import Domain

/// A length of time that a person types: 90, 1.5, 60s, 2m, 1h30m or 1:30.
struct Wait: ExpressibleByArgument {
  let span: Span

  init?(argument: String) {
    guard case .afterStart(let span)? = TimeReference(argument), span > .zero else { return nil }
    self.span = span
  }
}
