package import Domain
import Wire

/// Examines a source step by step, as Podium would use it.
package struct Doctor: Sendable {
  private let source: Source
  private let name: String
  private let options: TransportOptions
  private let patience: Span
  /// How long the test of resuming waits for its events.
  private static let resumePatience = Span.seconds(3)

  /// A doctor for a source, shown under a name without credentials, who listens to each transport
  /// for at most `patience`.
  package init(_ source: Source, named name: String, options: TransportOptions, patience: Span) {
    self.source = source
    self.name = name
    self.options = options
    self.patience = patience
  }

  /// Tries everything and returns what was found. Files are looked into by whoever can read them.
  package func examine() async -> Diagnosis {
    let now = options.clock.now()
    switch source.origin {
    case .standardInput: return Diagnosis(source: name, subject: .standardInput, at: now)
    case .files: return Diagnosis(source: name, subject: .file, at: now)
    case .http(let address, let mode):
      let endpoints = Endpoints(address)
      var diagnosis = Diagnosis(
        source: name,
        subject: .server(
          isSecure: address.isSecure, isHub: endpoints.isHub, isLoopback: address.isLoopback),
        at: now)
      guard await reach(address, &diagnosis) else { return diagnosis }
      await ask(address, &diagnosis)
      await listen(mode.kinds, &diagnosis)
      return diagnosis
    }
  }

  /// Connects to the server, or to the proxy in front of it; false when there is no way.
  private func reach(_ address: HTTPAddress, _ diagnosis: inout Diagnosis) async -> Bool {
    let proxy: ProxySettings.Proxy?
    do throws(SecurityError) {
      proxy = try options.proxies.proxy(for: address)
    } catch {
      diagnosis.proxyProblem = error.message
      return false
    }
    diagnosis.proxy = proxy?.address.name
    let probe = NameProbe(address: proxy?.address ?? address, options: options)
    let resolution = await probe.resolve()
    diagnosis.resolution = resolution
    diagnosis.reaches = await probe.reach(resolution.addresses)
    guard diagnosis.reaches.contains(where: { $0.problem == nil }) else { return false }
    guard address.isSecure, proxy == nil else { return true }
    let encryption = await TLSProbe(
      address: address, security: source.security ?? options.security,
      timeout: options.connectTimeout
    ).examine(now: options.clock.now)
    diagnosis.encryption = encryption
    return encryption.problem == nil
  }

  private func ask(_ address: HTTPAddress, _ diagnosis: inout Diagnosis) async {
    switch await HeadProbe(source: source, address: address, options: options).examine() {
    case .success(let head): diagnosis.head = head
    case .failure(let failure): diagnosis.headProblem = failure.message
    }
  }

  // MARK: Transports

  private func listen(_ kinds: [TransportKind], _ diagnosis: inout Diagnosis) async {
    let trial = Trial(source: source, options: options, patience: patience)
    var marks: [TransportKind: [TrialListener.Mark]] = [:]
    await withTaskGroup(of: (Diagnosis.Trial, [TrialListener.Mark]).self) { tasks in
      for kind in kinds { tasks.addTask { await trial.run(kind) } }
      for await (finding, heard) in tasks {
        diagnosis.trials.append(finding)
        marks[finding.kind] = heard
      }
    }
    diagnosis.trials.sort { $0.kind.rank < $1.kind.rank }
    let stream = diagnosis.trials.first { $0.accepted != nil && $0.kind.rank < 2 }
    guard let kind = stream?.kind else { return }
    diagnosis.resume = await resume(kind, marks[kind] ?? [])
  }

  private func resume(
    _ kind: TransportKind, _ marks: [TrialListener.Mark]
  ) async -> Diagnosis.Resume {
    let test: ResumeTest
    do throws(ResumeTest.Obstacle) {
      test = try ResumeTest(marks)
    } catch {
      switch error {
      case .tooFew:
        return .untested("fewer than two events came; listen longer with --seconds")
      case .noPositions: return .loses
      }
    }
    let trial = Trial(source: source, options: options, patience: Self.resumePatience)
    let (_, heard) = await trial.run(
      kind, from: test.position, untilEvents: test.expected.count)
    return test.verdict(heard.map(\.event))
  }
}

extension HTTPMode {
  /// The transports that a mode allows, the best first.
  fileprivate var kinds: [TransportKind] {
    switch self {
    case .automatic: [.webSocket, .sse, .longPoll, .poll]
    case .webSocket: [.webSocket]
    case .stream: [.sse]
    case .longPoll: [.longPoll]
    case .poll: [.poll]
    }
  }
}

extension TransportKind {
  /// Its place on the ladder, the best first.
  fileprivate var rank: Int {
    switch self {
    case .webSocket: 0
    case .sse: 1
    case .longPoll: 2
    case .poll: 3
    case .standardInput, .file, .tape: 4
    }
  }
}
