"""Who asks, whether they may, and how often: keys in the header `Authorization`, or nobody in particular."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access_table import ANONYMOUS_SCOPES, Entry, entry_of
from api.keys import Key, KeyFile, KeyScope, key_id_of, utc_now
from api.limits import Addresses, Quota, Quotas, Standing
from api.problems import Problem, ProblemError, refusal

ANONYMOUS: Final = "anonymous"
"""What the log calls who sends no key. As a key it says the same, for programs that insist on sending one."""

_REALM: Final = 'Bearer realm="sanad"'
_KEY_NAMES: Final = re.compile(r"(?:api|access)?[-_]?(?:key|token)|authorization|bearer", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as quotas and log name them: the id of a key, or the hashed address of who sends none."""

    id: str
    key: Key | None = None

    @property
    def logged(self) -> str:
        """The id of the key; of others, nothing."""
        return self.key.id if self.key else ANONYMOUS


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Which keys there are, whether one is needed at all, and the quotas with and without one."""

    keys: KeyFile | None = None
    anonymous: bool = True
    anonymous_quota: Quota = Quota(60)
    key_quota: Quota = Quota(600)


class Access:
    """ASGI middleware that lets a request through to the paths that its key opens, and counts it.

    A request that is refused counts too, by address, so that keys cannot be tried at leisure.
    """

    def __init__(self, app: ASGIApp, rules: AccessRules) -> None:
        self.app = app
        self._rules, self._addresses = rules, Addresses()
        self._anonymous, self._keyed = Quotas(rules.anonymous_quota), Quotas(rules.key_quota)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        entry = entry_of(scope["path"]) if scope["type"] == "http" else None
        if entry is None:
            await self.app(scope, receive, send)
            return
        caller, refused = Caller(self._addresses.name(scope)), None
        try:
            caller = await self._caller(scope, caller)
            _check(entry, caller, anonymous=self._rules.anonymous)
        except ProblemError as error:
            refused = error.problem
        scope.setdefault("state", {}).update(caller=caller.logged, entry=entry.path)
        quotas = self._keyed if caller.key else self._anonymous
        standing = quotas.take(caller.id)
        if not standing.allowed:
            refused = _used_up(quotas.quota, standing)
        app = self.app if refused is None else refusal(scope, refused)
        await app(scope, receive, _with_limits(send, quotas.quota, standing))

    async def _caller(self, scope: Scope, unknown: Caller) -> Caller:
        """Raises ProblemError for a key that is in the address, not ours, or no longer valid."""
        if _key_in(scope["query_string"]):
            raise ProblemError(Problem("key-in-url"))
        scheme, _, presented = Headers(scope=scope).get("authorization", "").strip().partition(" ")
        presented = presented.strip()
        if not scheme or (scheme.lower() == "bearer" and presented in {"", ANONYMOUS}):
            return unknown
        keys = self._rules.keys
        key = await run_in_threadpool(keys.find, presented) if keys and scheme.lower() == "bearer" else None
        if key is None:
            raise ProblemError(Problem("unknown-key", headers=_challenge("invalid_token")))
        if key.state(utc_now()) != "valid":
            ended = min(end for end in (key.expires, key.revoked) if end is not None)
            facts = {"key": key.id, "since": f"{ended:%Y-%m-%d}"}
            raise ProblemError(Problem("ended-key", facts, _challenge("invalid_token")))
        return Caller(key.id, key)


def _check(entry: Entry, caller: Caller, *, anonymous: bool) -> None:
    """Raises ProblemError when the path is not open to the caller."""
    if caller.key is None:
        if not anonymous or entry.scope not in ANONYMOUS_SCOPES:
            raise ProblemError(Problem("key-needed", {"scope": entry.scope}, {"WWW-Authenticate": _REALM}))
    elif entry.scope not in caller.key.scopes:
        facts = {"scope": entry.scope, "key": caller.key.id, "held": ", ".join(caller.key.scopes)}
        raise ProblemError(Problem("missing-scope", facts, _challenge("insufficient_scope", entry.scope)))


def _challenge(error: str, scope: KeyScope | None = None) -> dict[str, str]:
    """The header of RFC 6750."""
    needed = f', scope="{scope}"' if scope else ""
    return {"WWW-Authenticate": f'{_REALM}, error="{error}"{needed}'}


def _key_in(query: bytes) -> bool:
    fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return any(_KEY_NAMES.fullmatch(name) or key_id_of(value) for name, value in fields)


def _used_up(quota: Quota, standing: Standing) -> Problem:
    facts = {"requests": quota.requests, "seconds": quota.seconds, "retry": standing.reset_s}
    return Problem("quota-exceeded", facts, {"Retry-After": str(standing.reset_s)})


def _with_limits(send: Send, quota: Quota, standing: Standing) -> Send:
    async def send_with_limits(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["RateLimit-Policy"], headers["RateLimit"] = quota.policy, standing.header
        await send(message)

    return send_with_limits
