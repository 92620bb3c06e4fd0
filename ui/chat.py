"""The web chat: a Gradio page in every language of the interface, mounted into the API's process at `/`.

It asks the same chain and keeps the same feedback as the other doors.
"""

import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

import gradio as gr
from fastapi import FastAPI
from gradio.blocks import Block
from gradio.events import Dependency
from langchain_core.runnables import Runnable
from starlette.routing import Mount

from corpus.source import KINDS, Kind
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog, Reason
from rag.question import Question
from ui.chat_frame import ChatFrame, page_path
from ui.chat_layout import Parts, lay_out, paragraph
from ui.conversation import Filters, Talk, broken_off, converse, copied, messages
from ui.judging import judgement
from ui.wording import DEFAULT, Interface, interface, interfaces

_LOG: Final = logging.getLogger(__name__)
_SYSTEM_FONTS: Final = ("system-ui", "Segoe UI", "Noto Sans", "Noto Naskh Arabic", "sans-serif")

Scene = tuple[object, ...]
"""What the parts of `_Wiring.shown` are to show."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the chat answers from, and how many questions it works on and lets wait."""

    index: Index
    chain: Runnable[Question, Answer]
    log: FeedbackLog
    concurrent: int = 4
    waiting: int = 16

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of sources that there are to choose from."""
        return [kind for kind in KINDS if any(source.kind == kind for source in self.index.sources.values())]


def mount_chat(app: FastAPI, desk: Desk) -> FastAPI:
    """Serve the chat at `/` of `app`. Routes that `app` already has keep winning over the page."""
    with warnings.catch_warnings():
        # Gradio tells who has several pages that it renders none on the server, asked for or not.
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        gr.mount_gradio_app(
            app,
            build_page(desk),
            path="/",
            footer_links=[],
            run_history=False,
            show_error=False,
            enable_monitoring=False,
            ssr_mode=False,
            allowed_paths=[],
            theme=gr.themes.Base(primary_hue="emerald", font=_SYSTEM_FONTS, font_mono=("monospace",)),
            mcp_server=False,
        )
    mounted = app.routes[-1]
    if not isinstance(mounted, Mount):
        raise TypeError(f"one mounted application of Gradio is needed, got {mounted!r}: use a version that was tried")
    mounted.app = ChatFrame(mounted.app)
    return app


def build_page(desk: Desk) -> gr.Blocks:
    """A page for each language; that of the usual one stands first."""
    blocks = gr.Blocks(title="Sanad · سند", analytics_enabled=False)
    with blocks:
        _Wiring(desk, interface(DEFAULT)).wire(lay_out(interface(DEFAULT), desk.kinds))
    for words in interfaces().values():
        if words.code != DEFAULT:
            with blocks.route(words.name, page_path(words.code)):
                _Wiring(desk, words).wire(lay_out(words, desk.kinds))
    blocks.queue(max_size=desk.concurrent + desk.waiting)
    return blocks


class _Asking(TypedDict):
    """What all ways to ask have in common."""

    outputs: list[Block]
    api_visibility: Literal["private"]
    show_progress: Literal["hidden"]
    concurrency_limit: int
    concurrency_id: str


@dataclass(frozen=True, slots=True)
class _Wiring:
    """What happens on the page of one language."""

    desk: Desk
    words: Interface

    def wire(self, parts: Parts) -> None:
        """Join the parts with what they do. No address of the API leads here."""
        shown = _shown(parts)
        asking = self._wire_questions(parts, shown)
        composer, after, talk = parts.composer, parts.after, parts.talk
        composer.stop.click(self.stop, talk, shown, cancels=[*asking], queue=False, api_visibility="private")
        after.fresh.click(self.start_afresh, None, shown, queue=False, api_visibility="private")
        judged = [after.verdict, after.why, after.judged]
        after.useful.click(self.approve, talk, judged, api_visibility="private")
        after.not_useful.click(self.disapprove, talk, judged, api_visibility="private")
        told = [talk, after.reasons, after.comment]
        after.tell.click(self.explain, told, judged, api_visibility="private")

    def _wire_questions(self, parts: Parts, shown: list[Block]) -> list[Dependency]:
        composer, choices = parts.composer, parts.choices
        rest = [parts.talk, choices.kinds, choices.languages, choices.day]
        asking = _Asking(
            outputs=shown,
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=self.desk.concurrent,
            concurrency_id="ask",
        )
        return [
            composer.box.submit(self.ask, [composer.box, *rest], **asking),
            composer.send.click(self.ask, [composer.box, *rest], **asking),
            *(example.click(self.ask, [example, *rest], **asking) for example in parts.examples),
            parts.conversation.option_select(self.choose, rest, **asking),
            parts.after.again.click(self.ask_again, rest, **asking),
        ]

    def ask(self, text: str, talk: Talk, kinds: list[Kind], languages: list[str], day: str) -> Iterator[Scene]:
        filters, grown = Filters(tuple(kinds), tuple(languages), day), talk
        try:
            for grown, working in converse(self.desk.chain, self.words, text, talk, filters):
                yield self._scene(grown, working=working)
        except Exception:  # noqa: BLE001 – the border to the reader, who must not wait for ever
            _LOG.exception("a question of the chat failed")
            yield self._scene(broken_off(self.words, grown, self.words.chat.failed))

    def choose(
        self, talk: Talk, kinds: list[Kind], languages: list[str], day: str, chosen: gr.SelectData
    ) -> Iterator[Scene]:
        yield from self.ask(str(chosen.value), talk, kinds, languages, day)

    def ask_again(self, talk: Talk, kinds: list[Kind], languages: list[str], day: str) -> Iterator[Scene]:
        yield from self.ask(talk.exchanges[-1].asked, talk.before(), kinds, languages, day)

    def stop(self, talk: Talk) -> Scene:
        return self._scene(broken_off(self.words, talk, self.words.chat.stopped))

    def start_afresh(self) -> Scene:
        return self._scene(Talk())

    def approve(self, talk: Talk) -> Scene:
        self._keep(talk, useful=True)
        return gr.update(visible=False), gr.update(visible=False), self._thanks()

    def disapprove(self, talk: Talk) -> Scene:
        """Kept at once; who goes on to say why replaces it."""
        self._keep(talk, useful=False)
        return gr.update(visible=False), gr.update(visible=True), self._thanks()

    def explain(self, talk: Talk, reasons: list[Reason], comment: str) -> Scene:
        self._keep(talk, useful=False, reasons=tuple(reasons), comment=comment)
        return gr.update(visible=False), gr.update(visible=False), self._thanks()

    def _keep(self, talk: Talk, *, useful: bool, reasons: tuple[Reason, ...] = (), comment: str = "") -> None:
        feedback = judgement(talk, useful=useful, reasons=reasons, comment=comment)
        if feedback is not None:
            self.desk.log.add(feedback)

    def _thanks(self) -> str:
        return paragraph(self.words.judging.thanks, "status")

    def _scene(self, talk: Talk, *, working: bool = False) -> Scene:
        done = bool(talk.exchanges) and not working
        judged = paragraph(self.words.judging.kept)
        return (
            messages(talk),
            talk,
            "",
            copied(talk, self.words),
            gr.update(visible=done),
            gr.update(visible=not working),
            gr.update(visible=working),
            gr.update(visible=talk.last is not None),
            gr.update(visible=False),
            [],
            "",
            judged,
        )


def _shown(parts: Parts) -> list[Block]:
    """What every step of a conversation sets, in the order of a scene."""
    after, composer = parts.after, parts.composer
    return [
        parts.conversation,
        parts.talk,
        composer.box,
        after.plain,
        after.whole,
        composer.send,
        composer.stop,
        after.verdict,
        after.why,
        after.reasons,
        after.comment,
        after.judged,
    ]
