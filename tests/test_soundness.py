"""Gold that is false is found, by question, before anything is scored with it."""

import pytest

from corpus.catalogue import STARTER
from evals.questions import FOLDER, GoldQuestion, read_questions
from evals.soundness import Fault, Soundness, check_gold
from index.build import build
from index.search import Index, open_index
from tests.evaluation import FINE, LAW, LAW_AR, PRESS, gold_question, unanswerable
from tests.fakes import FakeEmbedder, tools


def faults(gold: GoldQuestion, index: Index) -> list[str]:
    """What is wrong with one question."""
    found = check_gold([gold], index).faults
    assert {fault.question for fault in found} <= {gold.id}
    return [fault.message for fault in found]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the notes that come with Sanad."""
    folder = tmp_path_factory.mktemp("starter")
    build([STARTER], folder, tools())
    return open_index(folder, FakeEmbedder())


def test_the_questions_on_the_notes_are_true(starter: Index) -> None:
    asked = read_questions([FOLDER / "starter.jsonl"], starter.sources.values())
    sound = check_gold(asked.questions, starter)
    assert asked.left_out == 0
    assert sound.faults == ()
    assert sound.answerable >= 40


@pytest.mark.parametrize(
    "gold",
    [
        gold_question(),
        gold_question(sources=((LAW, "3"),)),
        gold_question(sources=((LAW, None),), facts=(["dix jours"], ["5.000 dirhams"])),
        # Each source holds one of the facts.
        gold_question(sources=((LAW, "2"), (LAW_AR, "3")), facts=(["dix jours"], FINE)),
        gold_question(superseded=[PRESS]),
        unanswerable(),
    ],
)
def test_true_gold_has_no_fault(gold: GoldQuestion, index: Index) -> None:
    assert faults(gold, index) == []


@pytest.mark.parametrize(
    ("gold", "messages"),
    [
        (gold_question(facts=(FINE, ["6.000"])), ["no source holds the fact ['6.000']"]),
        (gold_question(facts=(FINE, [])), ["no source holds the fact []"]),
        (gold_question(sources=((LAW, "33"),)), [f"{LAW} has no article '33'", f"no source holds the fact {FINE}"]),
        (gold_question(sources=((LAW, "3"), (LAW_AR, "33"))), [f"{LAW_AR} has no article '33'"]),
        (gold_question(sources=((LAW, "3"), (LAW, "2"))), [f"no fact stands in {LAW}, article 2"]),
        (gold_question(sources=((LAW, "3"), (PRESS, None))), [f"no fact stands in {PRESS}, article None"]),
        (
            gold_question(sources=((LAW, "3"), ("absent.txt", "3"))),
            ["a source of the index is needed, got 'absent.txt'"],
        ),
        (gold_question(superseded=["old.txt"]), ["a source of the index is needed, got 'old.txt'"]),
        (unanswerable(superseded=["old.txt"]), ["a source of the index is needed, got 'old.txt'"]),
    ],
)
def test_each_fault_is_said(gold: GoldQuestion, messages: list[str], index: Index) -> None:
    assert faults(gold, index) == messages


def test_faults_name_their_question(index: Index) -> None:
    wrong, right = gold_question(facts=(["6.000"],), id="fr-2"), gold_question(id="fr-1")
    found = check_gold([right, wrong], index).faults
    assert {fault.question for fault in found} == {"fr-2"}
    assert Fault("fr-2", "no source holds the fact ['6.000']") in found


@pytest.mark.parametrize(
    ("gold", "shares"),
    [
        # "quiconque" stands in one French passage, "données" in several.
        (gold_question(question="Quiconque risque-t-il une amende ?"), True),
        (gold_question(question="Que se passe-t-il avec des données ?"), False),
        (gold_question(question="Combien dois-je payer ?"), False),
        # A rare word of another article than the gold one is not borrowed.
        (gold_question(question="Quiconque ?", sources=((LAW, "2"),), facts=(["dix jours"],)), False),
        (gold_question(question="ch7al quiconque", language="ary-Latn"), True),
        (gold_question(question="شحال ديال الغرامة؟", language="ary"), True),
        (gold_question(question="كم أدفع؟", language="ar"), False),
        (gold_question(question="What is quiconque?", language="en"), False),
    ],
)
def test_rare_words_of_the_source_are_found_in_the_question(gold: GoldQuestion, shares: bool, index: Index) -> None:
    assert check_gold([gold], index).sharing == ((gold.id,) if shares else ())


def test_unanswerable_questions_share_nothing(index: Index) -> None:
    assert check_gold([unanswerable(question="Quiconque ?")], index) == Soundness((), (), 0)


@pytest.mark.parametrize(
    ("sharing", "answerable", "paraphrased"),
    [((), 0, True), ((), 2, True), (("a",), 1, False), (("a",), 2, True), (("a", "b"), 3, False)],
)
def test_at_most_half_of_the_questions_use_rare_words(
    sharing: tuple[str, ...], answerable: int, paraphrased: bool
) -> None:
    assert Soundness((), sharing, answerable).paraphrased is paraphrased
