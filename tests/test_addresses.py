"""Only public addresses are connected to, and the address that was judged is the one that is used."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corpus.addresses import PublicTransport, addresses_of
from corpus.attempts import UnfetchedError
from tests.file_server import Reply, serving


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1"]
    + ["fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"],
)
def test_a_private_address_is_refused_before_anything_is_sent(address: str) -> None:
    transport = PublicTransport(httpx.MockTransport(lambda _: httpx.Response(200)), lambda _: ["8.8.8.8", address])
    with httpx.Client(transport=transport) as client, pytest.raises(UnfetchedError, match="on the public network") as e:
        client.get("https://official.test/a.pdf")
    assert f"official.test has the address {address}" in str(e.value)


def test_loopback_is_allowed_for_a_trial_and_no_other_private_address() -> None:
    inner = httpx.MockTransport(lambda _: httpx.Response(200))
    with httpx.Client(transport=PublicTransport(inner, lambda _: ["127.0.0.1"], loopback=True)) as client:
        assert client.get("http://official.test/").status_code == 200
    with (
        httpx.Client(transport=PublicTransport(inner, lambda _: ["10.0.0.7"], loopback=True)) as client,
        pytest.raises(UnfetchedError),
    ):
        client.get("http://official.test/")


def test_the_address_that_was_judged_is_connected_to_and_the_host_is_named() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    answers = iter([["8.8.8.8"], ["127.0.0.1"]])  # a name server that changes its mind
    with httpx.Client(transport=PublicTransport(httpx.MockTransport(answer), lambda _: next(answers))) as client:
        client.get("https://official.test/a.pdf")
    (request,) = seen
    assert (request.url.host, request.headers["Host"]) == ("8.8.8.8", "official.test")
    assert request.extensions["sni_hostname"] == "official.test"


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    with serving() as server:
        server.say("/a", Reply(body=b"text"))
        transport = PublicTransport(httpx.HTTPTransport(), lambda _: ["::1", "127.0.0.1"], loopback=True)
        with httpx.Client(transport=transport, trust_env=False) as client:
            assert client.get(server.url("/a")).content == b"text"


def test_an_unknown_name_is_a_failure_to_connect() -> None:
    def unknown(host: str) -> list[str]:
        raise OSError("no such name")

    with (
        httpx.Client(transport=PublicTransport(httpx.MockTransport(lambda _: httpx.Response(200)), unknown)) as client,
        pytest.raises(httpx.ConnectError, match=r"the name nowhere\.test is not known"),
    ):
        client.get("https://nowhere.test/")


def test_an_address_is_its_own_name() -> None:
    assert addresses_of("127.0.0.1") == ["127.0.0.1"]


class _Ok(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """The port of a server with a certificate for official.test, and a context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "official.test")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    names = x509.SubjectAlternativeName([x509.DNSName("official.test")])
    certificate = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    chain = tmp_path / "chain.pem"
    chain.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    serving_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving_context.load_cert_chain(chain)
    server = HTTPServer(("127.0.0.1", 0), _Ok)
    server.socket = serving_context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_address[1], ssl.create_default_context(cafile=str(chain))
    server.shutdown()
    server.server_close()


def test_the_certificate_is_that_of_the_name_and_not_of_the_address(encrypted: tuple[int, ssl.SSLContext]) -> None:
    port, trusting = encrypted
    transport = PublicTransport(httpx.HTTPTransport(verify=trusting), lambda _: ["127.0.0.1"], loopback=True)
    with httpx.Client(transport=transport, trust_env=False) as client:
        assert client.get(f"https://official.test:{port}/").status_code == 200
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            client.get(f"https://other.test:{port}/")
