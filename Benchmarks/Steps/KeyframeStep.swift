import Domain
import Engine
import Wire

/// A session of 1,000 orders with 2,000 tickets, 200 agents with 4,000 tool calls, and 2,000 tasks.
func largeSession() -> Session {
  var session = Session(start: start)
  session.addConnection("http://127.0.0.1:7800")
  var number: Int64 = 0
  func hear(_ kind: EventKind, _ subject: String, _ data: Fields) {
    number += 1
    let event = Event(
      id: "e-\(number)", source: "kds/1", type: .known(kind), subject: subject,
      time: start + .milliseconds(number), sequence: number, sequenceBasis: .upstream, data: data)
    var json: [UInt8] = []
    CloudEventEncoder().append(event, to: &json)
    session.ingest(
      Inbound(
        connection: 0, at: start + .milliseconds(number + 5), body: .frame(.document, json)))
  }
  for order in 0..<1_000 { hearOrder(order, hear) }
  for agent in 0..<200 { hearAgent(agent, hear) }
  for task in 0..<2_000 {
    hear(
      .taskState, "task/T-\(task)",
      Fields([
        .task: .string("T-\(task)"), .subject: .string("Title of task \(task)"),
        .owner: .string("a\(task % 200)"), .state: .string(task % 3 == 0 ? "completed" : "pending"),
        .dependsOn: .strings(task % 5 == 0 ? ["T-\(task / 2)"] : []),
      ]))
  }
  return session
}

private func hearOrder(_ order: Int, _ hear: (EventKind, String, Fields) -> Void) {
  let items = (0..<3).map { item in
    Fields([
      .item: .string("\(order)-\(item)"), .name: .string("Dish \((order + item) % 80)"),
      .qty: .integer(1), .modifiers: .strings(["no onion"]),
    ])
  }
  hear(
    .orderCreated, "order/\(order)",
    Fields([
      .order: .string("\(order)"), .number: .string("\(order)"), .table: .string("\(order % 90)"),
      .seat: .string("\(order % 4)"), .server: .string("s\(order % 12)"),
      .items: .records(items),
    ]))
  for (ticket, station) in ["grill", "fryer"].enumerated() {
    let id = "\(order):\(station)"
    hear(
      .ticketFired, "ticket/\(id)",
      Fields([
        .ticket: .string(id), .order: .string("\(order)"), .station: .string(station),
        .items: .strings(["\(order)-\(ticket)"]),
      ]))
    if order % 3 == 0 {
      hear(.ticketBumped, "ticket/\(id)", Fields([.ticket: .string(id), .by: .string("ann")]))
    }
  }
}

private func hearAgent(_ agent: Int, _ hear: (EventKind, String, Fields) -> Void) {
  let id = "a\(agent)"
  hear(
    .agentStarted, "agent/\(id)",
    Fields([
      .agent: .string(id), .type: .string("builder"), .session: .string("s\(agent / 10)"),
      .parent: .string("a\(agent / 10)"), .cwd: .string("/srv/project"),
    ]))
  for call in 0..<20 {
    hear(
      call % 2 == 0 ? .agentToolStarted : .agentToolFinished, "agent/\(id)",
      Fields([
        .agent: .string(id), .toolUseId: .string("\(id)-\(call)"), .tool: .string("Bash"),
        .summary: .string("make check in part \(call)"),
      ]))
  }
}

/// Measures writing and reading a session; an operation is a whole keyframe.
func measureKeyframes() throws {
  let session = largeSession()
  let bytes = session.encoded()
  print("a keyframe of 1,000 orders, 200 agents, 2,000 tasks is \(bytes.count) bytes")
  Stopwatch.measure("write a keyframe") {
    for _ in 0..<5 { _ = session.encoded() }
    return 5
  }
  var restored = try Session(decoding: bytes)
  Stopwatch.measure("read a keyframe") {
    for _ in 0..<5 { if let read = try? Session(decoding: bytes) { restored = read } }
    return 5
  }
  print(restored.encoded() == bytes ? "it reads back as written" : "it does not read back")
}
