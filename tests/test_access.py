"""Who may call what: keys in a header, scopes, and what is open without a key."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.access import AccessRules
from api.access_table import ANONYMOUS_SCOPES, entry_of, is_question
from api.guards import Guarding
from api.keys import KeyFile
from api.limits import Quota
from tests.guarded import guarded_app

ASKED = {"question": "Quelle amende ?"}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.sqlite")


def client_of(keys: KeyFile, *, anonymous: bool = True, of_key: int = 100, without: int = 100) -> TestClient:
    rules = AccessRules(keys, anonymous, Quota(without), Quota(of_key))
    return TestClient(guarded_app(Guarding(rules)))


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_a_key_opens_what_its_scopes_name(keys: KeyFile) -> None:
    client, key = client_of(keys), keys.create("Office", ["ask", "ingest"]).secret
    assert client.post("/v1/ask", json=ASKED, headers=bearer(key)).status_code == 200
    assert client.post("/v1/ingest", headers=bearer(key)).status_code == 200
    refused = client.get("/v1/documents/1", headers=bearer(key))
    assert refused.status_code == 403
    assert "`search` is needed" in refused.json()["detail"]
    assert refused.json()["type"] == "/problems/missing-scope"
    assert refused.headers["www-authenticate"] == 'Bearer realm="sanad", error="insufficient_scope", scope="search"'


def test_questions_and_documents_are_open_without_a_key_and_the_rest_is_not(keys: KeyFile) -> None:
    client = client_of(keys)
    assert client.post("/v1/ask", json=ASKED).status_code == 200
    assert client.get("/v1/documents/1").status_code == 200
    refused = client.post("/v1/ingest")
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/key-needed")
    assert refused.headers["www-authenticate"] == 'Bearer realm="sanad"'


def test_everything_needs_a_key_where_the_operator_wants_it(keys: KeyFile) -> None:
    client, key = client_of(keys, anonymous=False), keys.create("Office", ["ask"]).secret
    assert client.post("/v1/ask", json=ASKED).status_code == 401
    assert client.post("/v1/ask", json=ASKED, headers=bearer("anonymous")).status_code == 401
    assert client.post("/v1/ask", json=ASKED, headers=bearer(key)).status_code == 200


@pytest.mark.parametrize("word", ["Bearer anonymous", "bearer anonymous", "Bearer"])
def test_a_program_that_insists_on_a_key_may_say_that_it_has_none(keys: KeyFile, word: str) -> None:
    assert client_of(keys).post("/v1/ask", json=ASKED, headers={"authorization": word}).status_code == 200


@pytest.mark.parametrize("header", ["Bearer nope", "Bearer sanad_00000000_x", "Basic dTpw", "sanad_00000000_x"])
def test_a_wrong_key_is_refused_even_where_none_is_needed(keys: KeyFile, header: str) -> None:
    keys.create("Office", ["ask"])
    refused = client_of(keys).post("/v1/ask", json=ASKED, headers={"authorization": header})
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/unknown-key")
    assert refused.headers["www-authenticate"] == 'Bearer realm="sanad", error="invalid_token"'
    assert header not in refused.text


@pytest.mark.parametrize("end", ["expired", "revoked"])
def test_a_key_that_has_ended_is_refused(keys: KeyFile, end: str) -> None:
    new = keys.create("Office", ["ask"], timedelta(0) if end == "expired" else None)
    if end == "revoked":
        keys.revoke(new.key.id)
    refused = client_of(keys).post("/v1/ask", json=ASKED, headers=bearer(new.secret))
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/ended-key")
    assert new.key.id in refused.json()["detail"]
    assert new.secret not in refused.text


@pytest.mark.parametrize("query", ["api_key=x", "key=x", "access_token=x", "Authorization=x", "q=sanad_00000000_x"])
def test_a_key_in_the_address_is_refused_with_the_reason(keys: KeyFile, query: str) -> None:
    refused = client_of(keys).get(f"/v1/documents/1?{query}", headers=bearer("anonymous"))
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/key-in-url")
    assert "revoked" in refused.json()["detail"]


def test_other_parameters_are_no_keys(keys: KeyFile) -> None:
    assert client_of(keys).get("/v1/documents/1?kind=law&language=fr").status_code == 200


def test_each_key_and_each_address_has_its_own_quota(keys: KeyFile) -> None:
    client = client_of(keys, of_key=2, without=1)
    one, two = (keys.create(name, ["search"]).secret for name in ("One", "Two"))
    callers = [bearer(one), bearer(two), {}]
    taken = [[client.get("/v1/documents/1", headers=caller) for _ in range(3)] for caller in callers]
    assert [[response.status_code for response in row] for row in taken] == [[200, 200, 429]] * 2 + [[200, 429, 429]]
    first, _, last = taken[0]
    assert first.headers["ratelimit-policy"] == '"default";q=2;w=60'
    assert first.headers["ratelimit"].startswith('"default";r=1;t=')
    assert last.headers["ratelimit"].startswith('"default";r=0;t=')
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert last.json()["type"] == "/problems/quota-exceeded"


def test_wrong_keys_cannot_be_tried_at_leisure(keys: KeyFile) -> None:
    client = client_of(keys, without=2)
    tried = [client.get("/v1/documents/1", headers=bearer(f"sanad_00000000_{n}")).status_code for n in range(4)]
    assert tried == [401, 401, 429, 429]


def test_only_a_trusted_proxy_is_believed_about_addresses(keys: KeyFile) -> None:
    def statuses(app: FastAPI) -> list[int]:
        client = TestClient(app, client=("10.1.2.3", 5000))
        asked = [client.get("/v1/documents/1", headers={"x-forwarded-for": f"203.0.113.{n}"}) for n in range(3)]
        return [response.status_code for response in asked]

    rules = AccessRules(keys, anonymous_quota=Quota(1))
    assert statuses(guarded_app(Guarding(rules))) == [200, 429, 429]
    assert statuses(guarded_app(Guarding(rules, proxies=("10.1.0.0/16",)))) == [200, 200, 200]


def test_health_is_open_and_not_counted(keys: KeyFile) -> None:
    response = client_of(keys, anonymous=False).get("/livez")
    assert (response.status_code, "ratelimit" in response.headers) == (404, False)


@pytest.mark.parametrize(
    ("path", "scope"),
    [("/v1/ask", "ask"), ("/v1/documents/a/text", "search"), ("/v1/chat/completions", "ask"), ("/v1/asking", None)],
)
def test_a_path_falls_under_its_entry(path: str, scope: str | None) -> None:
    entry = entry_of(path)
    assert (entry.scope if entry else None) == scope


def test_what_makes_the_index_work_is_a_question() -> None:
    assert [is_question("POST", path) for path in ("/v1/ask", "/v1/search", "/v1/feedback")] == [True, True, False]
    assert not is_question("GET", "/v1/ask")
    assert set(ANONYMOUS_SCOPES).isdisjoint({"ingest", "eval", "admin"})
