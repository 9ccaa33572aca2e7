import Panes

/// What keys do, in other languages than that of the key table.
enum KeyWords {
  /// A word or sentence of the key table in a language; English where it has no other.
  static func text(_ english: String, in language: Language) -> String {
    switch language {
    case .english: english
    case .arabic: arabic[english] ?? english
    }
  }

  /// Whether a word or sentence has its Arabic.
  static func hasArabic(_ english: String) -> Bool { arabic[english] != nil }

  private static let arabic: [String: String] = words.merging(sentences) { word, _ in word }

  private static let words = [
    "10 s": "10 ث", "agents": "الوكلاء", "alert": "تنبيه", "answer": "إجابة",
    "changes": "الفروق", "close": "إغلاق", "detail": "التفاصيل", "down": "أسفل", "end": "النهاية",
    "en/ar": "en/ar", "erase a character": "محو حرف", "erase everything": "محو الكل",
    "first": "الأول", "help": "مساعدة", "kitchen": "المطبخ", "last": "الأخير",
    "leave the prompt": "ترك السؤال", "link": "الاتصال", "mark": "علامة",
    "mark board": "تعليم اللوحة",
    "next pane": "اللوحة التالية", "now": "الآن", "page": "صفحة", "pane": "لوحة",
    "pause": "إيقاف مؤقت", "play": "تشغيل", "previous": "السابقة", "quit": "خروج",
    "repaint": "إعادة الرسم", "retry": "إعادة المحاولة", "speed": "السرعة", "step": "خطوة",
    "suspend": "تعليق", "theme": "السمة", "time": "الوقت", "timeline": "التسلسل الزمني",
    "trace": "تتبع", "up": "أعلى", "workspace": "مساحة العمل", "zoom": "تكبير",
  ]

  private static let sentences = [
    "back to what is live": "العودة إلى المباشر",
    "in a replay: to its end": "في إعادة العرض: إلى نهايتها",
    "highlight everything that belongs to the row": "إبراز كل ما يتعلق بهذا السطر",
    "remember the board for d": "حفظ اللوحة للمقارنة بالمفتاح d",
    "what changed since the board was marked": "ما تغيّر منذ تعليم اللوحة",
    "no row is under the cursor": "لا سطر تحت المؤشر",
    "go to": "الانتقال إلى",
    "label of the marker": "اسم العلامة",
    "Enter alone numbers it": "Enter وحده يرقّمها",
    "back to the alert or marker before": "العودة إلى التنبيه السابق أو العلامة السابقة",
    "back to the shell; fg returns": "العودة إلى سطر الأوامر، و fg يرجع",
    "change the language": "تغيير اللغة",
    "change the theme": "تغيير السمة",
    "close what is open, end trace or zoom": "إغلاق المفتوح أو إنهاء التتبع أو التكبير",
    "draw the whole screen anew": "إعادة رسم الشاشة كلها",
    "give the pane the whole screen": "عرض اللوحة على كامل الشاشة",
    "go on from the moment shown": "المتابعة من اللحظة المعروضة",
    "go to a time: -2m, 19:42:08, 1:30, start, end":
      "الانتقال إلى وقت: -2m أو 19:42:08 أو 1:30 أو start أو end",
    "go to the next pane": "الانتقال إلى اللوحة التالية",
    "go to the pane before": "الانتقال إلى اللوحة السابقة",
    "go to the pane with that digit": "الانتقال إلى اللوحة ذات هذا الرقم",
    "half as fast": "نصف السرعة",
    "in a prompt: answer": "عند السؤال: الإجابة",
    "in a prompt: erase a character": "عند السؤال: محو حرف",
    "in a prompt: erase everything": "عند السؤال: محو الكل",
    "in a prompt: leave the prompt": "عند السؤال: ترك السؤال",
    "leave, the terminal as it was": "خروج، مع إعادة الطرفية كما كانت",
    "let what is shown stand; events still come in": "تثبيت المعروض مع استمرار ورود الأحداث",
    "on to the next alert or marker": "الانتقال إلى التنبيه التالي أو العلامة التالية",
    "one event back": "حدث واحد إلى الوراء",
    "one event on": "حدث واحد إلى الأمام",
    "one page down": "صفحة إلى الأسفل",
    "one page up": "صفحة إلى الأعلى",
    "one row down": "سطر إلى الأسفل",
    "one row up": "سطر إلى الأعلى",
    "open the detail of the row": "فتح تفاصيل السطر",
    "put a marker at the moment shown": "وضع علامة عند اللحظة المعروضة",
    "show or hide the timeline": "إظهار التسلسل الزمني أو إخفاؤه",
    "show the keys": "عرض المفاتيح",
    "ten seconds back": "عشر ثوانٍ إلى الوراء",
    "ten seconds on": "عشر ثوانٍ إلى الأمام",
    "the agents": "الوكلاء",
    "the connections and events": "الاتصالات والأحداث",
    "the first row": "السطر الأول",
    "the kitchen": "المطبخ",
    "the last row": "السطر الأخير",
    "the next workspace": "مساحة العمل التالية",
    "try lost connections at once": "محاولة الاتصالات المقطوعة فورًا",
    "twice as fast": "ضعف السرعة",
  ]
}
