"""What the page of the conversation is made of, from top to bottom, in one language."""

from dataclasses import dataclass
from html import escape
from typing import get_args

import gradio as gr
from gradio.components.navbar import Navbar

from corpus.register import Language as SourceLanguage
from corpus.source import Kind
from rag.feedback import LONGEST_COMMENT, Reason
from rag.question import LONGEST_QUESTION
from ui.conversation import Talk
from ui.wording import Interface


@dataclass(frozen=True, slots=True)
class After:
    """What can be done with an answer, all of it hidden while there is none."""

    whole: gr.Column
    plain: gr.Textbox
    again: gr.Button
    fresh: gr.Button
    verdict: gr.Row
    useful: gr.Button
    not_useful: gr.Button
    why: gr.Column
    reasons: gr.CheckboxGroup
    comment: gr.Textbox
    tell: gr.Button
    judged: gr.Markdown


@dataclass(frozen=True, slots=True)
class Composer:
    """Where a question is written."""

    box: gr.Textbox
    send: gr.Button
    stop: gr.Button


@dataclass(frozen=True, slots=True)
class Choices:
    """Which sources may be quoted, and the day whose law is asked for."""

    kinds: gr.CheckboxGroup
    languages: gr.CheckboxGroup
    day: gr.Textbox


@dataclass(frozen=True, slots=True)
class Parts:
    """All of them; `talk` is not seen."""

    talk: gr.State
    conversation: gr.Chatbot
    after: After
    examples: list[gr.Button]
    composer: Composer
    choices: Choices


def lay_out(words: Interface, kinds: list[Kind]) -> Parts:
    """Within an open page of Blocks; `kinds` are those that the index holds."""
    Navbar(visible=False)
    return Parts(
        gr.State(Talk()),
        _conversation(words),
        _after(words),
        _examples(words),
        _composer(words),
        _choices(words, kinds),
    )


def _conversation(words: Interface) -> gr.Chatbot:
    return gr.Chatbot(
        label=words.chat.log,
        show_label=False,
        container=False,
        height=None,
        layout="panel",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        autoscroll=False,
        rtl=words.direction == "rtl",
        elem_id="conversation",
    )


def _after(words: Interface) -> After:
    chat, judging = words.chat, words.judging
    with gr.Column(visible=False, elem_id="after") as whole:
        plain = gr.Textbox(label=chat.plain, visible="hidden", elem_id="plain")
        with gr.Row(elem_id="actions"):
            gr.Button(chat.copying, size="sm", elem_id="copy")
            again = gr.Button(chat.again, size="sm")
            fresh = gr.Button(chat.fresh, size="sm")
        with gr.Row(elem_id="verdict") as verdict:
            gr.Markdown(paragraph(judging.question))
            useful = gr.Button(judging.useful, size="sm")
            not_useful = gr.Button(judging.not_useful, size="sm")
        with gr.Column(visible=False, elem_id="why") as why:
            labels = [(words.reasons[reason], reason) for reason in get_args(Reason)]
            reasons = gr.CheckboxGroup(labels, label=judging.reasons)
            comment = gr.Textbox(
                "",
                label=judging.comment,
                max_length=LONGEST_COMMENT,
                lines=2,
                max_lines=4,
                rtl=words.direction == "rtl",
            )
            tell = gr.Button(judging.send, size="sm")
        judged = gr.Markdown(paragraph(judging.kept), elem_id="judged")
    return After(whole, plain, again, fresh, verdict, useful, not_useful, why, reasons, comment, tell, judged)


def _examples(words: Interface) -> list[gr.Button]:
    with gr.Column(elem_id="examples"):
        gr.Markdown(paragraph(words.ask.suggestions))
        return [gr.Button(example) for example in words.ask.examples]


def _composer(words: Interface) -> Composer:
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            "",
            label=words.ask.question,
            placeholder=words.chat.placeholder,
            max_lines=4,
            max_length=LONGEST_QUESTION,
            rtl=words.direction == "rtl",
            scale=5,
            elem_id="question",
        )
        send = gr.Button(words.ask.send, variant="primary", min_width=110, scale=0, elem_id="send")
        stop = gr.Button(words.chat.stop, variant="stop", min_width=110, scale=0, visible=False, elem_id="stop")
    return Composer(box, send, stop)


def _choices(words: Interface, kinds: list[Kind]) -> Choices:
    ask = words.ask
    gr.Markdown(paragraph(ask.hint), elem_id="hint")
    with gr.Accordion(ask.filters, open=False, elem_id="filters"):
        gr.Markdown(paragraph(ask.all))
        chosen = gr.CheckboxGroup([(words.kinds[kind], kind) for kind in kinds], label=ask.kinds)
        tongues = [(words.languages[tongue], tongue) for tongue in get_args(SourceLanguage)]
        languages = gr.CheckboxGroup(tongues, label=ask.source_languages)
        day = gr.Textbox("", label=ask.as_of, info=words.chat.as_of_hint, max_length=20, elem_id="day")
    return Choices(chosen, languages, day)


def paragraph(text: str, role: str = "") -> str:
    """What Gradio takes for Markdown, kept as it is; with the role `status` it is read out when it comes."""
    return f'<p role="{role}">{escape(text)}</p>' if role else f"<p>{escape(text)}</p>"
