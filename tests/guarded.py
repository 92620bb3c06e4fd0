"""A small application behind the guards, whose routes a test can hold."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from api.guards import Guarding, guards
from api.problems import handle_problems
from api.unrouted import Unrouted


class Asked(BaseModel):
    """A question of two rules."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=1000)
    history: list[str] = Field(default_factory=list, max_length=20)


@dataclass
class Held:
    """Questions wait here until the test lets them go; `asked` counts those that were begun."""

    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    asked: list[str] = field(default_factory=list)


def guarded_app(guarding: Guarding, held: Held | None = None) -> FastAPI:
    """Routes at the addresses of the real ones, behind the real guards."""
    app = FastAPI(middleware=guards(guarding))
    handle_problems(app)

    @app.post("/v1/ask")
    def ask(asked: Asked) -> dict[str, str]:
        if held is not None:
            held.asked.append(asked.question)
            held.begun.release()
            held.go.wait(20)
        return {"answer": asked.question}

    @app.get("/v1/documents/{source_id}")
    def document(source_id: str) -> dict[str, str]:
        if source_id == "broken":
            raise RuntimeError("the secret of the house: what somebody asked")
        return {"id": source_id}

    @app.post("/v1/ingest")
    def ingest() -> dict[str, str]:
        return {"ingest": "begun"}

    @app.post("/v1/chat/completions")
    def completions(asked: Asked) -> StreamingResponse:
        if asked.question == "break":
            return StreamingResponse(_broken())
        return StreamingResponse(iter(["a", "b"]))

    app.routes.append(Unrouted(app.routes))
    return app


def _broken() -> Iterator[str]:
    yield "a"
    raise RuntimeError("in the middle")


@contextmanager
def listening(app: FastAPI) -> Iterator[int]:
    """The application on a free port of this machine; yields the port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, proxy_headers=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
