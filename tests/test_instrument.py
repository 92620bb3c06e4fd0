"""One instrument has one key, however a text spells its number; the order of the parts is never changed."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import article_order, articles_in
from corpus.instrument import Instrument, instruments_in, mentions_in, numbers_in, western_digits

LAW_0520 = Instrument("loi", "05-20")
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SEPARATORS = st.sampled_from(["-", "–", ".", "/", " - ", " / ", "- "])
LAW_WORDS = st.sampled_from(["loi n° ", "Loi ", "LOI N° ", "law No. ", "القانون رقم ", "بالقانون رقم ", "9anoun ra9m "])
TWO_DIGITS = st.integers(0, 99).map("{:02}".format)


@pytest.mark.parametrize(
    "text",
    [
        "loi n° 05-20",
        "La loi 05.20",
        "LOI N°05/20",
        "loi n° 05 – 20",
        "Law No. 05-20",
        "law 05/20",
        "القانون رقم 05.20",
        "القانون رقم ٠٥.٢٠",
        "قانون رقم 05.20المتعلق بالأمن",
        "وفقا للقانون رقم 05.20، المادة 1",
        "l9anoun ra9m 05.20",
        "la loi relative à la cybersécurité n° 05-20",
        "Loi n°\n05-20",
    ],
)
def test_every_spelling_of_a_law_gives_one_key(text: str) -> None:
    assert instruments_in(text) == [LAW_0520]


@given(LAW_WORDS, TWO_DIGITS, SEPARATORS, TWO_DIGITS, st.sampled_from([None, EASTERN, PERSIAN]))
def test_separators_and_digits_never_change_the_key(
    word: str, first: str, separator: str, second: str, digits: dict[int, int] | None
) -> None:
    number = f"{first}{separator}{second}"
    written = number.translate(digits) if digits else number
    assert instruments_in(word + written) == [Instrument("loi", f"{first}-{second}")]


@given(TWO_DIGITS, TWO_DIGITS)
def test_the_order_of_the_parts_is_kept(first: str, second: str) -> None:
    both = instruments_in(f"loi n° {first}-{second} puis loi n° {second}-{first}")
    assert [law.number for law in both] == list(dict.fromkeys([f"{first}-{second}", f"{second}-{first}"]))


def test_law_2005_is_not_law_0520() -> None:
    assert instruments_in("القانون رقم 20.05") == [Instrument("loi", "20-05")]
    assert instruments_in("القانون رقم 20.05") != instruments_in("القانون رقم 05.20")


@given(st.integers(1, 9), TWO_DIGITS, st.integers(1, 999), SEPARATORS)
def test_a_decree_keeps_its_three_parts_in_order(series: int, year: str, rank: int, separator: str) -> None:
    text = f"décret n° {separator.join((str(series), year, str(rank)))}"
    assert instruments_in(text) == [Instrument("decret", f"{series}-{year}-{rank}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Décret n° 2-21-406", [Instrument("decret", "2-21-406")]),
        ("المرسوم رقم 2.21.406", [Instrument("decret", "2-21-406")]),
        ("Decree No. 2-09-165", [Instrument("decret", "2-09-165")]),
        ("loi organique n° 130-13", [Instrument("loi_organique", "130-13")]),
        ("القانون التنظيمي رقم 130.13", [Instrument("loi_organique", "130-13")]),
        ("arrêté conjoint n° 1148-25", [Instrument("arrete", "1148-25")]),
        (
            "dahir n° 1-09-15 portant promulgation de la loi n° 09-08",
            [Instrument("dahir", "1-09-15"), Instrument("loi", "09-08")],
        ),
        (
            "الظهير الشريف رقم 1.09.15 بتنفيذ القانون رقم 09.08",
            [Instrument("dahir", "1-09-15"), Instrument("loi", "09-08")],
        ),
    ],
)
def test_the_type_comes_from_the_word_before_the_number(text: str, expected: list[Instrument]) -> None:
    assert instruments_in(text) == expected


def test_an_instrument_named_twice_is_listed_once_where_it_first_stood() -> None:
    text = "la loi n° 43-20, la loi 05-20 et encore la loi 43.20"
    assert instruments_in(text) == [Instrument("loi", "43-20"), LAW_0520]


@pytest.mark.parametrize(
    "text", ["décret 09-08", "loi n° 2-21-406", "dahir 09-08", "foi n° 05-20", "loi n° 05-2020123"]
)
def test_a_number_that_does_not_fit_the_type_names_nothing(text: str) -> None:
    assert instruments_in(text) == []


def test_thousands_are_not_the_number_of_an_instrument() -> None:
    assert numbers_in("إعادة توجيه 50.000 شاب نحو المهن الرقمية") == []
    assert numbers_in("directive 100.000 postes, loi 09.08") == ["09-08"]


@pytest.mark.parametrize("text", ["arrêté du 14-06-2020", "loi du 14-06-2020", "la loi publiée le 14/06/2020"])
def test_a_date_is_not_the_number_of_an_instrument(text: str) -> None:
    assert instruments_in(text) == []
    assert numbers_in(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09-08", ["09-08"]),
        ("que dit 05.20 ?", ["05-20"]),
        ("٠٩.٠٨ و ٠٥/٢٠", ["09-08", "05-20"]),
        ("lois n° 09-08 et 05-20", ["09-08", "05-20"]),
        ("2-22-687", ["2-22-687"]),
        ("loi 31-08, puis 31.08", ["31-08"]),
        ("le 14-06-2020", []),
        ("05-22-33-44-55", []),
        ("de 100.000 à 500.000 dirhams", []),
        ("version 1.2.3", []),
        ("aucun nombre", []),
    ],
)
def test_bare_numbers_count_when_they_look_like_those_of_an_instrument(text: str, expected: list[str]) -> None:
    assert numbers_in(text) == expected


@given(st.text())
def test_western_digits_keep_the_length_and_leave_no_eastern_digit(text: str) -> None:
    western = western_digits(text)
    assert len(western) == len(text)
    assert not set(western) & set("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")


def test_eastern_and_persian_digits_have_the_same_values() -> None:
    assert western_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ x7") == "0123456789 0123456789 x7"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'article 52", ["52"]),
        ("L’ARTICLE 12", ["12"]),
        ("Article premier", ["1"]),
        ("art. 1er", ["1"]),
        ("article deuxième", ["2"]),
        ("article n° 8", ["8"]),
        ("article 7 bis", ["7 bis"]),
        ("Article 7bis et article 7 TER", ["7 bis", "7 ter"]),
        ("article 607-3", ["607-3"]),
        ("article 60.1", ["60-1"]),
        ("article dix-septième", ["17"]),
        ("ARTICLE DEUXIEME", ["2"]),
        ("article three", ["3"]),
        ("المادة المائة", ["100"]),
        ("المادة الحادية عشرة بعد المائة", ["111"]),
        ("المادة السابعة والعشرون بعد المائة", ["127"]),
        ("المادة 7 مكررا", ["7 bis"]),
        ("المادة ٥٢", ["52"]),
        ("المادة 52من القانون", ["52"]),
        ("بالمادة 8 والمادة 10 للمادة 9", ["8", "10", "9"]),
        ("المادة الأولى", ["1"]),
        ("المادة العاشرة", ["10"]),
        ("المادة الحادية عشرة", ["11"]),
        ("المادة الثانية عشرة", ["12"]),
        ("المادة الثالثة عشرة مكررة", ["13 bis"]),
        ("المادة 7 مكرر", ["7 bis"]),
        ("المادة 7 المكررة مرتين", ["7 ter"]),
        ("المادة 7 مكرر ثلاث مرات", ["7 quater"]),
        ("الفصل 27", ["27"]),
        ("chno katgol lmadda 52", ["52"]),
        ("article 5, puis l'article 5", ["5"]),
        ("smart 5 particle 6 section 3", []),
    ],
)
def test_articles_are_found_in_every_language(text: str, expected: list[str]) -> None:
    assert articles_in(text) == expected


@given(st.integers(1, 9999))
def test_an_article_has_one_number_in_all_spellings(number: int) -> None:
    eastern = str(number).translate(EASTERN)
    assert articles_in(f"article {number}, art. {number}, المادة {eastern}, madda {number}") == [str(number)]


def test_the_second_article_of_an_enumeration_is_named_too() -> None:
    assert articles_in("les articles 43 et 44 de la loi n° 09-08") == ["43", "44"]


@pytest.mark.parametrize("text", ["المادة الثانية والعشرون", "المادة السابعة والعشرين"])
def test_an_ordinal_above_twenty_is_not_its_unit(text: str) -> None:
    assert not set(articles_in(text)) & {"2", "7"}


@pytest.mark.parametrize("text", ["المادة 7 مكرر 4", "article 7 quinquies"])
def test_a_fifth_article_of_a_number_is_not_another_one(text: str) -> None:
    assert not set(articles_in(text)) & {"7", "7 bis", "7 ter", "7 quater"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("les lois n° 09-08 et 05-20", [("loi", "09-08"), ("loi", "05-20")]),
        ("les lois n° 09-08, n° 05-20 et n° 43-20", [("loi", "09-08"), ("loi", "05-20"), ("loi", "43-20")]),
        ("Laws No. 09-08 and 05-20", [("loi", "09-08"), ("loi", "05-20")]),
        ("القانونين رقم 09.08 و05.20", [("loi", "09-08"), ("loi", "05-20")]),
        ("القوانين رقم 09.08 و 05.20 و43.20", [("loi", "09-08"), ("loi", "05-20"), ("loi", "43-20")]),
        ("المرسومين رقم 2.21.406 و 2.22.687", [("decret", "2-21-406"), ("decret", "2-22-687")]),
        ("les décrets n° 2-21-406 et 2-22-687", [("decret", "2-21-406"), ("decret", "2-22-687")]),
        ("lois organiques n° 130-13 et 065-13", [("loi_organique", "130-13"), ("loi_organique", "065-13")]),
        ("loi-cadre n° 69-19", [("loi_cadre", "69-19")]),
        ("القانون الإطار رقم 69.19", [("loi_cadre", "69-19")]),
        ("القانون-الإطار رقم 51.17", [("loi_cadre", "51-17")]),
        ("décret-loi n° 2-20-292", [("decret_loi", "2-20-292")]),
        ("المرسوم بقانون رقم 2.20.292", [("decret_loi", "2-20-292")]),
        ("dahir portant loi n° 1-93-213", [("dahir", "1-93-213")]),
        ("الظهير الشريف بمثابة قانون رقم 1.93.213", [("dahir", "1-93-213")]),
        ("code de commerce n° 15-95", [("loi", "15-95")]),
        ("la convention n° 108 du Conseil", [("convention", "108")]),
        ("الاتفاقية رقم 108", [("convention", "108")]),
        ("circulaire n° 12/2018", [("circulaire", "12-2018")]),
        ("المنشور رقم 2021/10", [("circulaire", "2021-10")]),
        ("دورية رقم 4/2021", [("circulaire", "4-2021")]),
        ("décision n° 07-21", [("decision", "07-21")]),
        ("délibération n° D-188-2020", [("deliberation", "D-188-2020")]),
        ("وبالمرسوم رقم 2.21.406", [("decret", "2-21-406")]),
        ("القانون رقم. 24.96", [("loi", "24-96")]),
        (
            "Arrêté conjoint du ministre de l'agriculture, de la pêche et de la ministre de l’économie n° 1148-25",
            [("arrete", "1148-25")],
        ),
        ("قرار مشترك لوزير العدل والأمين العام للحكومة ووزيرة الاقتصاد والمالية رقم 1715.24", [("arrete", "1715-24")]),
        ("l'arrêté du ministre pris sur le fondement des textes et de la loi n° 05-20", [("loi", "05-20")]),
        ("une loi, 14 articles et 20-30 pages", []),
        ("la loi n' 05-83", [("loi", "05-83")]),
        ("الظهير الشريف المعتبر بمثابة قانون رقم 1.84.8", [("dahir", "1-84-8")]),
        ("la convention 108 vise", []),
        ("la loi n° 12", []),
        ("une hausse de 5.20% prévue par la loi 10.50%", []),
    ],
)
def test_more_shapes_of_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.type, found.number) for found in instruments_in(text)] == expected


def test_a_mention_is_the_slice_that_names_its_instrument() -> None:
    text = "Vu les lois n° 09-08 et 05-20 ;"
    assert [text[mention.start : mention.end] for mention in mentions_in(text)] == ["lois n° 09-08", "05-20"]


@pytest.mark.parametrize(
    "text",
    ["loi " * 20_000, "loi" + " " * 100_000, "loi n° 1-" * 20_000, "lois 09-08 et " * 9_000, "arrêté du a b " * 9_000],
)
def test_a_hostile_text_takes_little_time(text: str) -> None:
    start = process_time()
    instruments_in(text)
    assert process_time() - start < 2


def test_articles_are_sorted_as_texts_number_them() -> None:
    mixed = ["10", "7-10", "7 ter", "8", "7-1 bis", "7", "7-2", "7 bis", "7-1"]
    assert sorted(mixed, key=article_order) == ["7", "7 bis", "7 ter", "7-1", "7-1 bis", "7-2", "7-10", "8", "10"]
