"""The address that the server listens on."""

import socket
from typing import Final

import uvicorn
from starlette.types import ASGIApp

_ENDING_S: Final = 20
"""Time that answers in the making have when the server is told to end."""


def refuse_taken(host: str, port: int) -> None:
    """Raises OSError when the address cannot be taken, before minutes are spent on loading what would serve there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = f"cannot be taken ({error.strerror}): choose another --port"
            raise OSError(f"the address {host}:{port} is needed, but {why}") from error


def listen(app: ASGIApp, host: str, port: int) -> None:
    """Serve until the process is told to end. The log and the addresses of clients are middlewares of our own."""
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_ENDING_S,
    )
