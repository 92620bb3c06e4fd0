"""The web chat: a Gradio page mounted into the API's process, asking the same chain, keeping the same feedback."""

from collections.abc import Iterator
from html import escape
from typing import Final

import gradio as gr
from fastapi import FastAPI
from langchain_core.runnables import Runnable

from rag.answer import Answer
from rag.feedback import Feedback, FeedbackLog, Reason, feedback_on
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
_KEPT: Final = """
<p class="sanad-about" lang="fr">Un pouce enregistre la question et son verdict, rien sur vous.
<span lang="ar" dir="rtl">يحفظ الإبهام السؤال والحكم عليه، ولا شيء عنك.</span>
<span lang="en">A thumb keeps the question and the verdict, nothing about you.</span></p>
"""
_EXAMPLES: Final = (
    "Quelle amende risque-t-on sans déclaration à la CNDP ?",
    "هل يجب التبليغ عن حوادث الأمن السيبراني؟",
    "What is a qualified electronic signature?",
)
# Gradio shows "Like" and "Dislike" as thumbs and every other option in a menu under a flag.
_THUMBS: Final = ("Like", "Dislike")
_REASONS: Final[dict[str, Reason]] = {
    "Faux · خطأ · Wrong": "wrong",
    "Inventé · مختلق · Invented": "invented",
    "Source absente · مصدر ناقص · Source missing": "source_missing",
    "Trop long · طويل جدا · Too long": "too_long",
    "Peu clair · غير واضح · Unclear": "unclear",
    "Périmé · متجاوز · Out of date": "out_of_date",
}
_THANKS: Final = "Merci de votre avis · شكرا على رأيك · Thank you for your feedback"
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
/* Gradio opens the menu under the flag downwards, where the conversation ends, and for the mouse only. */
.extra-feedback .extra-feedback-options { top: auto; bottom: 100%; z-index: 1; }
.extra-feedback:focus-within .extra-feedback-options { display: flex; }
[dir=rtl] { line-height: 1.9; }
textarea { unicode-bidi: plaintext; text-align: start; }
"""
_SYSTEM_FONTS: Final = ("system-ui", "Segoe UI", "Noto Sans", "Noto Naskh Arabic", "sans-serif")


Answers = dict[int, Answer]
"""The answers of a conversation by the position of their message in it."""


def mount_chat(app: FastAPI, chain: Runnable[Question, Answer], log: FeedbackLog) -> FastAPI:
    """Serve the chat at `/` of `app`. Routes that `app` already has keep winning over the page."""
    gr.mount_gradio_app(
        app,
        build_page(chain, log),
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


def build_page(chain: Runnable[Question, Answer], log: FeedbackLog) -> gr.Blocks:
    """The page: introduction, conversation with its thumbs, question box, examples."""
    page = gr.Blocks(title="Sanad · سند", analytics_enabled=False)
    with page:
        # Not gr.HTML: it evaluates templates as scripts, which the content security policy forbids.
        gr.Markdown(_INTRODUCTION)
        answers, last = gr.State(Answers()), gr.State(None)
        conversation = gr.Chatbot(
            label="Conversation · محادثة",
            height="60vh",
            buttons=["copy"],
            latex_delimiters=[],
            feedback_options=(*_THUMBS, *_REASONS),
        )
        gr.Markdown(_KEPT)
        box = gr.Textbox(
            label="Question · سؤال", placeholder="Posez votre question · اطرح سؤالك · Ask your question", max_lines=4
        )
        send = gr.Button("Demander · اسأل · Ask", variant="primary")
        examples = [gr.Button(example, size="sm", variant="secondary") for example in _EXAMPLES]

        def ask(text: str, earlier: Answers, shown: list[gr.MessageDict]) -> Iterator[tuple[object, object, str]]:
            yield from converse(chain, text, earlier, shown)

        def judge(given: Answers, last: Feedback | None, clicked: gr.LikeData) -> Feedback | None:
            feedback = judgement(given, clicked.index, clicked.liked)
            if feedback is None or feedback == last:  # Gradio tells a choice under the flag twice.
                return last
            log.add(feedback)
            gr.Info(_THANKS, duration=4)
            return feedback

        for trigger in (box.submit, send.click):
            trigger(ask, [box, answers, conversation], [conversation, answers, box], api_visibility="private")
        for button in examples:
            button.click(ask, [button, answers, conversation], [conversation, answers, box], api_visibility="private")
        conversation.like(judge, [answers, last], last, api_visibility="private")
        conversation.clear(Answers, outputs=answers, api_visibility="private")
    return page


def converse(
    chain: Runnable[Question, Answer], text: str, earlier: Answers, shown: list[gr.MessageDict]
) -> Iterator[tuple[list[gr.MessageDict], Answers, str]]:
    """Show the question at once, then the answer as it grows; an unreadable question is explained in its place."""
    asked: gr.MessageDict = {"role": "user", "content": f'<div dir="auto">{escape(text)}</div>'}
    yield [*shown, asked, {"role": "assistant", "content": _WAITING}], earlier, ""
    try:
        turns = [Turn(answer.question, answer.sentences[0].text) for answer in earlier.values()]
        for draft in chain.stream(Question(text, history=tuple(turns[-_MOST_TURNS:]))):
            reply: gr.MessageDict = {"role": "assistant", "content": answer_html(draft)}
            yield [*shown, asked, reply], earlier | {len(shown) + 1: draft}, ""
    except ValueError as error:
        reply = {"role": "assistant", "content": f'<div dir="auto">{escape(str(error))}</div>'}
        yield [*shown, asked, reply], earlier, ""


def judgement(given: Answers, position: object, verdict: object) -> Feedback | None:
    """The feedback of a click on the message at `position`: True, False, or the reason chosen under the flag.

    None when there is nothing to keep: the message is no answer, or the click took a verdict back.
    """
    reason = _REASONS.get(str(verdict))
    if not isinstance(position, int) or position not in given or not (reason or isinstance(verdict, bool)):
        return None
    history = [answer.question for at, answer in given.items() if at < position]
    reasons = (reason,) if reason else ()
    return feedback_on(given[position], tuple(history[-_MOST_TURNS:]), useful=verdict is True, reasons=reasons)
