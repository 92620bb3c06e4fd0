"""What every request passes before a route sees it, in order."""

from dataclasses import dataclass

from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.access import Access, AccessRules
from api.access_log import AccessLog
from api.bodies import Bodies
from api.limits import Admission
from api.security import SecurityHeaders


@dataclass(frozen=True, slots=True)
class Guarding:
    """What an operator may choose of it. `proxies` are addresses or networks whose X-Forwarded-For is believed."""

    access: AccessRules = AccessRules()
    proxies: tuple[str, ...] = ()
    concurrent: int = 4
    waiting: int = 16
    body_bytes: int = 64 * 1024
    body_timeout_s: float = 10.0
    upload_bytes: int = 50 << 20


def guards(chosen: Guarding) -> list[Middleware]:
    """Outermost first: callers are known before their bodies are read, and bodies are whole before they wait."""
    return [
        Middleware(ProxyHeadersMiddleware, trusted_hosts=list(chosen.proxies)),
        Middleware(SecurityHeaders),
        Middleware(AccessLog),
        Middleware(Access, rules=chosen.access),
        Middleware(
            Bodies,
            most=chosen.body_bytes,
            patience_s=chosen.body_timeout_s,
            most_uploaded=chosen.upload_bytes,
        ),
        Middleware(Admission, concurrent=chosen.concurrent, waiting=chosen.waiting),
    ]
