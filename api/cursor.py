"""Where a list goes on: an opaque mark, good for the index generation that it was made from."""

import base64
import binascii
import json

from fastapi import HTTPException


def cursor_after(path: str, generation: str) -> str:
    """A cursor to what comes after `path`."""
    return base64.urlsafe_b64encode(json.dumps([generation, path]).encode()).decode().rstrip("=")


def path_of(cursor: str, generation: str) -> str:
    """The path that a cursor was made from. Raises HTTPException: 404 for no cursor, 410 for another generation's."""
    try:
        made_for, path = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(made_for, str) or not isinstance(path, str):
            raise ValueError("two texts are needed")
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        rule = "cursor: next_cursor of the page before is needed"
        raise HTTPException(404, f"{rule}, got {cursor[:80]!r}: start again without cursor") from error
    if made_for != generation:
        rule = f"cursor: the index {generation} is served now"
        raise HTTPException(410, f"{rule}, got a cursor of {made_for[:40]!r}: start again without cursor")
    return path
