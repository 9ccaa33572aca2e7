// Tables and waiters: what events say of them.

extension Kitchen {
  mutating func updateTable(_ report: KitchenReport, context: inout BoardContext) {
    let state: TableState? = report.word(.state, context: &context)
    share(report.id, report, context: &context) {
      $0.take(report)
      if let state { $0.enter(state, report) }
    }
    guard report.isSnapshot else { return }
    restoreService(report)
  }

  /// `from` joins the table it names as `to`; its guests and orders go with it.
  mutating func mergeTables(_ report: KitchenReport, context: inout BoardContext) {
    guard let target = report.data.text(.to) else { return }
    for from in (report.data.texts(.from) ?? [report.id]).prefix(FloorBook.mergedBound)
    where from != target {
      guard floor.tables[target]?.mergedInto != from else { continue }
      moveOrders(from: from, to: target, report, context: &context)
      var covers: Int64 = 0
      share(from, report, context: &context) {
        covers = $0.covers ?? 0
        $0.covers = nil
        $0.mergedInto = target
      }
      share(target, report, context: &context) {
        if covers > 0 { $0.covers = min(10_000, ($0.covers ?? 0) + covers) }
        $0.merged.set(from, true, bound: FloorBook.mergedBound)
      }
    }
  }

  /// `table` and the tables it names as `to` stand apart again; orders stay where they are.
  mutating func splitTable(_ report: KitchenReport, context: inout BoardContext) {
    let parts = report.data.texts(.to) ?? []
    for other in parts.prefix(FloorBook.mergedBound) {
      part(report.id, other, report, context: &context)
      part(other, report.id, report, context: &context)
    }
    guard parts.isEmpty, let target = floor.tables[report.id]?.mergedInto else { return }
    part(report.id, target, report, context: &context)
  }

  /// An order, or a table's every order, or a table's waiter changes.
  mutating func transfer(_ event: Event, at now: Timestamp, context: inout BoardContext) {
    let names = [Field.table, .order, .from]
    guard let report = names.lazy.compactMap({ KitchenReport(event, of: $0, at: now) }).first
    else { return context.reportUnmapped("\(event.type.name) of nothing", event: event, at: now) }
    let target = report.data.text(.to)
    if let order = report.data.text(.order), let target {
      moveOrder(order, to: target, report, context: &context)
    } else if let from = report.data.text(.from) ?? report.data.text(.table), let target {
      moveOrders(from: from, to: target, report, context: &context)
    }
    guard let table = report.data.text(.table), let server = report.data.text(.server) else {
      return
    }
    share(table, report, context: &context) { $0.server = server }
  }

  mutating func assignServer(_ report: KitchenReport, context: inout BoardContext) {
    let shift: Shift? = report.word(.shift, context: &context)
    let known = floor.servers.slot(of: report.id)
    guard
      let slot = known
        ?? floor.servers.insert(Server(id: report.id, name: report.id), id: report.id)
    else {
      context.stream.refusedEntities += 1
      return
    }
    let before = floor.servers.entity(at: slot)?.tables ?? []
    var tables = before
    report.update(&tables, .tables, bound: 256)
    floor.servers.update(slot) {
      if let text = report.data.text(.name) { $0.name = text }
      $0.tables = tables
      if let shift { $0.shift = shift }
    }
    for table in before where !tables.contains(table) && floor.tables[table]?.server == report.id {
      share(table, report, context: &context) { $0.server = nil }
    }
    for table in tables where floor.tables[table]?.server != report.id {
      hand(table, to: report, context: &context)
    }
    context.changes.insert(.servers, slot: slot)
  }

  private mutating func hand(
    _ table: String, to report: KitchenReport, context: inout BoardContext
  ) {
    if let other = floor.tables[table]?.server, let slot = floor.servers.slot(of: other) {
      floor.servers.update(slot) { $0.tables.set(table, false, bound: 0) }
    }
    share(table, report, context: &context) { $0.server = report.id }
  }

  private mutating func moveOrders(
    from: String, to target: String, _ report: KitchenReport, context: inout BoardContext
  ) {
    for order in floor.tables[from]?.orders ?? [] {
      moveOrder(order, to: target, report, context: &context)
    }
  }

  private mutating func moveOrder(
    _ id: String, to table: String, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard let slot = orderSlot(id, report, context: &context),
      let old = orderBook.table.entity(at: slot)
    else { return }
    var new = old
    new.table = table
    settleOrder(slot, from: old, to: new, report, context: &context)
  }

  private mutating func part(
    _ table: String, _ target: String, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard floor.tables[table]?.mergedInto == target else { return }
    share(table, report, context: &context) { $0.mergedInto = nil }
    share(target, report, context: &context) { $0.merged.set(table, false, bound: 0) }
  }

  /// A snapshot tells since when a table has been served, which its orders no longer do.
  private mutating func restoreService(_ report: KitchenReport) {
    guard let slot = floor.tables.slot(of: report.id), let old = floor.tables.entity(at: slot),
      old.service == .none, old.state == .occupied, let since = report.told(.lastSeen)
    else { return }
    var new = old
    new.service = .served
    new.serviceSince = since
    floor.replace(slot, old, with: new)
  }
}

extension Table {
  fileprivate mutating func take(_ report: KitchenReport) {
    if let text = report.data.text(.label) ?? report.data.text(.name) { label = text }
    report.update(&seats, .seats, 0...10_000)
    report.update(&covers, .covers, 0...10_000)
    report.update(&section, .section)
    report.update(&server, .server)
    report.update(&mergedInto, .mergedInto)
  }

  fileprivate mutating func enter(_ next: TableState, _ report: KitchenReport) {
    let isInferred = report.isSnapshot && report.data.text(.basis) == "inferred"
    basis = isInferred ? .inferred : .asserted
    if next != state || report.isSnapshot { stateSince = report.moment(.since) }
    state = next
    if next == .available || next == .cleaning { covers = nil }
  }
}
