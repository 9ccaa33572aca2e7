import Domain

extension TranscriptRow {
  /// Reads one line. Members of an unexpected shape count as absent; only bytes that are no JSON
  /// object throw.
  init(reading line: UnsafeRawBufferPointer) throws(JSONError) {
    var reader = JSONReader(line)
    try reader.beginObject()
    try self.init(membersOf: &reader, isNested: false)
    try reader.finish()
  }

  /// Reads the members of an object that has been entered.
  private init(membersOf reader: inout JSONReader, isNested: Bool) throws(JSONError) {
    while let name = try reader.nextKey()?.string {
      switch name {
      case "message": message = try TranscriptMessage(reading: &reader)
      case "data" where !isNested: progress = try Self.progress(&reader)
      case "toolUseResult": outcome = try ToolOutcome(reading: &reader)
      case "timestamp": time = try reader.text()?.moment
      case "isSidechain": isSidechain = try reader.flag()
      case "isMeta": isMeta = try reader.flag()
      case "isCompactSummary": isCompactSummary = try reader.flag()
      case "isApiErrorMessage": isAPIError = try reader.flag()
      default: try readText(name, &reader)
      }
    }
  }

  private mutating func readText(
    _ name: String, _ reader: inout JSONReader
  ) throws(JSONError) {
    switch name {
    case "type": type = try reader.text()
    case "subtype": subtype = try reader.text()
    case "uuid": uuid = try reader.text()
    case "parentUuid": parentUUID = try reader.text()
    case "sessionId": session = try reader.text()
    case "agentId": agent = try reader.text()
    case "cwd": cwd = try reader.text()
    case "permissionMode": permissionMode = try reader.text()
    case "parentToolUseID": parentToolUse = try reader.text()
    case "content": content = try reader.text()
    default: try reader.skipValue()
    }
  }

  private static func progress(
    _ reader: inout JSONReader
  ) throws(JSONError) -> TranscriptProgress? {
    guard try reader.enterObject() else { return nil }
    var progress = TranscriptProgress()
    while let name = try reader.nextKey()?.string {
      switch name {
      case "type": progress.type = try reader.text()
      case "agentId": progress.agent = try reader.text()
      case "hookEvent": progress.hookEvent = try reader.text()
      case "hookName": progress.hookName = try reader.text()
      case "message":
        guard try reader.enterObject() else { continue }
        progress.rows = [try TranscriptRow(membersOf: &reader, isNested: true)]
      default: try reader.skipValue()
      }
    }
    return progress
  }
}

extension ToolOutcome {
  /// Reads the value of `toolUseResult`: a text for a failed call, else an object. The copies of
  /// whole files in it are walked over.
  init(reading reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterObject() else { return }
    while let name = try reader.nextKey()?.string {
      switch name {
      case "status": status = try reader.text()
      case "agentId": agent = try reader.text()
      case "durationMs", "totalDurationMs": milliseconds = try reader.whole()
      case "interrupted": isInterrupted = try reader.flag()
      case "backgroundTaskId": isInBackground = try reader.text() != nil
      case "taskId": task = try reader.text()
      case "task": try readTask(&reader)
      case "statusChange": taskState = try reader.text(ofMember: "to")
      default: try reader.skipValue()
      }
    }
  }

  private mutating func readTask(_ reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterObject() else { return }
    while let name = try reader.nextKey()?.string {
      switch name {
      case "id": task = try reader.text()
      case "subject": taskSubject = try reader.text()
      default: try reader.skipValue()
      }
    }
  }
}

// Reads that take a value of another kind for an absent one.
extension JSONReader {
  /// The next value if it is a text.
  mutating func text() throws(JSONError) -> JSONString? {
    if try peek() == .string { return try readString() }
    try skipValue()
    return nil
  }

  /// Whether the next value is `true`.
  mutating func flag() throws(JSONError) -> Bool {
    if try peek() == .bool { return try readBool() }
    try skipValue()
    return false
  }

  /// The next value if it is a whole number of 64 bits.
  mutating func whole() throws(JSONError) -> Int64? {
    if try peek() == .number { return try readNumber().int64 }
    try skipValue()
    return nil
  }

  /// Enters the next value if it is an object, else walks over it and gives false.
  mutating func enterObject() throws(JSONError) -> Bool {
    guard try peek() == .object else {
      try skipValue()
      return false
    }
    try beginObject()
    return true
  }

  /// Enters the next value if it is an array, else walks over it and gives false.
  mutating func enterArray() throws(JSONError) -> Bool {
    guard try peek() == .array else {
      try skipValue()
      return false
    }
    try beginArray()
    return true
  }

  /// A text member of the next value, which is walked over whole.
  mutating func text(ofMember member: StaticString) throws(JSONError) -> JSONString? {
    guard try enterObject() else { return nil }
    var found: JSONString?
    while let name = try nextKey() {
      if name.equals(member) { found = try text() } else { try skipValue() }
    }
    return found
  }
}
