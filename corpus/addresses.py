"""Connections to public addresses only: a name that leads into the operator's own network is refused.

The address that was judged is the one that is connected to. A client that looked the name up again could be given
another answer by then.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx

from corpus.attempts import UnfetchedError

Resolve = Callable[[str], Sequence[str]]
"""Addresses of a host, best first. Raises OSError where there are none."""


def addresses_of(host: str) -> Sequence[str]:
    """What the name servers of this machine say."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicTransport(httpx.BaseTransport):
    """Sends requests by `inner` to addresses of the public network, and to this machine where `loopback` allows it."""

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve, *, loopback: bool = False) -> None:
        self._inner, self._resolve, self._loopback = inner, resolve, loopback

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises UnfetchedError for an address that is not public, httpx.ConnectError when none can be reached."""
        host = request.url.host
        try:
            addresses = self._resolve(host)
        except OSError as error:
            raise httpx.ConnectError(f"the name {host} is not known ({error})", request=request) from error
        for address in addresses:
            self._refuse_private(host, address)
        failed: httpx.ConnectError | None = None
        for address in addresses:
            try:
                return self._inner.handle_request(_to(address, request))
            except httpx.ConnectError as error:
                failed = error
        raise failed or httpx.ConnectError(f"the name {host} has no address", request=request)

    def close(self) -> None:
        self._inner.close()

    def _refuse_private(self, host: str, address: str) -> None:
        judged: IPv4Address | IPv6Address = ip_address(address)
        # Early releases of Python 3.11 call every mapped address public.
        if isinstance(judged, IPv6Address) and judged.ipv4_mapped:
            judged = judged.ipv4_mapped
        public = judged.is_global and not judged.is_multicast
        if not public and not (self._loopback and judged.is_loopback):
            raise UnfetchedError(
                f"a host on the public network is needed, {host} has the address {address}: correct the register"
            )


def _to(address: str, request: httpx.Request) -> httpx.Request:
    """The request to that address; `Host` and the certificate's name stay those of the host."""
    extensions = {**request.extensions, "sni_hostname": request.url.host}
    url = request.url.copy_with(host=address)
    return httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)
