"""Words of OCR become lines: columns stay apart, parts of one line come together, drawings are no words."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.ocr_lines import Box, Word, legible, lines_of

LETTER, HEIGHT, PITCH = 10, 24, 40
SENTENCES = (
    "Le dossier est remis au guichet",
    "La demande porte un timbre fiscal",
    "Une copie reste au greffe du lieu",
)


def printed(text: str, left: int, row: int, block: int, look: int = 0) -> list[Word]:
    """The words of one line, from `left` on, on the given row of the page."""
    words = []
    for word in text.split():
        box = Box(left, row * PITCH, left + LETTER * len(word), row * PITCH + HEIGHT)
        words.append(Word(word, (look, block, 1, row), box, 95))
        left = box.right + LETTER
    return words


def printed_to_left(text: str, right: int, row: int, block: int) -> list[Word]:
    """The words of one line of Arabic, which begins at `right`."""
    words = []
    for word in text.split():
        box = Box(right - LETTER * len(word), row * PITCH, right, row * PITCH + HEIGHT)
        words.append(Word(word, (0, block, 1, row), box, 95))
        right = box.left - LETTER
    return words


def column(left: int, block: int, first_row: int = 0) -> list[Word]:
    return [word for row, text in enumerate(SENTENCES, first_row) for word in printed(text, left, row, block)]


def moved(words: list[Word], texts: set[str], block: int) -> list[Word]:
    """`words` as they come when Tesseract gives some of them to a block of their own, at the end."""
    rest = [word for word in words if word.text not in texts]
    strays = [word for word in words if word.text in texts]
    return rest + [Word(word.text, (0, block, 1, word.line[3]), word.box, word.confidence) for word in strays]


def test_the_first_or_last_words_of_a_line_come_back_from_another_block() -> None:
    for strays in ({"La", "demande"}, {"timbre", "fiscal"}, {"porte"}):
        assert list(lines_of(moved(column(100, 1), strays, 2))) == list(SENTENCES)


def test_two_columns_stay_apart_on_every_row() -> None:
    width = LETTER * max(map(len, SENTENCES))
    page = column(100, 1) + column(100 + width + 2 * HEIGHT, 2)
    assert list(lines_of(page)) == [*SENTENCES, "", *SENTENCES]


def test_the_first_row_of_two_columns_stays_apart_under_a_title_across_both() -> None:
    width = LETTER * max(map(len, SENTENCES))
    title = "Recueil des textes sur le dossier remis au guichet et sur le timbre"
    page = printed(title, 120, 0, 1) + column(100, 2, 1) + column(100 + width + 2 * HEIGHT, 3, 1)
    assert list(lines_of(page)) == [title, "", *SENTENCES, "", *SENTENCES]


def test_a_line_of_one_column_is_not_joined_to_a_block_of_the_other() -> None:
    width = LETTER * max(map(len, SENTENCES))
    right = column(100 + width + 2 * HEIGHT, 2)
    page = moved(column(100, 1), {"timbre", "fiscal"}, 3) + right
    assert list(lines_of(page)) == [*SENTENCES, "", *SENTENCES]


def test_parts_far_from_each_other_are_two_lines() -> None:
    page = printed("Total", 100, 0, 1) + printed("Dirhams", 700, 0, 2) + printed("Le montant du droit " * 5, 100, 1, 3)
    assert list(lines_of(page))[:3] == ["Total", "", "Dirhams"]


def test_arabic_goes_on_to_the_left() -> None:
    rows = ("يقدم الطلب إلى كتابة الضبط", "تؤدى الرسوم عند تقديم الطلب", "تسلم نسخة إلى صاحب الطلب")
    page = [word for row, text in enumerate(rows) for word in printed_to_left(text, 900, row, 1)]
    for strays in ({"تؤدى"}, {"عند"}, {"الرسوم", "عند"}):
        assert list(lines_of(moved(page, strays, 2))) == list(rows)


def test_a_word_that_only_a_later_look_saw_stands_in_its_line() -> None:
    first = [word for word in column(100, 1) if word.text not in {"remis", "greffe"}]
    later = [
        Word(word.text, (1, 4, 1, word.line[3]), word.box, 95)
        for word in column(100, 1)
        if word.text in {"remis", "greffe"}
    ]
    assert list(lines_of(first + later)) == list(SENTENCES)


def test_a_doubtful_word_counts_only_among_sure_ones() -> None:
    line = printed("Le registre de l'examen reste ouvert", 100, 0, 1)
    doubted = [Word(w.text, w.line, w.box, 5) if w.text == "l'examen" else w for w in line]
    drawing = Word("~;", (0, 2, 1, 1), Box(100, 300, 200, 400), 5)
    assert legible([*doubted, drawing]) == doubted
    unsure = [Word(word.text, word.line, word.box, min(word.confidence, 60)) for word in doubted]
    assert [word.text for word in legible(unsure)] == ["Le", "registre", "de", "reste", "ouvert"]


@given(
    st.lists(
        st.builds(
            lambda text, block, row, left, top: Word(
                text, (0, block, 1, row), Box(left, top, left + LETTER * len(text), top + HEIGHT), 95
            ),
            st.text("abcبتل", min_size=1, max_size=5),
            st.integers(1, 4),
            st.integers(1, 4),
            st.integers(0, 600),
            st.integers(0, 200),
        ),
        max_size=25,
    )
)
def test_every_word_is_in_one_line(words: list[Word]) -> None:
    assert Counter(" ".join(lines_of(words)).split()) == Counter(word.text for word in words)
