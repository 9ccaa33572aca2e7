extension TranscriptMessage {
  /// Reads the value of `message`; one that is no object gives an empty message.
  init(reading reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterObject() else { return }
    while let name = try reader.nextKey()?.string {
      switch name {
      case "id": id = try reader.text()
      case "model": model = try reader.text()
      case "stop_reason": stopReason = try reader.text()
      case "usage": usage = try TokenCounts(reading: &reader)
      case "content": try readContent(&reader)
      default: try reader.skipValue()
      }
    }
  }

  private mutating func readContent(_ reader: inout JSONReader) throws(JSONError) {
    if try reader.peek() == .string {
      text = try reader.readString()
      return
    }
    guard try reader.enterArray() else { return }
    while try reader.nextElement() {
      guard try reader.enterObject() else { continue }
      try readBlock(&reader)
    }
  }

  /// Reads one block. Its `type` may come after its other members, so all are gathered first.
  private mutating func readBlock(_ reader: inout JSONReader) throws(JSONError) {
    var type: JSONString?
    var blockText: JSONString?
    var use = ToolUse()
    var result = ToolResult()
    while let name = try reader.nextKey()?.string {
      switch name {
      case "type": type = try reader.text()
      case "text": blockText = try reader.text()
      case "id": use.id = try reader.text()
      case "name": use.name = try reader.text()
      case "input": use.input = try ToolInput(reading: &reader)
      case "tool_use_id": result.id = try reader.text()
      case "is_error": result.isError = try reader.flag()
      case "content": try result.readContent(&reader)
      default: try reader.skipValue()
      }
    }
    guard let type else { return }
    if type.equals("tool_use") { uses.append(use) }
    if type.equals("tool_result") { results.append(result) }
    if type.equals("text"), text == nil { text = blockText }
  }
}

extension ToolResult {
  fileprivate mutating func readContent(_ reader: inout JSONReader) throws(JSONError) {
    if try reader.peek() == .string { return add(try reader.readString()) }
    guard try reader.enterArray() else { return }
    while try reader.nextElement() {
      if let part = try reader.text(ofMember: "text") { add(part) }
    }
  }

  private mutating func add(_ part: JSONString) {
    if text == nil { text = part }
    bytes &+= Int64(part.byteCount)
  }
}

extension TokenCounts {
  fileprivate init?(reading reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterObject() else { return nil }
    var written: Int64 = 0
    while let name = try reader.nextKey()?.string {
      switch name {
      case "input_tokens": input = try reader.count()
      case "output_tokens": output = try reader.count()
      case "cache_read_input_tokens": cached = try reader.count()
      case "cache_creation_input_tokens": written = try reader.count()
      default: try reader.skipValue()
      }
    }
    input &+= written
  }
}

extension JSONReader {
  /// Bound on one count, so that sums of counts cannot overflow.
  private static var countBound: Int64 { 1 << 40 }

  fileprivate mutating func count() throws(JSONError) -> Int64 {
    min(max(try whole() ?? 0, 0), Self.countBound)
  }
}

extension ToolInput {
  fileprivate init(reading reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterObject() else { return }
    while let name = try reader.nextKey() {
      if name.equals("todos") {
        try readTodos(&reader)
      } else if name.equals("questions") {
        try readQuestions(&reader, as: name)
      } else if name.equals("addBlockedBy") {
        try readBlockers(&reader)
      } else if let value = try reader.text(), texts.count < Self.memberBound {
        texts.append((name, value))
      }
    }
  }

  private mutating func readTodos(_ reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterArray() else { return }
    while try reader.nextElement() {
      guard try reader.enterObject() else { continue }
      var item = TodoItem()
      while let name = try reader.nextKey()?.string {
        switch name {
        case "content": item.content = try reader.text()
        case "status": item.status = try reader.text()
        default: try reader.skipValue()
        }
      }
      if todos.count < TranscriptTasks.listBound { todos.append(item) }
    }
  }

  private mutating func readQuestions(
    _ reader: inout JSONReader, as name: JSONString
  ) throws(JSONError) {
    guard try reader.enterArray() else { return }
    while try reader.nextElement() {
      if let question = try reader.text(ofMember: "question") { texts.append((name, question)) }
    }
  }

  private mutating func readBlockers(_ reader: inout JSONReader) throws(JSONError) {
    guard try reader.enterArray() else { return }
    while try reader.nextElement() {
      if let task = try reader.text(), blockedBy.count < 64 { blockedBy.append(task) }
    }
  }
}
