"""Every word that the pages say by themselves: one file of `wordings/` a language; a further file is a further one.

What answers say by themselves stands in `rag/wordings`; `speaks` is the one of those languages that goes with a file.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.authority import Level
from corpus.source import Kind
from index.coverage import Force
from rag.answer import Confidence, Status
from rag.feedback import Reason

FOLDER: Final = Path(__file__).parent / "wordings"
DEFAULT: Final = "fr"

Nature = Literal["official", "translation", "note", "press", "information", "document"]
"""What a document is to a reader who wants to rely on it."""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(_Words):
    """What stands around every page."""

    motto: str
    skip: str
    menu: str
    tongues: str
    chat: str
    simple: str
    covered: str
    about: str
    not_advice: str
    api: str


class Ask(_Words):
    """The form and the frame of its answer."""

    title: str
    lead: str
    question: str
    hint: str
    send: str
    filters: str
    kinds: str
    source_languages: str
    as_of: str
    all: str
    you_asked: str
    answer: str
    sources: str
    see: str
    opens: str
    suggestions: str
    examples: tuple[str, ...]
    earlier: str
    restart: str
    empty: str
    too_long: str
    unreadable: str
    where: str


class ChatWords(_Words):
    """The conversation, beside what it shares with the form."""

    placeholder: str
    log: str
    searching: str
    checking: str
    ready: str
    stop: str
    stopped: str
    again: str
    fresh: str
    copying: str
    copied: str
    plain: str
    failed: str
    as_of_hint: str
    bad_day: str
    scripts: str


class Judging(_Words):
    """What readers are asked about an answer."""

    question: str
    useful: str
    not_useful: str
    reasons: str
    comment: str
    send: str
    thanks: str
    kept: str


class Evidence(_Words):
    """The page of a source."""

    title: str
    quoted: str
    whole: str
    part: str
    begins: str
    goes_on: str
    not_there: str
    facts: str
    path: str
    nature: str
    authority: str
    standing: str
    issuer: str
    published: str
    signed: str
    gazette: str
    number: str
    tongue: str
    legibility: str
    legible: str
    note: str
    official: str
    image: str
    twin: str
    twin_document: str
    reference: str
    copy_reference: str
    copied: str
    permalink: str
    print: str
    verbatim: str
    in_force: str
    unknown: str
    outdated: str
    repealed: str
    replaced: str
    amended: str
    by: str
    since: str


class CoveredWords(_Words):
    """The list of what is covered."""

    title: str
    lead: str
    themes: str
    theme: str
    known: str
    indexed: str
    others: str
    all: str
    choose: str
    everything: str
    text: str
    date: str
    issuer: str
    force: str
    held: str
    absent: str
    poor: str
    download: str
    sum: str
    total: str


class Part(_Words):
    """A section of the page about Sanad."""

    id: str
    heading: str
    said: tuple[str, ...]


class About(_Words):
    """About Sanad, its limits, what it keeps; `channel` names official sites by their host."""

    title: str
    updated: str
    channels: str
    channel: dict[str, str]
    part: tuple[Part, ...]


class MaintainWords(_Words):
    """The page of maintainers; what the command line says too stands there in English."""

    title: str
    state: str
    search: str
    find: str
    generations: str
    generation: str
    made: str
    documents: str
    evaluations: str
    no_evaluation: str
    reader_view: str


class Missing(_Words):
    """What is said of a page that is not there."""

    title: str
    said: str
    next: str


class ReferenceWords(_Words):
    """How lawyers write a reference; `repeated` are the words for articles `7 bis`, `7 ter`, …"""

    numbered: str
    article: str
    first: str
    page: str
    gazette: str
    gazette_day: str
    comma: str
    quotation: tuple[str, str]
    repeated: dict[str, str]


class Interface(_Words):
    """All wording of one language; its code is the name of its file."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    speaks: Literal["fr", "ar", "en"]
    site: Site
    ask: Ask
    evidence: Evidence
    covered: CoveredWords
    about: About
    maintain: MaintainWords
    missing: Missing
    reference: ReferenceWords
    nature: dict[Nature, str]
    kinds: dict[Kind, str]
    types: dict[str, str]
    authority: dict[Level, str]
    languages: dict[str, str]
    force: dict[Force, str]
    chat: ChatWords
    judging: Judging
    status: dict[Status, str]
    confidence: dict[Confidence, str]
    reasons: dict[Reason, str]


def read_interfaces(folder: Path = FOLDER) -> dict[str, Interface]:
    """The wording of every language of `folder` by its code. Raises ValueError with file and fault."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.toml"))}


@cache
def interfaces() -> dict[str, Interface]:
    """The languages that this project brings."""
    return read_interfaces()


def interface(language: str) -> Interface:
    """The wording of `language`, French where there is none."""
    return interfaces().get(language) or interfaces()[DEFAULT]


def _read(file: Path) -> Interface:
    try:
        return Interface.model_validate(tomllib.loads(file.read_text(encoding="utf-8")) | {"code": file.stem})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"{file.name} is no complete wording: {error}") from error
