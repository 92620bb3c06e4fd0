"""Maintainers over HTTP: documents come, are answered from without a restart, and go."""

import threading
from contextlib import nullcontext
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api import jobs as jobs_module
from api.access import AccessRules
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from api.job_worker import JobWorker, Means
from api.jobs import JobFile
from api.keys import KeyFile
from api.renewal import Renewal
from corpus.uploads import UploadsFolder
from index.build import build
from index.search import Index, open_index
from ingest.isolation import Limits, processes
from rag.answer import Answer
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY
from tests.fakes import FakeEmbedder, InProcess, tools
from tests.ingests import LAW_FR

INCIDENT = b"# Incident\n\nTout incident est signale a la direction dans un delai de trois jours."
ASKED = {"question": "Quel délai pour signaler un incident ?"}
LIMIT = 200_000


@pytest.fixture
def backend(corpus: Path, served: Path, tmp_path: Path) -> Backend:
    build([corpus], served, tools())
    index = open_index(served, FakeEmbedder())
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    return Backend(index, build_chain(index, lambda: TODAY), lambda: TODAY, log, InProcess())


@pytest.fixture
def worker(backend: Backend, served: Path, tmp_path: Path) -> JobWorker:
    def opened() -> tuple[Index, Runnable[Question, Answer]]:
        index = open_index(served, FakeEmbedder())
        return index, build_chain(index, lambda: TODAY)

    uploads = UploadsFolder(tmp_path / "uploads")
    means = Means(lambda: nullcontext(InProcess()), FakeEmbedder(), Renewal(backend, opened).renew)
    return JobWorker(JobFile(uploads.working / "jobs.sqlite"), uploads, served, means)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.sqlite")


def client_of(backend: Backend, worker: JobWorker | None, keys: KeyFile) -> TestClient:
    client = TestClient(create_app(backend, Guarding(AccessRules(keys), upload_bytes=LIMIT), worker))
    client.headers["authorization"] = f"Bearer {keys.create('Maintainer', ['ingest', 'ask', 'search']).secret}"
    return client


@pytest.fixture
def client(backend: Backend, worker: JobWorker, keys: KeyFile) -> TestClient:
    return client_of(backend, worker, keys)


def send(
    client: TestClient, content: bytes = INCIDENT, name: str = "incident.md", key: str = "", **said: str
) -> httpx2.Response:
    headers = {"idempotency-key": key} if key else {}
    return client.post("/v1/ingest", files={"file": (name, content)}, data=said, headers=headers)


def test_a_document_is_answered_from_as_soon_as_its_job_is_done(client: TestClient, worker: JobWorker) -> None:
    before = client.get("/readyz").json()["index"]
    accepted = send(client, title="Incidents", language="fr", kind="note", url="https://example.ma/i", published="2025")
    job = accepted.json()
    assert (accepted.status_code, job["status"]) == (202, "queued")
    assert accepted.headers["location"] == f"/v1/ingest/jobs/{job['id']}"
    assert client.get(f"{accepted.headers['location']}/report").json()["type"] == "/problems/no-report"
    worker.work_off()
    done = client.get(accepted.headers["location"]).json()
    assert (done["status"], done["progress"], done["ended"] is not None) == ("done", None, True)
    assert client.get("/readyz").json()["index"] == done["index"] != before
    answer = client.post("/v1/ask", json=ASKED).json()
    assert answer["citations"][0]["source_id"] == job["document"]
    assert answer["engine"]["index"] == done["index"]
    document = client.get(f"/v1/documents/{job['document']}").json()["document"]
    assert (document["title"], document["url"], document["published"]) == ("Incidents", "https://example.ma/i", "2025")
    report = client.get(done["report"]).json()
    assert (report["status"], report["reader"], report["language"]) == ("indexed", "markdown", "fr")


def test_a_document_is_withdrawn_again(client: TestClient, worker: JobWorker) -> None:
    document = send(client).json()["document"]
    worker.work_off()
    first, second = (client.delete(f"/v1/ingest/documents/{document}") for _ in range(2))
    assert (first.status_code, first.json()["task"]) == (202, "withdrawal")
    assert second.json()["id"] == first.json()["id"]
    worker.work_off()
    assert client.get(first.headers["location"]).json()["status"] == "done"
    assert client.get(f"/v1/documents/{document}").status_code == 404
    assert client.delete(f"/v1/ingest/documents/{document}").status_code == 404


def test_what_came_from_a_folder_is_not_withdrawn_over_http(client: TestClient, backend: Backend) -> None:
    law = next(source.id for source in backend.index.sources.values() if source.path == LAW_FR)
    refused = client.delete(f"/v1/ingest/documents/{law}")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-uploaded")
    assert "--prune" in refused.json()["detail"]
    assert client.get(f"/v1/documents/{law}").status_code == 200


def test_a_page_of_a_list_ends_with_its_generation(client: TestClient, worker: JobWorker) -> None:
    cursor = client.get("/v1/documents", params={"limit": 1}).json()["next_cursor"]
    send(client)
    worker.work_off()
    assert client.get("/v1/documents", params={"limit": 1, "cursor": cursor}).status_code == 410


def test_without_the_setting_there_is_no_such_address(backend: Backend, keys: KeyFile) -> None:
    client = client_of(backend, None, keys)
    assert [send(client).status_code, client.get("/v1/ingest/jobs").status_code] == [404, 404]


