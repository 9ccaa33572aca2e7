import Domain

// Names that Podium gives; those of a stream stay as they came.

extension Language {
  /// The name of a workspace.
  package func name(_ workspace: Workspace) -> String {
    guard self == .arabic else { return workspace.rawValue }
    return switch workspace {
    case .agents: "الوكلاء"
    case .kitchen: "المطبخ"
    case .link: "الاتصال"
    }
  }

  /// The name of a pane.
  package func name(_ pane: PaneKind) -> String {
    guard self == .arabic else { return pane.title }
    return switch pane {
    case .mandates: "القواعد الإلزامية"
    case .agents: "الوكلاء"
    case .patterns: "الأنماط"
    case .evidence: "الأدلة"
    case .tasks: "المهام"
    case .agentAlerts, .kitchenAlerts: "التنبيهات"
    case .stations: "المحطات"
    case .tickets: "التذاكر"
    case .allDay: "إجمالي الأصناف"
    case .presence: "الحضور"
    case .tables: "الطاولات"
    case .voice: "تفريغ صوتي"
    case .connections: "الاتصالات"
    case .throughput: "معدل الأحداث"
    case .sources: "المصادر"
    case .latency: "زمن الاستجابة"
    case .tail: "الأحداث"
    }
  }

  /// The name of a cluster.
  func name(_ cluster: Cluster) -> String {
    guard self == .arabic else { return cluster.title }
    return switch cluster {
    case .coreMethodology: "المنهجية الأساسية"
    case .researchAndPreparation: "البحث والإعداد"
    case .workflowAutomation: "أتمتة سير العمل"
    case .intelligenceAmplification: "تعزيز الذكاء"
    }
  }

  /// The name of a cluster in eight columns.
  func shortName(_ cluster: Cluster) -> String {
    guard self == .arabic else { return cluster.shortTitle }
    return switch cluster {
    case .coreMethodology: "المنهجية"
    case .researchAndPreparation: "البحث"
    case .workflowAutomation: "الأتمتة"
    case .intelligenceAmplification: "الذكاء"
    }
  }

  /// The name of a cluster in a few letters.
  func mark(_ cluster: Cluster) -> String {
    guard self == .arabic else { return String(cluster.shortTitle.prefix(4)) }
    return Self.bare(shortName(cluster))
  }

  /// A name without its article, which says nothing that a short form needs.
  private static func bare(_ name: String) -> String {
    name.hasPrefix("ال") ? String(name.dropFirst(2)) : name
  }

  /// The name of a mandate; `isShort`: in the room of half a pane.
  func name(_ mandate: Mandate, isShort: Bool = false) -> String {
    let english = isShort ? mandate.shortName : mandate.name
    guard self == .arabic else { return english }
    return Self.mandates[mandate.key] ?? english
  }

  private static let mandates = [
    "progressive": "التدرّج", "deploy": "نشر الوكلاء", "todowrite": "TodoWrite",
    "evidence": "التحقق من الأدلة", "context7": "Context7", "system-docs": "وثائق النظام",
    "quality": "معايير الجودة", "pattern-docs": "وثائق الأنماط", "git": "تكامل Git",
    "parallel": "التوازي", "session": "إدارة الجلسات", "framework": "تحديث الإطار",
    "personality": "الشخصية", "knowledge": "المعرفة", "assurance": "ضمان الجودة",
    "optimization": "التحسين",
  ]

  /// The name of a station. One that is called by its type has no name of its own.
  func name(_ station: Station) -> String {
    guard self == .arabic, let name = Self.stations[station.name.lowercased()] else {
      return station.name
    }
    return name
  }

  /// The name of a station where there is no room for it.
  func shortName(_ station: Station) -> String {
    guard self == .arabic, let name = Self.stations[station.name.lowercased()] else {
      return station.name.prefix(3).uppercased()
    }
    return String(Self.bare(name).prefix { $0 != " " })
  }

  private static let stations = [
    "grill": "الشواية", "fryer": "القلاية", "salad": "السلطات", "salads": "السلطات",
    "expo": "منصة التسليم", "bar": "ركن المشروبات", "prep": "التجهيز", "dessert": "الحلويات",
  ]
}
