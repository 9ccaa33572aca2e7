// Read by hand, each in the order of its properties: a thousand agents that have ended keep twenty
// calls each.

extension Agent {
  package init(from decoder: any Decoder) throws {
    let reader = try decoder.stateReader()
    id = try reader.readText()
    source = try reader.readText()
    firstSeen = try reader.readMoment()
    startedAt = try reader.readOptionalMoment()
    lastEventAt = try reader.readMoment()
    endedAt = try reader.readOptionalMoment()
    parent = try reader.readOptionalText()
    session = try reader.readOptionalText()
    type = try reader.readOptionalText()
    model = try reader.readOptionalText()
    permissionMode = try reader.readOptionalText()
    cwd = try reader.readOptionalText()
    task = try reader.readOptionalText()
    state = try AgentState(reading: reader)
    basis = try reader.readCase()
    reason = try reader.readOptionalText()
    silence = try reader.readCase()
    stateSince = try reader.readMoment()
    usage = try Usage(reading: reader)
    let count = try reader.readCount()
    try StateFault.check(count <= Self.callBound, "an agent keeps \(count) tool calls")
    calls = try (0..<count).map { _ in try ToolCall(reading: reader) }
    callCount = try reader.readInt()
    failedCallCount = try reader.readInt()
    depth = try reader.readInt()
  }
}

extension AgentState: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    switch self {
    case .queued: try container.encode(0 as UInt8)
    case .starting: try container.encode(1 as UInt8)
    case .working: try container.encode(2 as UInt8)
    case .idle: try container.encode(3 as UInt8)
    case .completed: try container.encode(4 as UInt8)
    case .failed: try container.encode(5 as UInt8)
    case .cancelled: try container.encode(6 as UInt8)
    case .unknown: try container.encode(7 as UInt8)
    case .waiting(let wait):
      try container.encode(8 as UInt8)
      try container.encode(wait)
    }
  }

  package init(from decoder: any Decoder) throws {
    try self.init(reading: try decoder.stateReader())
  }

  fileprivate init(reading reader: any StateReader) throws {
    switch try reader.readByte() {
    case 0: self = .queued
    case 1: self = .starting
    case 2: self = .working
    case 3: self = .idle
    case 4: self = .completed
    case 5: self = .failed
    case 6: self = .cancelled
    case 7: self = .unknown
    case 8: self = .waiting(try reader.readCase())
    case let number: throw StateFault(problem: "there is no state \(number) of agents")
    }
  }
}

extension Usage {
  package init(from decoder: any Decoder) throws {
    try self.init(reading: try decoder.stateReader())
  }

  fileprivate init(reading reader: any StateReader) throws {
    input = try reader.readOptionalNumber()
    output = try reader.readOptionalNumber()
    cached = try reader.readOptionalNumber()
    cost = try reader.readOptional(reader.readDouble)
  }
}

extension ToolCall {
  package init(from decoder: any Decoder) throws {
    try self.init(reading: try decoder.stateReader())
  }

  fileprivate init(reading reader: any StateReader) throws {
    id = try reader.readText()
    tool = try reader.readText()
    summary = try reader.readOptionalText()
    startedAt = try reader.readMoment()
    endedAt = try reader.readOptionalMoment()
    outcome = try Outcome(reading: reader)
    milliseconds = try reader.readOptionalNumber()
  }
}

extension ToolCall.Outcome: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    switch self {
    case .running: try container.encode(0 as UInt8)
    case .finished(exit: nil): try container.encode(1 as UInt8)
    case .finished(let exit?):
      try container.encode(2 as UInt8)
      try container.encode(exit)
    case .failed(nil): try container.encode(3 as UInt8)
    case .failed(let reason?):
      try container.encode(4 as UInt8)
      try container.encode(reason)
    }
  }

  package init(from decoder: any Decoder) throws {
    try self.init(reading: try decoder.stateReader())
  }

  fileprivate init(reading reader: any StateReader) throws {
    switch try reader.readByte() {
    case 0: self = .running
    case 1: self = .finished(exit: nil)
    case 2: self = .finished(exit: try reader.readNumber())
    case 3: self = .failed(nil)
    case 4: self = .failed(try reader.readText())
    case let number: throw StateFault(problem: "a tool call cannot end in way \(number)")
    }
  }
}
