"""Where the type of a problem leads: an explanation as JSON or as a page."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.problem_pages import problem_pages
from api.problems import STATUSES, handle_problems


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    handle_problems(app)
    app.include_router(problem_pages())
    return TestClient(app)


def test_every_problem_is_listed_and_explained(client: TestClient) -> None:
    listed = client.get("/problems").json()["problems"]
    assert [problem["type"] for problem in listed] == [f"/problems/{slug}" for slug in STATUSES]
    for problem in listed:
        assert client.get(problem["type"]).json() == problem
        assert problem["title"]
        assert problem["about"]


def test_a_page_is_in_the_language_and_direction_of_the_reader(client: TestClient) -> None:
    page = client.get("/problems/quota-exceeded", headers={"accept": "text/html", "accept-language": "ar"})
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "<h2>طلبات كثيرة</h2>" in page.text
    assert page.headers["content-language"] == "ar"


def test_an_unknown_problem_is_a_problem(client: TestClient) -> None:
    response = client.get("/problems/<b>", headers={"accept": "text/html"})
    assert (response.status_code, response.json()["type"]) == (404, "/problems/unknown-problem")
    assert response.headers["content-type"] == "application/problem+json"
