"""An Answer as HTML for the chat: every piece with its own language and direction, every marker with its quote."""

from html import escape

from rag.answer import Answer, Citation, Sentence
from rag.languages import framing_language
from rag.wording import reference, wording
from ui.identifiers import isolated
from ui.links import source_address
from ui.wording import interface


def answer_html(answer: Answer) -> str:
    """The whole answer: what is quoted in full view, what else was found in parts that open."""
    tongue = framing_language(answer.language)
    cited = {citation.n: citation for citation in answer.citations}
    quoted = {n for sentence in answer.sentences if sentence.kind == "quote" for n in sentence.citations}
    body = []
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


def _suggested(questions: tuple[str, ...], tongue: str) -> str:
    listed = "".join(f"<li>{isolated(question)}</li>" for question in questions)
    return f"<p>{escape(wording(tongue).ask_instead)}</p><ul>{listed}</ul>"


def _before_references(text: str) -> str:
    """`Voir aussi :` of `Voir aussi : … [2] ; … [3].`: the references themselves are listed below it."""
    return text.split(":", 1)[0] + ":" if "[" in text else text


def _lead_html(sentence: Sentence, citation: Citation, tongue: str) -> str:
    direction = "rtl" if citation.language == "ar" else "ltr"
    fact = f'<strong lang="{citation.language}" dir="{direction}">{isolated(sentence.text)}</strong>'
    return f'<p class="sanad-lead">{fact} — {_about(citation, tongue)} {_marker_html(citation.n)}</p>'


def _generated_html(sentence: Sentence, citations: list[Citation], tongue: str) -> str:
    """A sentence of a language model, with the quotes that carry it to open below it."""
    markers = " ".join(_marker_html(citation.n) for citation in citations)
    evidence = "".join(_evidence_html(citation, tongue) for citation in citations)
    return f"<p>{isolated(sentence.text)} {markers}</p>{evidence}"


def _quote_html(sentence: Sentence, citation: Citation, tongue: str) -> str:
    quote = _block(citation.language, sentence.text, _marker_html(citation.n))
    summary = f"{_marker_html(citation.n)} {_about(citation, tongue)}"
    return f"{quote}<details><summary>{summary}</summary>{_facts(citation, tongue)}</details>"


def _evidence_html(citation: Citation, tongue: str) -> str:
    quote = _block(citation.language, citation.quote, "")
    summary = f"{_marker_html(citation.n)} {_about(citation, tongue)}"
    return f"<details><summary>{summary}</summary>{quote}{_facts(citation, tongue)}</details>"


def _about(citation: Citation, tongue: str) -> str:
    return isolated(reference(citation, tongue))


def _facts(citation: Citation, tongue: str) -> str:
    known = [citation.title, citation.issuer, citation.published, citation.note, citation.source_path]
    listed = [isolated(fact) for fact in known if fact]
    return f'<p class="sanad-about">{" · ".join([*listed, _place_html(citation, tongue)])}</p>'


def _place_html(citation: Citation, tongue: str) -> str:
    """A link to the quote in its place; a new tab, so that the conversation stays."""
    words = interface(tongue).ask
    address = escape(source_address(citation.source_id, citation.start, citation.end, tongue))
    return f'<a href="{address}" target="_blank" rel="noopener">{escape(words.see)}</a>'


def _block(language: str, text: str, marker: str) -> str:
    direction = "rtl" if language == "ar" else "ltr"
    lines = "<br>".join(isolated(line) for line in text.split("\n"))
    return f'<blockquote lang="{language}" dir="{direction}">{lines} {marker}</blockquote>'


def _marker_html(n: int) -> str:
    return f'<sup class="sanad-marker"><bdi>[{n}]</bdi></sup>'
