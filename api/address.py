"""The address that the server listens on."""

import socket


def refuse_taken(host: str, port: int) -> None:
    """Raises OSError when the address cannot be taken, before minutes are spent on loading what would serve there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = f"cannot be taken ({error.strerror}): choose another --port"
            raise OSError(f"the address {host}:{port} is needed, but {why}") from error
