"""Arabic that came out of a page from left to right: lines spelled backwards, or with their words in reverse."""

import re
from typing import Final

from ingest.repair.arabic_words import arabic_words
from ingest.repair.repairs import RepairLog

_ARABIC: Final = "\u0621-\u064a"
_WORD: Final = re.compile(rf"[{_ARABIC}]{{3,40}}")
_KNOWN: Final = 2.0
_FEWEST_WORDS: Final = 3
_FEW_KNOWN: Final = 0.4
_MANY_KNOWN: Final = 0.7
# What a line of Arabic writes from left to right all the same.
_LEFT_TO_RIGHT: Final = re.compile(r"[0-9A-Za-zÀ-ÿ]+(?:[ .,/:@-]+[0-9A-Za-zÀ-ÿ]+)*")
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_CLOSED_FIRST: Final = re.compile(r"^[^(]*\)[^)]*\(")

# Words that stand before another of a certain look, hardly ever after it.
_VERB: Final = rf"[يتن][{_ARABIC}]{{2,}}"
_DEFINITE: Final = rf"[وب]?ال[{_ARABIC}]{{3,}}"
_LEADERS: Final = (
    (r"و?(?:أن|لا|لم|لن|قد|التي|الذي|الذين|ألا)", _VERB),
    (r"[ولب]?(?:هذا|هذه|هذين|تلك|ذلك|جميع|كافة|بعض|كل|مختلف|بموجب|طبقا|تطبيق|أحكام|مقتضيات)", _DEFINITE),
    (r"(?:رقم|عدد|المادة|الفصل|الباب|المواد|الفصول)", r"\d[\d.-]*"),
)
_FORWARD: Final = re.compile("|".join(rf"(?<!\S){leader} (?={follower}(?!\S))" for leader, follower in _LEADERS))
_BACKWARD: Final = re.compile("|".join(rf"(?<!\S){follower} (?={leader}(?!\S))" for leader, follower in _LEADERS))
_FEWEST_PAIRS: Final = 4
_CLEAR: Final = 2


def in_reading_order(pages: list[str], log: RepairLog) -> list[str]:
    """The pages with lines spelled backwards turned, and with the words of all lines turned where all are reversed."""
    pages = ["\n".join(_spelled_forward(line, log) for line in page.split("\n")) for page in pages]
    if _are_backward(pages):
        return ["\n".join(_words_forward(line, log) for line in page.split("\n")) for page in pages]
    return pages


def _spelled_forward(line: str, log: RepairLog) -> str:
    words = _WORD.findall(line)
    if len(words) < _FEWEST_WORDS or _known_share(words) >= _FEW_KNOWN:
        return line
    if _known_share([word[::-1] for word in words]) < _MANY_KNOWN:
        return line
    turned = _LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], line[::-1].translate(_MIRRORED))
    log.note("lines spelled forward", line, turned)
    return turned


def _known_share(words: list[str]) -> float:
    frequency = arabic_words().frequency
    return sum(frequency(word) >= _KNOWN for word in words) / len(words)


def _are_backward(pages: list[str]) -> bool:
    forward = sum(len(_FORWARD.findall(page)) for page in pages)
    backward = sum(len(_BACKWARD.findall(page)) for page in pages)
    return backward >= _FEWEST_PAIRS and backward >= _CLEAR * forward


def _words_forward(line: str, log: RepairLog) -> str:
    words = line.split()
    if len(words) <= 1 or not _WORD.search(line):
        return line
    turned = " ".join(reversed(words))
    if _CLOSED_FIRST.search(turned):
        turned = turned.translate(_MIRRORED)
    log.note("words put in order", line, turned)
    return turned
