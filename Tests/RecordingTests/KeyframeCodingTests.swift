import Domain
import Testing

@testable import Recording

/// One of everything a state is made of.
private struct Everything: Codable, Equatable {
  enum Kind: Codable, Equatable {
    case plain
    case named(String)
    case counted(Int, of: Int?)
  }

  var flag = true
  var text = "tränen 🎞"
  var count = -7
  var number: Int64 = .min
  var word: UInt64 = .max
  var half = 0.5
  var byte: UInt8 = 255
  var small: Int8 = -128
  var unit: UInt32 = .max
  var missing: String?
  var present: String? = ""
  var missingTime: Timestamp?
  var time = Timestamp(microseconds: 1_770_000_000_000_000)
  var never = Timestamp(microseconds: .max)
  var later = Timestamp(microseconds: 1_770_000_000_000_001)
  var span = Span.seconds(3)
  var kinds: [Kind] = [.plain, .named("a"), .counted(1, of: nil), .counted(2, of: 3)]
  var holes: [Int?] = [nil, 1, nil]
  var bytes: [UInt8] = [0, 1, 255]
  var names: Set<String> = ["b", "a"]
  var table: [String: Set<Int>] = ["y": [3, 1, 2], "x": []]
  var slots: [Int: String] = [3: "c", -1: "a"]
}

private struct Nest: Codable {
  var inner: [Nest]
}

@Suite("values are coded in a compact form of our own")
struct KeyframeCodingTests {
  @Test("every kind of value reads back as written")
  func roundTrip() throws {
    let value = Everything()
    #expect(try Keyframe.decode(Everything.self, from: Keyframe.encode(value)) == value)
  }

  @Test("small numbers and near moments are short")
  func compact() {
    func size(_ value: some Encodable) -> Int { Keyframe.encode(value).count - 5 }
    #expect(size([0, -1, 63]) == 4)
    #expect(size([64]) == 3)
    let moment = Timestamp(microseconds: 1_770_000_000_000_000)
    #expect(size([moment]) == 9)
    #expect(size([moment, moment, moment + .milliseconds(5)]) == 9 + 1 + 2)
    #expect(size([true, false]) == 3)
    #expect(size(["abc"]) == 5)
  }

  @Test("sets and dictionaries have one order")
  func order() {
    let names = (0..<200).map { "name \($0)" }
    let forward = Dictionary(uniqueKeysWithValues: names.map { ($0, [$0]) })
    var backward: [String: [String]] = [:]
    for name in names.reversed() { backward[name] = [name] }
    #expect(Keyframe.encode(forward) == Keyframe.encode(backward))
    #expect(Keyframe.encode(Set(names)) == Keyframe.encode(Set(names.reversed())))
  }

  @Test("a length beyond what is left is refused before anything is made room for")
  func lengths() {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    func isRefused<Value: Decodable>(_ type: Value.Type, _ values: [UInt8]) -> Bool {
      (try? Keyframe.decode(type, from: Keyframe.seal(values))) == nil
    }
    #expect(isRefused([Int].self, huge))
    #expect(isRefused([UInt64].self, [9] + Array(repeating: 0, count: 16)))
    #expect(isRefused(String.self, huge))
    #expect(isRefused([String: Int].self, huge))
    #expect(isRefused([Everything].self, huge + [1]))
    #expect(isRefused(UInt64.self, Array(repeating: 0xFF, count: 11)))
    #expect(isRefused(Bool.self, [2]))
    #expect(isRefused([String: Int].self, [2, 1, 0x61, 0, 1, 0x61, 2]))
    #expect(!isRefused([String: Int].self, [2, 1, 0x61, 0, 1, 0x62, 2]))
  }

  @Test("values that lie too deep in values are refused")
  func depth() {
    let deep = [UInt8](repeating: 1, count: 5_000) + [0]
    #expect(throws: KeyframeError.self) {
      try Keyframe.decode(Nest.self, from: Keyframe.seal(deep))
    }
    let fair = [UInt8](repeating: 1, count: 200) + [0]
    #expect(throws: Never.self) { try Keyframe.decode(Nest.self, from: Keyframe.seal(fair)) }
  }

  @Test("events of any nesting that can be received can be kept")
  func nestedRecords() throws {
    var fields = Fields([.id: .string("x")])
    for _ in 0..<127 { fields = Fields([.points: .records([fields])]) }
    let event = Event(id: "e", source: "s", type: .known(.taskState), data: fields)
    #expect(try Keyframe.decode(Event.self, from: Keyframe.encode(event)) == event)
  }
}
