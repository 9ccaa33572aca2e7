import Locking
import NIOHTTP1

/// What the polls of a source remember from one to the next, and over reconnections: without it,
/// what came meanwhile would be missed or come twice.
final class PollMemory: Sendable {
  /// What lets a server answer that nothing changed, or give what follows, for the one address it
  /// was said about (RFC 9110 section 8.8).
  struct Validators: Hashable, Sendable {
    var address: HTTPAddress
    var entityTag: String?
    var lastModified: String?
  }

  private struct State {
    var validators: Validators?
    var cursor = ""
  }

  private let state = Mutex(State())

  /// The position that the last poll of a hub told, empty when it is not to be trusted.
  var cursor: String {
    get { state.withLock { $0.cursor } }
    set { state.withLock { $0.cursor = newValue } }
  }

  /// The validators as a text for people, nil where there are none.
  var position: String? {
    guard let known = state.withLock({ $0.validators }) else { return nil }
    let parts = [known.lastModified, known.entityTag].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// The conditions of the next request to an address.
  func conditions(for address: HTTPAddress) -> HTTPHeaders {
    guard let known = known(address) else { return [:] }
    var headers = HTTPHeaders()
    if let tag = known.entityTag { headers.add(name: "If-None-Match", value: tag) }
    if let date = known.lastModified { headers.add(name: "If-Modified-Since", value: date) }
    return headers
  }

  /// Keeps what an answer said about itself, once it was delivered.
  func keep(_ headers: HTTPHeaders, from address: HTTPAddress) {
    let known = known(address)
    let validators = Validators(
      address: address, entityTag: headers.first(name: "ETag") ?? known?.entityTag,
      lastModified: headers.first(name: "Last-Modified") ?? known?.lastModified)
    state.withLock { $0.validators = validators }
  }

  private func known(_ address: HTTPAddress) -> Validators? {
    let validators = state.withLock { $0.validators }
    return validators?.address == address ? validators : nil
  }
}
