/// What an event or a snapshot record says of a task, gathered in one pass over its members.
struct TaskNews {
  /// The task's id, nil when the members name none.
  private(set) var id: String?
  /// The state in the source's words.
  private(set) var state: String?
  private(set) var title: String?
  /// The owner, `.some(nil)` when it is withdrawn.
  private(set) var owner: String??
  private(set) var dependsOn: [String]?
  private(set) var evidence: [String]?

  /// Reads the members.
  init(_ data: Fields) {
    for entry in data.entries {
      switch entry.field {
      case .task: id = Self.text(entry.value) ?? id
      case .id: id = id ?? Self.text(entry.value)
      case .state: state = Self.text(entry.value)
      case .subject: title = Self.text(entry.value)
      case .owner: owner = .some(Self.text(entry.value))
      case .dependsOn: dependsOn = Self.list(data, .dependsOn)
      case .evidenceIds: evidence = Self.list(data, .evidenceIds)
      default: break
      }
    }
  }

  private static func text(_ value: FieldValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }

  /// At most `TaskBook.linkBound` ids; none when the member is withdrawn.
  private static func list(_ data: Fields, _ field: Field) -> [String] {
    Array((data.texts(field) ?? []).prefix(TaskBook.linkBound))
  }
}
