"""An Answer as HTML for the chat: every piece with its own language and direction, every marker with its quote."""

from html import escape
from textwrap import shorten
from typing import Final

from rag.answer import Answer, Citation, Sentence
from rag.languages import framing_language
from rag.wording import reference, wording
from ui.identifiers import isolated
from ui.links import source_address
from ui.wording import Interface, interface

_LONGEST_TIP: Final = 400


def answer_html(answer: Answer) -> str:
    """The whole answer: what is quoted in full view, what else was found in parts that open."""
    tongue = framing_language(answer.language)
    cited = {citation.n: citation for citation in answer.citations}
    quoted = {n for sentence in answer.sentences if sentence.kind == "quote" for n in sentence.citations}
    body = [_standing_html(answer, tongue)]
    for sentence in answer.sentences:
        further = [cited[n] for n in sentence.citations if n not in quoted]
        if sentence.kind == "quote":
            body.append(_quote_html(sentence, cited[sentence.citations[0]], tongue))
        elif sentence.kind == "lead":
            body.append(_lead_html(sentence, cited[sentence.citations[0]], tongue))
        elif sentence.kind == "generated":
            body.append(_generated_html(sentence, [cited[n] for n in sentence.citations], tongue))
        elif further:
            listed = "".join(_evidence_html(citation, tongue) for citation in further)
            markers = " ".join(_marker_html(citation.n) for citation in further)
            opening = f"{isolated(_before_references(sentence.text))} {markers}"
            body.append(f"<details><summary>{opening}</summary>{listed}</details>")
        else:
            body.append(f"<p>{isolated(sentence.text)}</p>")
    if answer.suggestions:
        body.append(_suggested(answer.suggestions, tongue))
    return f'<div class="sanad-answer" lang="{tongue}" dir="{answer.direction}">{"".join(body)}</div>'


def channels_html(words: Interface) -> str:
    """Official sites to turn to, each in a tab of its own."""
    listed = "".join(
        f'<li><a href="https://{host}" target="_blank" rel="noopener noreferrer external">'
        f'<bdi dir="ltr">{host}</bdi></a> {escape(name)}</li>'
        for host, name in words.about.channel.items()
    )
    heading = f"<h3>{escape(words.ask.where)}</h3>"
    return f'<div class="sanad-where" lang="{words.code}" dir="{words.direction}">{heading}<ul>{listed}</ul></div>'


def plain_text(answer: Answer, words: Interface) -> str:
    """Question, answer and sources to be pasted elsewhere."""
    sources = [
        f"[{one.n}] {' – '.join(part for part in (reference(one, words.speaks), one.title, one.url) if part)}"
        for one in answer.citations
    ]
    listed = [f"{words.ask.sources}\n" + "\n".join(sources)] if sources else []
    return "\n\n".join([answer.question, answer.answer, *listed, words.site.not_advice])


def _standing_html(answer: Answer, tongue: str) -> str:
    """In words what kind of answer this is, and how far it can be relied on."""
    words = interface(tongue)
    said = words.status[answer.status]
    if answer.status in {"answered", "partial"}:
        said = f"{said} · {words.confidence[answer.confidence]}"
    return f'<p class="sanad-standing sanad-{answer.status} sanad-{answer.confidence}">{escape(said)}</p>'


def _suggested(questions: tuple[str, ...], tongue: str) -> str:
    listed = "".join(f"<li>{isolated(question)}</li>" for question in questions)
    return f"<p>{escape(wording(tongue).ask_instead)}</p><ul>{listed}</ul>"


def _before_references(text: str) -> str:
    """`Voir aussi :` of `Voir aussi : … [2] ; … [3].`: the references themselves are listed below it."""
    return text.split(":", 1)[0] + ":" if "[" in text else text


def _lead_html(sentence: Sentence, citation: Citation, tongue: str) -> str:
    direction = "rtl" if citation.language == "ar" else "ltr"
    fact = f'<strong lang="{citation.language}" dir="{direction}">{isolated(sentence.text)}</strong>'
    return f'<p class="sanad-lead">{fact} — {_about(citation, tongue)} {_cited_html(citation, tongue)}</p>'


def _generated_html(sentence: Sentence, citations: list[Citation], tongue: str) -> str:
    """A sentence of a language model, with the quotes that carry it to open below it."""
    markers = " ".join(_cited_html(citation, tongue) for citation in citations)
    evidence = "".join(_evidence_html(citation, tongue) for citation in citations)
    return f"<p>{isolated(sentence.text)} {markers}</p>{evidence}"


def _quote_html(sentence: Sentence, citation: Citation, tongue: str) -> str:
    quote = _block(citation.language, sentence.text, _marker_link(citation, tongue))
    summary = f"{_marker_html(citation.n)} {_about(citation, tongue)}"
    return f"{quote}<details><summary>{summary}</summary>{_facts(citation, tongue)}</details>"


def _evidence_html(citation: Citation, tongue: str) -> str:
    quote = _block(citation.language, citation.quote, "")
    summary = f"{_marker_html(citation.n)} {_about(citation, tongue)}"
    return f"<details><summary>{summary}</summary>{quote}{_facts(citation, tongue)}</details>"


def _about(citation: Citation, tongue: str) -> str:
    return isolated(reference(citation, tongue))


def _facts(citation: Citation, tongue: str) -> str:
    known = [citation.title, citation.issuer, citation.published, citation.note]
    # Each by itself: between two Latin names a separator would change sides in Arabic.
    listed = [f"<bdi>{isolated(fact)}</bdi>" for fact in known if fact]
    return f'<p class="sanad-about">{" · ".join([*listed, _place_html(citation, tongue)])}</p>'


def _place_html(citation: Citation, tongue: str) -> str:
    """A link to the quote in its place; a new tab, so that the conversation stays."""
    return _link(citation, tongue, escape(interface(tongue).ask.see))


def _link(citation: Citation, tongue: str, shown: str) -> str:
    address = escape(source_address(citation.source_id, citation.start, citation.end, tongue))
    return f'<a href="{address}#quote" target="_blank" rel="noopener">{shown}</a>'


def _block(language: str, text: str, marker: str) -> str:
    direction = "rtl" if language == "ar" else "ltr"
    lines = "<br>".join(isolated(line) for line in text.split("\n"))
    return f'<blockquote lang="{language}" dir="{direction}">{lines} {marker}</blockquote>'


def _marker_html(n: int) -> str:
    return f'<sup class="sanad-marker"><bdi>[{n}]</bdi></sup>'


def _marker_link(citation: Citation, tongue: str) -> str:
    return f'<sup class="sanad-marker">{_link(citation, tongue, f"<bdi>[{citation.n}]</bdi>")}</sup>'


def _cited_html(citation: Citation, tongue: str) -> str:
    """A marker that shows its quote to the pointer and to the keyboard, and leads to the place of it."""
    direction = "rtl" if citation.language == "ar" else "ltr"
    quote = shorten(citation.quote, _LONGEST_TIP, placeholder="…")
    tip = f'<span class="sanad-tip" lang="{citation.language}" dir="{direction}">{isolated(quote)}</span>'
    return f'<span class="sanad-cite">{_marker_link(citation, tongue)}{tip}</span>'
