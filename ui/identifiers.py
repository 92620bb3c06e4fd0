"""Numbers of instruments inside a line of text, kept from being turned round."""

import re
from html import escape
from typing import Final

_IDENTIFIER: Final = re.compile(r"(?<![\w.])\d+(?:[-./]\d+)+(?!\w)")


def isolated(text: str) -> str:
    """Escaped, with each number of an instrument isolated: in Arabic a bare `05-20` would be shown as `20-05`."""
    return _IDENTIFIER.sub(lambda match: f"<bdi>{match.group()}</bdi>", escape(text))


def isolated_plain(text: str) -> str:
    """The same for text that cannot hold markup, by signs that are not seen."""
    return _IDENTIFIER.sub("\u2066\\g<0>\u2069", text)
