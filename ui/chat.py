"""The web chat: a Gradio page mounted into the API's process, asking the same chain."""

from collections.abc import Iterator
from html import escape
from typing import Final

import gradio as gr
from fastapi import FastAPI
from langchain_core.runnables import Runnable

from rag.answer import Answer
from rag.question import Question, Turn
from ui.render import answer_html

_MOST_TURNS: Final = 6
_INTRODUCTION: Final = """
<header class="sanad-head">
  <h1>Sanad · <span lang="ar" dir="rtl">سند</span></h1>
  <p lang="fr">La politique numérique du Maroc : chaque réponse cite mot pour mot sa source.</p>
  <p lang="ar" dir="rtl">السياسة الرقمية للمغرب: كل جواب يستشهد بمصدره حرفيا.</p>
  <p lang="en">Morocco's digital policy: every answer quotes its source word for word.</p>
</header>
"""
_EXAMPLES: Final = (
    "Quelle amende risque-t-on sans déclaration à la CNDP ?",
    "هل يجب التبليغ عن حوادث الأمن السيبراني؟",
    "What is a qualified electronic signature?",
)
_WAITING: Final = '<div class="sanad-waiting" dir="auto">…</div>'
_STYLE: Final = """
.gradio-container { max-width: 52rem !important; margin-inline: auto !important; }
.sanad-head { text-align: center; line-height: 1.5; }
.sanad-head p { margin: 0.1rem; }
.sanad-answer { line-height: 1.7; text-align: start; }
.sanad-answer blockquote { border-inline-start: 4px solid #0b6b4f; margin: 0.5rem 0; padding: 0.3rem 0.9rem;
  background: color-mix(in srgb, #0b6b4f 7%, transparent); font-style: normal; text-align: start; }
.sanad-answer details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.35rem 0; }
.sanad-answer summary { cursor: pointer; min-height: 1.75rem; }
.sanad-marker { color: #0b6b4f; font-weight: 600; }
.dark .sanad-marker { color: #6fd3b4; }
.sanad-about { font-size: 0.85rem; overflow-wrap: anywhere; }
[dir=rtl] { line-height: 1.9; }
textarea { unicode-bidi: plaintext; text-align: start; }
"""
_SYSTEM_FONTS: Final = ("system-ui", "Segoe UI", "Noto Sans", "Noto Naskh Arabic", "sans-serif")


def mount_chat(app: FastAPI, chain: Runnable[Question, Answer]) -> FastAPI:
    """Serve the chat at `/` of `app`. Routes that `app` already has keep winning over the page."""
    gr.mount_gradio_app(
        app,
        build_page(chain),
        path="/",
        footer_links=[],
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        allowed_paths=[],
        css=_STYLE,
        theme=gr.themes.Base(primary_hue="emerald", font=_SYSTEM_FONTS, font_mono=("monospace",)),
        mcp_server=False,
    )
    return app


def build_page(chain: Runnable[Question, Answer]) -> gr.Blocks:
    """The page: introduction, conversation, question box, examples."""
    page = gr.Blocks(title="Sanad · سند", analytics_enabled=False)
    with page:
        # Not gr.HTML: it evaluates templates as scripts, which the content security policy forbids.
        gr.Markdown(_INTRODUCTION)
        turns = gr.State(list[Turn]())
        conversation = gr.Chatbot(
            label="Conversation · محادثة", height="60vh", buttons=["copy"], latex_delimiters=[], feedback_options=None
        )
        box = gr.Textbox(
            label="Question · سؤال", placeholder="Posez votre question · اطرح سؤالك · Ask your question", max_lines=4
        )
        send = gr.Button("Demander · اسأل · Ask", variant="primary")
        examples = [gr.Button(example, size="sm", variant="secondary") for example in _EXAMPLES]

        def ask(text: str, earlier: list[Turn], shown: list[gr.MessageDict]) -> Iterator[tuple[object, object, str]]:
            yield from converse(chain, text, earlier, shown)

        for trigger in (box.submit, send.click):
            trigger(ask, [box, turns, conversation], [conversation, turns, box], api_visibility="private")
        for button in examples:
            button.click(ask, [button, turns, conversation], [conversation, turns, box], api_visibility="private")
    return page


def converse(
    chain: Runnable[Question, Answer], text: str, earlier: list[Turn], shown: list[gr.MessageDict]
) -> Iterator[tuple[list[gr.MessageDict], list[Turn], str]]:
    """Show the question at once, then the answer; an unreadable question is explained in the conversation."""
    asked: gr.MessageDict = {"role": "user", "content": f'<div dir="auto">{escape(text)}</div>'}
    yield [*shown, asked, {"role": "assistant", "content": _WAITING}], earlier, ""
    try:
        answer = chain.invoke(Question(text, history=tuple(earlier[-_MOST_TURNS:])))
        reply, turn = answer_html(answer), [Turn(text, answer.sentences[0].text)]
    except ValueError as error:
        reply, turn = f'<div dir="auto">{escape(str(error))}</div>', []
    yield [*shown, asked, {"role": "assistant", "content": reply}], [*earlier, *turn], ""
