"""What is wrong with each field of a request, in words that a caller can act on."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi.exceptions import RequestValidationError

_LONGEST_RECEIVED: Final = 80
_MOST_FAULTS: Final = 20
_LIMITS: Final = ("min_length", "max_length", "ge", "le", "gt", "lt")
_QUOTED: Final = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field: where it stands, the rule by its stable name, the value received (cut), and what would be allowed."""

    field: str
    place: str
    rule: str
    message: str
    received: str | None = None
    allowed: tuple[str, ...] = ()
    limit: float | None = None


def broken_json_place(error: RequestValidationError) -> int | None:
    """The character at which the body stops being JSON; None when it is JSON."""
    first = error.errors()[0]
    return int(first["loc"][-1]) if first["type"] == "json_invalid" else None


def field_faults(error: RequestValidationError, rules: Mapping[str, str]) -> tuple[FieldFault, ...]:
    """The first faults; `rules` words them by rule, and pydantic's own English stands where it words none."""
    return tuple(_fault(found, rules) for found in error.errors()[:_MOST_FAULTS])


def _fault(found: Mapping[str, Any], rules: Mapping[str, str]) -> FieldFault:
    place, *path = (str(part) for part in found["loc"])
    context, rule = found.get("ctx", {}), found["type"]
    allowed = tuple(_QUOTED.findall(str(context.get("expected", ""))))
    listed = {"expected": ", ".join(allowed)} if allowed else {}  # pydantic joins them by an English word
    return FieldFault(
        field=printed(".".join(path)) or place,
        place=place,
        rule=rule,
        message=_message(rule, context | listed, rules) or found["msg"],
        received=None if rule == "missing" else shown(found.get("input")),
        allowed=allowed,
        limit=next((context[name] for name in _LIMITS if name in context), None),
    )


def _message(rule: str, context: Mapping[str, object], rules: Mapping[str, str]) -> str:
    template = rules.get(rule, rules.get("other", ""))
    try:
        return template.format_map(context)
    except KeyError:  # the rule is known, but not with these facts
        return rules.get("other", "")


def shown(value: object) -> str:
    """A value as JSON, cut, with every character that does not print written as its code."""
    # A wrong body may be large: what is cut away is not worth writing out.
    text = json.dumps(
        value[: 2 * _LONGEST_RECEIVED] if isinstance(value, str) else value, ensure_ascii=False, default=str
    )
    return printed(text)


def quoted(text: str) -> str:
    """A text as a value received, cut, with every character that does not print written as its code."""
    return repr(text[:_LONGEST_RECEIVED]) + ("…" if len(text) > _LONGEST_RECEIVED else "")


def printed(text: str) -> str:
    """A text without quotation marks, cut in the same way."""
    kept = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text[:_LONGEST_RECEIVED])
    return kept + ("…" if len(text) > _LONGEST_RECEIVED else "")
