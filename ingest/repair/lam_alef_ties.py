"""Words that read well either way: which neighbours tell `ثلاث` from `ثالث` where frequency alone would err."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

# Characters on either side of a word that a cue may look at.
_WINDOW: Final = 30


@dataclass(frozen=True, slots=True)
class _Cue:
    """`reading` is right when the text before ends with `before` and the text after begins with `after`."""

    reading: str
    before: re.Pattern[str]
    after: re.Pattern[str]

    def holds(self, before: str, after: str) -> bool:
        return bool(self.before.search(before) and self.after.match(after))


def told_by_neighbours(match: re.Match[str]) -> str | None:
    """The reading that the neighbours of a word in a damaged line make certain; None when none does."""
    cues = _cues().get(match.group())
    if cues is None:
        return None
    line, (start, end) = match.string, match.span()
    before, after = line[max(0, start - _WINDOW) : start], line[end : end + _WINDOW]
    return next((cue.reading for cue in cues if cue.holds(before, after)), None)


_BIRTH_AFTER: Final = (
    "تاريخ|مكان|منذ|محل|مسقط|سنة|عقد|شهادة|شهادات|عند|قبل|بعد|عيد|حديثي|عقب|يوم|حين|حالات|عملية|ذكرى|رسم|رسوم"
)
_MOST: Final = r"\s(?:أكبر|أعلى|أهم|أكثر|أطول|أفضل|أغنى|أقل)(?!\w)"
_THIRD_OF: Final = "طرف|لطرف|شخص|بلد|جزء|قسم|فصل|باب|تقرير|صنف|عنصر|محور|هو|هي|وهو|وهي|كان"
_THIRD_OF_A: Final = "مرة|لمرة|جهة|دولة|حالة|درجة|نسخة|فئة|مادة|مرحلة|وثيقة|نقطة|فقرة|عالمية"
_LATER: Final = "وقت|تاريخ|بتاريخ|زمن|أجل|نص|بنص|قانون|قرار|بقرار|مرسوم|بيان|اجتماع|موعد|شكل|بشكل|عصر|مرحلة"
_EFFECTIVE: Final = r"ب\w+|غير|وغير|دور|أثر|نظام|أكثر|نحو|تأثير|حل|عنصر|جد|تدبير|تنفيذ|تطبيق|علاج"
_AN_EXAMPLE: Final = "خير|أبرز|أوضح|أفضل|أشهر|أقدم|أول|هو|هي|هذا|وهذا|آخر|أبسط|وهو|وهي|إلى|كل|أي"

# (as written, reading, the word before or what it ends with, what follows); the first that holds decides.
_TABLE: Final = (
    ("الثالثة", "الثلاثة", r"[^ةهاى\W]\s$", ""),
    ("الثالث", "الثلاث", r"(?:ات|ة|الدول|المدن|اللغات|المراحل|السنين|المناطق)\s$", ""),
    ("الثالث", "الثلاث", "", r"\s\w+ات(?!\w)"),
    ("ثالثة", "ثالثة", rf"(?<!\w)(?:{_THIRD_OF_A})\s$", r"(?!\sأ)"),
    ("ثالث", "ثلاث", "", r"\s\w+ات(?!\w)"),
    ("ثالث", "ثالث", rf"(?<!\w)(?:{_THIRD_OF})\s$", ""),
    ("ثالث", "ثالث", "", r"\s?(?:[.،؛:)]|\s(?:أيام|ال\w+|رئيس|ملك|مرة|على|في|من|هو|هي)(?!\w))"),
    ("ثالث", "ثالث", "", _MOST),
    ("وثالث", "وثالث", "", _MOST),
    ("الحق", "لاحق", rf"(?<!\w)(?:{_LATER})\s$", r"(?!\s(?:في|ال))"),
    ("صالح", "صلاح", "", r"\sالدين(?!\w)"),
    ("وصالح", "وصلاح", "", r"\sالدين(?!\w)"),
    ("لصالح", "لصلاح", "", r"\sالدين(?!\w)"),
    ("الحظ", "لاحظ", "", r"\s(?:أن|أنه|أنها|أي|وجود|كيف)(?!\w)"),
    ("مثال", "مثال", "", r"\s(?:على|عن|آخر|واضح|حي|جيد|توضيحي|لل?\w+|ذلك|بسيط)(?!\w)"),
    ("مثال", "مثال", rf"(?<!\w)(?:{_AN_EXAMPLE})\s$", ""),
    ("فعال", "فعال", rf"(?<!\w)(?:{_EFFECTIVE})\s$", ""),
    ("عمال", "عمال", "", r"\s(?!ب)"),
    ("مالكا", "مالكا", "", ""),
    ("أل", "أل", "", ""),
    ("آجال", "آجلا", r"(?<!\w)(?:أو|أم|عاجلا|عاجلاً)\s$", ""),
    ("بالغ", "بلاغ", r"(?<!\w)(?:بموجب|في|إثر|بعد|أصدرت|أصدر|نشر|إصدار|بواسطة|حسب|وفق)\s$", ""),
    ("بالغ", "بلاغ", "", r"\s(?:صحفي|صحافي|رسمي|مشترك|صادر)(?!\w)"),
    *((f"{article}والد{end}", f"{article}ولاد{end}", rf"(?<!\w)(?:{_BIRTH_AFTER})\s$", "")
      for article in ("", "ال") for end in ("ة", "ته", "تها", "تهم")),
    # Deadlines (`آجال`) abound in law, and hardly anything is deferred (`آجلا`).
    *((f"{clitic}آجال", f"{clitic}آجال", "", "") for clitic in ("", "و", "ب", "وب", "ل", "ك")),
    # The article alone before a figure, a foreign word or a quotation.
    *((f"{clitic}ال", f"{clitic}ال", "", r" ?[\dA-Za-z]|[\"(«-]") for clitic in ("", "و", "ب", "ف")),
)  # fmt: skip


@cache
def _cues() -> dict[str, list[_Cue]]:
    cues: defaultdict[str, list[_Cue]] = defaultdict(list)
    for written, cue in _compiled():
        cues[written].append(cue)
    return dict(cues)


def _compiled() -> Iterator[tuple[str, _Cue]]:
    for written, reading, before, after in _TABLE:
        yield written, _Cue(reading, re.compile(before), re.compile(after))
