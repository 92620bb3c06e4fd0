"""A served site with a hostile document in its index, one browser for the folder, and a page a test."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

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
Un incident est signalé avec une signature. <img src="http://elsewhere.invalid/a.png"> ![b](http://elsewhere.invalid/b.png)
[lien](http://elsewhere.invalid/c) <script>fetch("http://elsewhere.invalid/d")</script> <style>@import "//elsewhere.invalid/e"</style>
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
        found = Axe().run(self.page).response["violations"]
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
    with on_loopback(mount_chat(mount_pages(app, index, chain, lambda: TODAY), Desk(index, chain, log))) as address:
        yield Site(address, log)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs a browser, and no chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()


@pytest.fixture(scope="package")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: a folder of the test run, or the one that its starter names."""
    named = os.environ.get("SANAD_SCREENSHOTS")  # noqa: TID251 – no setting of Sanad, but of who runs its tests
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visiting(browser: Browser, site: Site, pictures: Path) -> Iterator[Callable[..., Visit]]:
    """Makes a visit by a browser of its own: width in pixels, and what else a context may be told."""
    contexts: list[BrowserContext] = []

    def visit(width: int = 390, **more: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="fr-MA", **more)  # type: ignore[arg-type]  # what Playwright takes
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        reader = Visit(context.new_page(), site, pictures)

        def only_here(route: Route) -> None:
            if route.request.url.startswith((site.address, "data:")):
                route.continue_()
            else:
                reader.outside.append(route.request.url)
                route.abort()

        context.route("**/*", only_here)
        return reader

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visiting: Callable[..., Visit]) -> Visit:
    """A visit by phone."""
    return visiting()
