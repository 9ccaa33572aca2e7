import Domain

// The states of things where they are told in full. In English they are the words of the events.

extension Language {
  func word(_ basis: Basis) -> String {
    text(basis == .asserted ? .asserted : .inferred)
  }

  func word(_ state: AlertState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .open: "مفتوح"
    case .investigating: "قيد الفحص"
    case .resolved: "تم الحل"
    case .falsePositive: "إنذار كاذب"
    case .ignored: "متجاهَل"
    }
  }

  func word(_ state: TaskState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .pending: text(.pendingTask, .feminine)
    case .inProgress: text(.workingTask, .feminine)
    case .review: text(.review, .feminine)
    case .completed: text(.completed, .feminine)
    case .failed: text(.failed, .feminine)
    case .cancelled: text(.cancelled, .feminine)
    case .rejected: text(.rejected, .feminine)
    }
  }

  func word(_ state: EvidenceState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .fail: text(.fail, .masculine)
    case .stale: text(.stale, .masculine)
    case .required: "مطلوب"
    case .provided: "مقدَّم"
    case .pass: text(.passBrief, .masculine)
    case .waived: text(.waiveBrief, .masculine)
    }
  }

  func word(_ gate: EvidenceGate) -> String {
    guard self == .arabic else { return gate.rawValue }
    return switch gate {
    case .blocking: "مانعة"
    case .warning: "تحذيرية"
    case .advisory: "إرشادية"
    }
  }

  func word(_ weight: MandateWeight) -> String {
    guard self == .arabic else { return weight.rawValue }
    return switch weight {
    case .critical: "حرجة"
    case .mandatory: "إلزامية"
    case .automated: "مؤتمتة"
    case .intelligent: "ذكية"
    }
  }

  func word(_ state: StationState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .active: "نشطة"
    case .paused: "متوقفة مؤقتًا"
    case .offline: "غير متصلة"
    }
  }

  func word(_ state: OrderState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .new: text(.new, .masculine)
    case .inProgress: "قيد التحضير"
    case .ready: "جاهز"
    case .delivered: "تم التقديم"
    case .cancelled: text(.cancelled, .masculine)
    }
  }

  func word(_ state: TicketState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .held: text(.held, .feminine)
    case .fired: "بدأ تحضيرها"
    case .started: "قيد التحضير"
    case .bumped: "منتهية"
    case .recalled: text(.recalled, .feminine)
    case .voided: text(.voidBrief, .feminine)
    }
  }

  func word(_ state: ItemState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .new: text(.new, .masculine)
    case .hold: text(.held, .masculine)
    case .sent: "مُرسَل"
    case .ready: "جاهز"
    case .voided: text(.voidBrief, .masculine)
    }
  }

  func word(_ state: TableState) -> String {
    guard self == .arabic else { return state.rawValue }
    return switch state {
    case .available: "متاحة"
    case .occupied: "مشغولة"
    case .cleaning: "قيد التنظيف"
    case .reserved: "محجوزة"
    }
  }

  func word(_ state: PresenceState) -> String {
    guard self == .arabic else { return "\(state)" }
    return switch state {
    case .online: "متصل"
    case .away: "بعيد"
    case .offline: "غير متصل"
    }
  }

  func word(_ basis: SequenceBasis) -> String {
    switch basis {
    case .upstream: text(.upstreamBasis)
    case .adapter: text(.adapterBasis)
    case .unstated: text(.basisNotSaid)
    }
  }
}
