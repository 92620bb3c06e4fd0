"""The paths of the API that no route takes, answered before a page that is mounted at `/` would take them."""

from collections.abc import Sequence
from typing import Final

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from api.access_table import is_guarded
from api.problems import Problem, refusal

_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Unrouted(BaseRoute):
    """The last route: wrong methods of the routes before it, and unknown paths under /v1."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = tuple(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        taken = scope["type"] == "http" and (is_guarded(scope["path"]) or bool(self._allowed(scope)))
        return (Match.FULL if taken else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = ", ".join(self._allowed(scope))
        wrong_method = Problem(
            "method-not-allowed", {"method": scope["method"], "allowed": allowed}, {"Allow": allowed}
        )
        problem = wrong_method if allowed else Problem("not-found")
        await refusal(scope, problem)(scope, receive, send)

    def _allowed(self, scope: Scope) -> list[str]:
        """The methods that some route takes on this path."""
        return [method for method in _METHODS if any(self._fits(route, scope, method) for route in self._routes)]

    def _fits(self, route: BaseRoute, scope: Scope, method: str) -> bool:
        match, _ = route.matches({**scope, "method": method})
        return match is Match.FULL
