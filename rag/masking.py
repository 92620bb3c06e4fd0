"""Personal data that people put into questions, taken out before anything is searched, kept or sent (law 09-08).

What no answer needs: numbers of identity cards, telephones and bank accounts, addresses of mail.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from corpus.instrument import western_digits

Personal = Literal["iban", "rib", "phone", "email", "cnie"]
PERSONAL: Final[tuple[Personal, ...]] = get_args(Personal)

_GAP: Final = r"[ .\u00a0\u202f-]?"
_SHORT_WORDS: Final = "A|AT|AU|BY|D|DE|DH|DU|EN|ET|IN|IS|L|LA|LE|N|OF|ON|OU|TO|UN|UP"
_NOT_INSIDE: Final = r"(?<![\w@.+-])"
_PATTERNS: Final[dict[Personal, re.Pattern[str]]] = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    # Morocco: MA and 26 digits; others have 15 to 34 characters (ISO 13616).
    "iban": re.compile(
        rf"{_NOT_INSIDE}[A-Z]{{2}}\d{{2}}(?:{_GAP}[A-Z0-9]{{4}}){{2,7}}(?:{_GAP}[A-Z0-9]{{1,4}})?(?!\w)"
    ),
    "rib": re.compile(rf"{_NOT_INSIDE}\d(?:{_GAP}\d){{23}}(?!\w)"),
    # National numbers have nine digits behind 0 or +212, the first of them 5 to 8.
    "phone": re.compile(rf"{_NOT_INSIDE}(?:(?:\+|00)212{_GAP}(?:\(0\))?|0){_GAP}[5-8](?:{_GAP}\d){{8}}(?![\w]|[.-]\d)"),
    # One or two letters of the office and five to seven digits; apart only in capitals that are no word.
    "cnie": re.compile(
        rf"{_NOT_INSIDE}(?:[A-Za-z]{{1,2}}-?|(?!(?:{_SHORT_WORDS})\W)[A-Z]{{1,2}}{_GAP})\d{{5,7}}(?![\w]|[.,/-]\d)"
    ),
}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and the kinds that were taken out."""

    text: str
    kinds: tuple[Personal, ...]


def masked(text: str) -> Masked:
    """`text` with `[cnie]`, `[phone]`, … in the place of personal data."""
    kinds = []
    for kind, pattern in _PATTERNS.items():
        found = list(pattern.finditer(western_digits(text)))
        kinds += [kind] * bool(found)
        for match in reversed(found):
            text = f"{text[: match.start()]}[{kind}]{text[match.end() :]}"
    return Masked(text, tuple(kind for kind in PERSONAL if kind in kinds))
