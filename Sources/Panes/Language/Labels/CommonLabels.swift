// What panes of every workspace say. `%1`, `%2` stand for what is filled in.

extension Label {
  static let seen = Label("seen", "مشاهَد")
  static let subject = Label("subject", "الموضوع")
  static let what = Label("what", "ماذا")
  static let raised = Label("raised", "أُطلق")
  static let clears = Label("clears", "يزول")
  static let events = Label("events", "الأحداث")
  static let source = Label("source", "المصدر")
  static let type = Label("type", "النوع")
  static let task = Label("task", "المهمة")
  static let agent = Label("agent", "الوكيل")
  static let owner = Label("owner", "المسؤول")
  static let evidence = Label("evidence", "الدليل")
  static let title = Label("title", "العنوان")
  static let reason = Label("reason", "السبب")
  static let version = Label("version", "الإصدار")
  static let neverSeen = Label("never seen", "لم يُشاهَد قط")
  static let never = Label("never", "أبدًا")
  static let notKnown = Label("n/a", "غير متاح")
  static let notKnownBrief = Label("n/a", "غ.م")
  static let ago = Label("%1 ago", "قبل %1")
  static let lasting = Label("for %1", "منذ %1")
  static let after = Label("after %1", "بعد %1")
  static let fifteenMinutes = Label("15 min", "15 دقيقة")

  static let ageColumn = Label("AGE", "العمر")
  static let timeColumn = Label("TIME", "الوقت")
  static let stateColumn = Label("STATE", "الحالة")
  static let stateBrief = Label("ST", "ح")
  static let statusColumn = Label("ST", "الحالة")
  static let agentColumn = Label("AGENT", "الوكيل")
  static let sourceColumn = Label("SOURCE", "المصدر")
  static let subjectColumn = Label("SUBJECT", "الموضوع")

  static let asserted = Label("asserted", "مصرَّح به")
  static let inferred = Label("inferred", "مستنتَج")
  static let assertedMark = Label("a", "ص")
  static let inferredMark = Label("i", "س")

  static let okCount = Label("ok", "سليمة")
  static let warnCount = Label("warn", "تحذير")
  static let criticalCount = Label("crit", "حرجة")
}

// Alerts.
extension Label {
  static let severityColumn = Label("S", "ش")
  static let codeColumn = Label("CODE", "الرمز")
  static let textColumn = Label("TEXT", "النص")
  static let whatColumn = Label("WHAT", "ماذا")
  static let nothingNeedsAttention = Label("nothing needs attention", "لا شيء يتطلب الانتباه")
  static let severity = Label("severity %1", "الشدة %1")
  static let timesSeen = Label("%1, last %2 ago", "%1، آخرها قبل %2")
  static let noLongerTrue = Label(
    "no longer true for %1, at 0:30", "لم يعد صحيحًا منذ %1، يزول عند 0:30")
  static let noneOpen = Label("none open", "لا تنبيهات مفتوحة")
  static let openAlerts = Label("open", "مفتوحة")
  static let severe = Label("severe", "شديدة")
}

extension Noun {
  static let times = Noun(
    "times", zero: "ولا مرة", one: "مرة واحدة", two: "مرتان", few: "مرات", many: "مرة",
    other: "مرة")
  static let calls = Noun(
    "calls", zero: "لا استدعاءات", one: "استدعاء واحد", two: "استدعاءان", few: "استدعاءات",
    many: "استدعاءً", other: "استدعاء")
  static let events = Noun(
    "events", zero: "لا أحداث", one: "حدث واحد", two: "حدثان", few: "أحداث", many: "حدثًا",
    other: "حدث")
  static let tickets = Noun(
    "tickets", zero: "لا تذاكر", one: "تذكرة واحدة", two: "تذكرتان", few: "تذاكر", many: "تذكرة",
    other: "تذكرة")
  static let orders = Noun(
    "orders", zero: "لا طلبات", one: "طلب واحد", two: "طلبان", few: "طلبات", many: "طلبًا",
    other: "طلب")
  static let seats = Noun(
    "seats", zero: "لا مقاعد", one: "مقعد واحد", two: "مقعدان", few: "مقاعد", many: "مقعدًا",
    other: "مقعد")
  static let tasks = Noun(
    "tasks", zero: "لا مهام", one: "مهمة واحدة", two: "مهمتان", few: "مهام", many: "مهمةً",
    other: "مهمة")
}
