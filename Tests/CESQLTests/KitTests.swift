import Foundation
import Testing

@testable import CESQL

/// The public conformance kit, beside the repository.
private enum Kit {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/data/cesql-tck")

  /// Where it is absent its tests are skipped, except under CI, where they then fail.
  static var isExpected: Bool {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    return FileManager.default.fileExists(atPath: folder.path)
  }

  static func cases() throws -> [KitCase] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    try #require(names.count == 18)
    return try names.flatMap { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return try KitReader.read(text)
    }
  }
}

extension KitCase {
  /// The attributes of the case's event: its own, or those of some valid event and the overrides.
  fileprivate var attributes: [String: CESQLValue] {
    let any: [String: KitScalar] = [
      "specversion": .string("1.0"), "id": .string("any-id"), "source": .string("/any"),
      "type": .string("any.type"),
    ]
    let own = event ?? any.merging(overrides) { $1 }
    return own.mapValues(\.value)
  }
}

extension KitScalar {
  fileprivate var value: CESQLValue {
    switch self {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .string(let value): .string(value)
    }
  }
}

/// What a case comes to; an expression that cannot be read comes to false.
private func outcome(of kitCase: KitCase, _ dialect: CESQLDialect) -> CESQLResult {
  do throws(CESQLError) {
    let expression = try CESQLExpression(kitCase.expression, dialect: dialect)
    let attributes = kitCase.attributes
    return expression.evaluate { attributes[$0] }
  } catch {
    return CESQLResult(.boolean(false), error)
  }
}

@Suite struct KitTests {
  @Test(
    "every case of the public kit passes, in the plain language and in ours",
    .enabled(if: Kit.isExpected, "../shared/data/cesql-tck is not there"),
    arguments: [CESQLDialect.standard, .dotted])
  func kit(dialect: CESQLDialect) throws {
    let cases = try Kit.cases()
    #expect(cases.count == 275)
    for kitCase in cases {
      let result = outcome(of: kitCase, dialect)
      let name = "\(kitCase.suite): \(kitCase.name): \(kitCase.expression)"
      #expect(result.error?.kind.rawValue == kitCase.error, "\(name)")
      if let expected = kitCase.result { #expect(result.value == expected.value, "\(name)") }
    }
  }

  @Test(
    "the reader of the kit refuses what is not its subset of YAML",
    arguments: [
      "name: x\ntests:\n  - name: [a]", "name: x\ntests:\n  - name: 'a", "tests:\n   - name: a",
      "name: x\ntests:\n  - name: a\n    unknown: b", "name: x\ntests:\n      id: b",
      "name: x\ntests:\n  - name: \"a\\n\"", "name: x\ntests:\n  - name: a # b", "a",
    ])
  func strictness(text: String) {
    #expect(throws: KitFault.self) { try KitReader.read(text) }
  }

  @Test("the reader of the kit reads scalars, quotes and maps")
  func reading() throws {
    let cases = try KitReader.read(
      """
      name: Suite
      tests:
        - name: One
          expression: "'a\\\\b' = \\"c\\""
          result: FALSE

        - name: TRUE
          expression: -10
          result: -10
          error: cast
          eventOverrides:
            hop: '5'
            count: 5
      """)
    #expect(
      cases == [
        KitCase(
          suite: "Suite", name: "One", expression: "'a\\b' = \"c\"", result: .boolean(false)),
        KitCase(
          suite: "Suite", name: "TRUE", expression: "-10", result: .integer(-10), error: "cast",
          overrides: ["hop": .string("5"), "count": .integer(5)]),
      ])
  }
}
