/// The credential of one source in use: obtained when first needed, kept, and renewed at most once
/// for each refusal.
///
/// Requests that are refused at the same time share one renewal.
package actor Authorizer {
  private let credential: Credential?
  private let run: @Sendable (String) async throws(SecurityError) -> [UInt8]
  private var current: Result<String?, SecurityError>?
  private var inFlight: Task<Result<String?, SecurityError>, Never>?

  /// An authorizer over a credential; none is fine.
  package init(_ credential: Credential?) {
    self.init(credential, run: TokenCommand.run)
  }

  /// An authorizer whose commands are run by `run`, which returns what they printed.
  init(
    _ credential: Credential?,
    run: @escaping @Sendable (String) async throws(SecurityError) -> [UInt8]
  ) {
    self.credential = credential
    self.run = run
  }

  /// The value of the `Authorization` header, nil where there is none to send: a secret.
  ///
  /// - Throws: `SecurityError` when it cannot be had; the next call tries again.
  package func header() async throws -> String? {
    if case .success(let value)? = current { return value }
    return try await obtain().get()
  }

  /// Obtains the credential anew, since a server answered 401.
  ///
  /// - Returns: Whether there is another value to try with.
  package func renew() async -> Bool {
    switch credential {
    case nil, .fixed: return false
    case .tokenFile, .tokenCommand: break
    }
    let before = try? current?.get()
    guard let value = try? await obtain().get() else { return false }
    return value != before
  }

  private func obtain() async -> Result<String?, SecurityError> {
    if let inFlight { return await inFlight.value }
    let credential = credential
    let run = run
    let task = Task { () -> Result<String?, SecurityError> in
      do throws(SecurityError) {
        return .success(try await Self.value(of: credential, run: run))
      } catch {
        return .failure(error)
      }
    }
    inFlight = task
    let result = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    inFlight = nil
    current = result
    return result
  }

  private static func value(
    of credential: Credential?, run: @Sendable (String) async throws(SecurityError) -> [UInt8]
  ) async throws(SecurityError) -> String? {
    switch credential {
    case nil: return nil
    case .fixed(let value): return value
    case .tokenFile(let path):
      let bytes = try SmallTextFile.read(path, limit: Credential.maximumTokenBytes)
      guard let value = Credential.bearer(bytes) else {
        throw SecurityError("\(path) holds no token: it must be one line of visible characters")
      }
      return value
    case .tokenCommand(let command):
      guard let value = Credential.bearer(try await run(command)) else {
        throw SecurityError("the token command printed no token: it must print one line with it")
      }
      return value
    }
  }
}
