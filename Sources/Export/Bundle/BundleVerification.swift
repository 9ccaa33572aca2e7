/// What differs between a bundle's manifest and what is there.
package struct BundleVerification: Equatable, Sendable {
  /// One difference.
  package enum Finding: Equatable, Sendable, CustomStringConvertible {
    /// The manifest itself was altered.
    case manifest(BundleError)
    /// The seal is another than the one that was noted.
    case seal(found: String, noted: String)
    case changed(String, size: Int64, was: Int64)
    case missing(String)
    case added(String)
    /// It is not where the manifest has it among the others.
    case moved(String)

    package var description: String {
      switch self {
      case .manifest(let error): "altered: \(BundleManifest.name), \(error)"
      case .seal(let found, let noted): "another seal: it is \(found), noted was \(noted)"
      case .changed(let name, let size, let was) where size != was:
        "changed: \(name) has \(size) bytes instead of \(was)"
      case .changed(let name, _, _): "changed: \(name) has its size, but other bytes"
      case .missing(let name): "missing: \(name)"
      case .added(let name): "added: \(name)"
      case .moved(let name): "moved: \(name) is at another place in the archive"
      }
    }
  }

  /// The differences: none where everything is as it was bundled.
  package let findings: [Finding]
  /// The seal found; nil where the manifest is broken.
  package let seal: String?
  /// The files the manifest names.
  package let count: Int

  /// Compares a manifest with the files that were found, the manifest left out. `isOrdered` tells
  /// that their order means something; `noted` is a seal noted elsewhere, if one was.
  package init(
    _ manifest: [UInt8], found: [BundleFile], isOrdered: Bool, noted: String? = nil
  ) throws(BundleManifest.Fault) {
    let parsed: BundleManifest
    do throws(BundleManifest.Fault) { parsed = try BundleManifest(parsing: manifest) } catch {
      guard case .broken(let fault) = error else { throw error }
      (findings, seal, count) = ([.manifest(fault)], nil, 0)
      return
    }
    var findings = Self.differences(parsed.files, found)
    if isOrdered, findings.isEmpty {
      findings += zip(parsed.files, found).filter { $0.name != $1.name }.map { .moved($1.name) }
    }
    if let noted, noted.lowercased() != parsed.seal {
      findings.insert(.seal(found: parsed.seal, noted: noted), at: 0)
    }
    self.findings = findings
    seal = parsed.seal
    count = parsed.files.count
  }

  private static func differences(_ listed: [BundleFile], _ found: [BundleFile]) -> [Finding] {
    var rest: [String: BundleFile] = [:]
    var findings: [Finding] = []
    for file in found {
      // A second file of a name is one too many.
      if rest.updateValue(file, forKey: file.name) != nil { findings.append(.added(file.name)) }
    }
    for file in listed {
      guard let there = rest.removeValue(forKey: file.name) else {
        findings.append(.missing(file.name))
        continue
      }
      if there != file { findings.append(.changed(file.name, size: there.size, was: file.size)) }
    }
    return findings + rest.keys.sorted().map { .added($0) }
  }
}
