"""Prose by a language model: what holds is shown as it comes, for the rest the quote stands in, always in time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from pydantic import SecretStr

from corpus.validity import Change, Standing
from index.search import Index
from rag.answer import Answer, Engine
from rag.chain import build_chain
from rag.compose import Evidence, QuotesComposer
from rag.evidence import Verdict
from rag.language_model import LanguageModel, Prompt
from rag.prompt import MARK
from rag.prose import ProseComposer
from rag.question import Question, understand
from rag.served_model import served_model
from tests.evaluation import hit_of_law
from tests.model_server import ModelServer, serving

ASKED = Question("Quelle amende sans déclaration ?")
TRUE = "Est puni d'une amende de 1.000 à 5.000 dirhams quiconque traite des données sans déclaration"
FALSE = "Est puni d'une amende de 9.000 dirhams quiconque traite des données sans déclaration"


@dataclass
class Scripted:
    """Says its pieces, whatever it is asked, and fails where an error is among them."""

    pieces: tuple[str | Exception, ...]
    pause: float = 0.0
    name: str = "scripted"
    asked: list[Prompt] = field(default_factory=list)

    def reply(self, prompt: Prompt) -> Iterator[str]:
        self.asked.append(prompt)
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece
            time.sleep(self.pause)


@pytest.fixture
def told(index: Index) -> Callable[..., Answer]:
    """The answer to a question when the model says these pieces."""

    def tell(*pieces: str | Exception, question: Question = ASKED, pause: float = 0.0, patience: float = 20) -> Answer:
        return answer_of(index, Scripted(pieces, pause), question, patience)

    return tell


def answer_of(index: Index, model: LanguageModel, question: Question = ASKED, patience: float = 20) -> Answer:
    return build_chain(index, lambda: date(2026, 11, 22), model, patience).invoke(question)


def quotes_only(index: Index, question: Question = ASKED) -> Answer:
    return build_chain(index, lambda: date(2026, 11, 22)).invoke(question)


def kinds(answer: Answer) -> list[str]:
    return [sentence.kind for sentence in answer.sentences if sentence.kind != "frame"]


def test_a_sentence_that_its_quote_supports_is_shown_with_its_marker(told: Callable[..., Answer]) -> None:
    answer = told(f"{TRUE} [1].")
    assert kinds(answer) == ["generated"]
    assert f"{TRUE}. [1]" in answer.answer
    assert (answer.engine.generator, answer.engine.fallback, answer.dropped) == ("scripted", None, 0)
    assert answer.sentences[0].support == 1.0


def test_for_a_sentence_that_does_not_hold_its_quote_stands_in(told: Callable[..., Answer]) -> None:
    answer = told(f"{TRUE} [1]. {FALSE} [1].")
    assert kinds(answer) == ["generated", "quote"]
    assert answer.dropped == 1
    assert "9.000" not in str(answer)


@pytest.mark.parametrize(
    ("pieces", "fallback", "dropped"),
    [
        ((f"{FALSE} [1].",), "unsupported", 1),
        ((f"{TRUE}.",), "unsupported", 1),
        ((f"{TRUE} [9].",), "unsupported", 1),
        (("NO_ANSWER",), "unsupported", 0),
        ((), "unsupported", 0),
        ((ConnectionError("gone"),), "failed", 0),
        ((f"{TRUE} [1]. ![x](https://evil.example/x.png) [1].",), None, 2),
        ((f"<b>{TRUE}</b> [1].",), "unsupported", 1),
    ],
)
def test_what_does_not_hold_is_counted_and_never_shown(
    index: Index, told: Callable[..., Answer], pieces: tuple[str, ...], fallback: str | None, dropped: int
) -> None:
    answer = told(*pieces)
    assert (answer.engine.fallback, answer.dropped) == (fallback, dropped)
    assert "evil" not in str(answer)
    if fallback:
        assert answer.answer == quotes_only(index).answer
        assert answer.engine.generator == "quotes"


def test_a_slow_model_is_not_waited_for(index: Index, told: Callable[..., Answer]) -> None:
    answer = told("Est", " puni", f" [1]. {TRUE} [1].", pause=0.4, patience=0.3)
    assert (answer.engine.fallback, answer.answer) == ("timeout", quotes_only(index).answer)


def test_what_was_shown_before_a_failure_stays(told: Callable[..., Answer]) -> None:
    answer = told(f"{TRUE} [1]. ", "Et", ConnectionError("gone"))
    assert kinds(answer) == ["generated"]


def test_prose_begins_with_what_must_be_known_first() -> None:
    """That the answer may miss the question, and that the text is no longer in force, as the quotes answer says it."""
    change = Change(instrument="77-01", status="repealed", since="2020-03-10")
    law = hit_of_law("loi-fr.txt", "3", position=4)
    standing = Standing(in_force=False, change=change)
    law = replace(law, standing=standing, source=replace(law.source, kind="law"))
    quotes = QuotesComposer(lambda: date(2026, 11, 22), Engine("gen-000001", "fake", "quotes"), 3)
    evidence = Evidence(understand(ASKED), [law], Verdict("sufficient", 0.0), lambda _: {})
    quoted = quotes.compose(evidence)
    said = Scripted((f"{law.passage.text.rstrip('.')} [1].",))
    prose = list(ProseComposer(said, quotes, 20.0).stream(evidence, quoted))[-1]
    assert (quoted.confidence, quoted.citations[0].in_force) == ("low", False)
    assert [sentence.text for sentence in prose.sentences[:2]] == [sentence.text for sentence in quoted.sentences[:2]]
    assert "generated" in kinds(prose)


def test_drafts_grow_by_checked_sentences(index: Index) -> None:
    model = Scripted((f"{TRUE} [1]. ", f"{FALSE} [1]. ", "Et puis"))
    drafts = list(build_chain(index, lambda: date(2026, 11, 22), model).stream(ASKED))
    assert len(drafts) == 2
    assert all("9.000" not in draft.answer for draft in drafts)
    assert drafts[0].id == drafts[-1].id


def test_excerpts_and_question_are_given_as_marked_data_between_fences(index: Index) -> None:
    model = Scripted((f"{TRUE} [1].",))
    answer_of(index, model, Question("Quelle amende sans déclaration ? écrivez à a@b.ma"))
    (prompt,) = model.asked
    fence = next(line for line in prompt.data.splitlines() if line.startswith("<excerpts-"))
    assert prompt.data.count(fence) == 2
    assert fence in prompt.rules
    assert f"amende{MARK}de{MARK}1.000" in prompt.data
    assert "a@b.ma" not in prompt.data
    again = Scripted(())
    answer_of(index, again)
    assert fence not in again.asked[0].data


def test_a_model_is_not_asked_to_translate(index: Index) -> None:
    model = Scripted(())
    english = Question("What fine applies without a declaration?")
    assert answer_of(index, model, english).engine.fallback == "evidence"
    assert model.asked == []


def test_a_refusal_needs_no_model(index: Index) -> None:
    model = Scripted((f"{TRUE} [1].",))
    assert answer_of(index, model, Question("Que dit la loi 12-34 ?")).status == "not_found"
    assert model.asked == []


def test_a_served_model_is_asked_over_http(index: Index) -> None:
    with serving(ModelServer(f"{TRUE} ", "[1]", ".")) as server:
        model = served_model(server.base_url, "scripted", SecretStr("sk-secret"), 5.0)
        answer = answer_of(index, model)
    assert kinds(answer) == ["generated"]
    (asked,) = server.asked
    assert (asked["model"], asked["stream"], asked["temperature"]) == ("scripted", True, 0.0)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]


def test_a_server_that_refuses_or_is_gone_leaves_the_quotes(index: Index, caplog: pytest.LogCaptureFixture) -> None:
    with serving(ModelServer(status=500)) as server:
        model = served_model(server.base_url, "scripted", SecretStr("sk-secret"), 5.0)
        assert answer_of(index, model).engine.fallback == "failed"
    assert answer_of(index, model).engine.fallback == "failed"
    assert "quotes instead" in caplog.text
    assert "sk-secret" not in caplog.text
