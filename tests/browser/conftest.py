"""A served site with a hostile document in its index, one browser for the folder, and a page a test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from api.app import create_app
from api.backend import Backend
from index.build import build
from index.search import open_index
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from tests.conftest import TODAY, write_corpus
from tests.fakes import FakeEmbedder, tools
from tests.loopback import on_loopback
from ui.chat import Desk, mount_chat
from ui.pages import mount_pages

PATIENCE_MS = 20_000
HOSTILE = """Loi n° 66-02 relative aux incidents

Article premier
Un incident est signalé avec une signature. <img src="http://elsewhere.invalid/a.png">
![b](http://elsewhere.invalid/b.png) [lien](http://elsewhere.invalid/c)
<script>fetch("http://elsewhere.invalid/d")</script> <style>@import "http://elsewhere.invalid/e"</style>
"""
HYPHEN_AR = """قانون رقم 05.20 يتعلق بالحوادث

المادة الأولى
يبلغ عن كل حادث وعن كل حوادث التوقيع حسب القانون رقم 05-20 وفي أجل عشرة أيام.
"""


@dataclass(frozen=True)
class Site:
    """Where the site is served, and what its readers thought."""

    address: str
    log: FeedbackLog


@dataclass
class Visit:
    """A reader at the site; `outside` lists what their browser asked of other servers."""

    page: Page
    site: Site
    pictures: Path
    outside: list[str] = field(default_factory=list)

    def open(self, language: str) -> None:
        self.page.goto(f"{self.site.address}/?lang={language}")
        self.page.wait_for_selector("#question textarea")

    def ask(self, question: str) -> None:
        """Type it, and wait until its answer is whole."""
        asked = self.page.locator(".sanad-question").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.wait_for_function("n => document.querySelectorAll('.sanad-question').length > n", arg=asked)
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector(".sanad-working", state="detached")
        self.page.wait_for_selector("#actions")

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}.png")

    def faults(self) -> list[str]:
        """What axe-core calls serious or critical."""
        self.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run()")["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    corpus = folder / "corpus"
    corpus.mkdir()
    write_corpus(corpus)
    (corpus / "loi-66-02-fr.txt").write_text(HOSTILE, encoding="utf-8")
    (corpus / "loi-05-20-ar.txt").write_text(HYPHEN_AR, encoding="utf-8")
    build([corpus], folder / "index", tools())
    index = open_index(folder / "index", FakeEmbedder())
    chain, log = build_chain(index, lambda: TODAY), FeedbackLog(folder / "feedback.jsonl")
    app = create_app(Backend(index, chain, lambda: TODAY, log))
    with on_loopback(
        mount_chat(mount_pages(app, lambda: index, chain, lambda: TODAY), Desk(index, chain, log))
    ) as address:
        yield Site(address, log)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs a browser, and no chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        )
        yield started
        started.close()


@pytest.fixture(scope="package")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: a folder of the test run, or the one that its starter names."""
    named = os.environ.get("SANAD_SCREENSHOTS")  # noqa: TID251 – no setting of Sanad, but of who runs its tests
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, so that Gradio is loaded once; what it keeps of a test is taken away after it."""
    context = browser.new_context(locale="fr-MA", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, site: Site, pictures: Path) -> Iterator[Visit]:
    """A visit by phone."""
    reader = Visit(context.new_page(), site, pictures)
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.page.on("request", lambda request: reader.outside.extend(_elsewhere(request.url, site.address)))
    yield reader
    for page in context.pages:
        page.close()
    context.clear_cookies()


def _elsewhere(url: str, address: str) -> list[str]:
    return [] if url.startswith((address, "data:")) else [url]