def test_nobody_uploads_without_the_scope(client: TestClient, worker: JobWorker, keys: KeyFile) -> None:
    client.headers["authorization"] = "Bearer anonymous"
    assert send(client).status_code == 401
    client.headers["authorization"] = f"Bearer {keys.create('Reader', ['search']).secret}"
    assert [send(client).status_code, client.get("/v1/ingest/jobs").status_code] == [403, 403]
    assert worker.jobs.newest(9) == []


def test_an_upload_that_is_sent_again_is_one_job(client: TestClient, worker: JobWorker) -> None:
    first, again = (send(client, title="One", key="k-1").json()["id"] for _ in range(2))
    refused = send(client, title="Other", key="k-1")
    assert first == again
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/reused-key")
    assert [file.name for file in worker.uploads.waiting("").iterdir()] == [first]
    worker.work_off()
    assert send(client, title="One", key="k-1").json()["status"] == "done"
    assert len(client.get("/v1/ingest/jobs").json()["jobs"]) == 1


def test_two_uploads_at_once_are_two_jobs_in_turn(client: TestClient, worker: JobWorker, backend: Backend) -> None:
    other = b"# Signature\n\nLa signature qualifiee vaut la signature manuscrite."
    threads = [threading.Thread(target=send, args=(client, content, "a.md")) for content in (INCIDENT, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worker.work_off()
    listed = client.get("/v1/ingest/jobs").json()["jobs"]
    assert [job["status"] for job in listed] == ["done", "done"]
    assert {job["document"] for job in listed} <= set(backend.index.sources)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", b"<!doctype html><html><body>A page</body></html>"),
        ("law.md", b"%PDF-1.4"),
        ("program.exe", b"MZ\0\0\1\2"),
        ("empty.txt", b""),
        ("broken.docx", b"PK\x03\x04nothing"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    client: TestClient, worker: JobWorker, name: str, content: bytes
) -> None:
    refused = send(client, content, name)
    assert (refused.status_code, refused.json()["type"]) == (415, "/problems/unreadable-file")
    assert f'"{name}" is not' in refused.json()["detail"]
    assert list(worker.uploads.waiting("").iterdir()) == []


def test_a_name_of_the_client_leads_nowhere(client: TestClient, worker: JobWorker, tmp_path: Path) -> None:
    job = send(client, name="../../../../etc/cron.d/x.md").json()
    worker.work_off()
    assert job["path"].startswith("uploaded/")
    assert job["path"].endswith("/x.md")
    assert [file.relative_to(worker.uploads.path).as_posix() for file in tmp_path.rglob("x.md")] == [job["path"]]


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(client: TestClient, worker: JobWorker) -> None:
    refused = send(client, b"x" * (LIMIT + 1))
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/file-too-large")
    form = [b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n', *[b"x" * 50_000] * 5]
    headers = {"content-type": "multipart/form-data; boundary=b"}
    counted = client.post("/v1/ingest", content=iter(form), headers=headers)
    assert "content-length" not in counted.request.headers
    assert (counted.status_code, counted.json()["type"]) == (413, "/problems/file-too-large")
    assert worker.jobs.newest(9) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "novel"}, "kind"),
        ({"published": "in May"}, "published"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"path": "/etc/passwd"}, "path"),
    ],
)
def test_facts_that_do_not_fit_are_named(client: TestClient, said: dict[str, str], field: str) -> None:
    refused = client.post("/v1/ingest", files={"file": ("a.md", INCIDENT)}, data=said)
    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.json()["errors"]] == [field]


def test_other_forms_of_a_body_are_refused(client: TestClient) -> None:
    assert client.post("/v1/ingest", json={}).json()["type"] == "/problems/unsupported-media-type"
    assert client.post("/v1/ingest", data={"title": "x"}).status_code == 415
    assert client.post("/v1/ingest").status_code == 422
    assert client.get("/v1/ingest/jobs/none").status_code == 404


def test_jobs_that_wait_are_limited(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "MOST_WAITING", 1)
    statuses = [send(client, title=title).status_code for title in ("a", "b")]
    assert statuses == [202, 503]


def test_a_hostile_pdf_harms_nothing(
    backend: Backend, served: Path, tmp_path: Path, keys: KeyFile, shared: Path
) -> None:
    file = shared / "bench/pdf/pypdf/encryption_r6-user-password.pdf"
    file = file if file.is_file() else next((shared / "bench/pdf/pypdf").glob("*user-password.pdf"))
    uploads = UploadsFolder(tmp_path / "uploads")
    means = Means(lambda: processes(Limits(seconds=20), 1), FakeEmbedder(), lambda: None)
    worker = JobWorker(JobFile(uploads.working / "jobs.sqlite"), uploads, served, means)
    client = client_of(backend, worker, keys)
    location = send(client, file.read_bytes(), "law.pdf").headers["location"]
    worker.work_off()
    job = client.get(location).json()
    assert (job["status"], job["reason"].partition(":")[0]) == ("failed", "encrypted")
    assert client.get(job["report"]).json()["status"] == "quarantined"
    assert client.post("/v1/ask", json={"question": "Quelle amende sans déclaration ?"}).json()["status"] == "answered"
