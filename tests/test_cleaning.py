"""The whole cleaning: plain characters, counted repairs, no letter lost, and nothing left to clean."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.repair.cleaning import clean
from tests.cleaned import body, cleaned, repairs

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
# No digits and no alef: nothing here can be a page number, a footnote or a damaged word.
PLAIN_TEXT = st.text(alphabet="abcdéBÉ بتلمنويه.،\n", max_size=300)


def test_repairs_are_counted_by_kind() -> None:
    assert repairs("القانون رقم 05.20المتعلق باألمن ،بتاريخ 22من صفر 18( 1430فبراير )2009") == {
        "lam-alef": 1,
        "digits unglued": 2,
        "punctuation moved": 1,
        "dates reordered": 1,
    }


def test_a_repair_shows_what_it_changed() -> None:
    (repair,) = cleaned("المادة52 من القانون رقم45 والقانون رقم45").repairs
    assert (repair.name, repair.count) == ("digits unglued", 3)
    assert repair.samples[0] == ("المادة52 من القانون", "المادة 52 من القانون")


LAYERS = (
    "القانون رقم 05.20المتعلق باألمن ،بتاريخ 22من صفر 18( 1430فبراير )2009",
    "( ،)CICوكذا القانونرقم 9\nالفرع :IIIإلغاء\n24( 1446 يوليو ، )2024",
    "infor-\nmation de la\nloi\n12\n\nتبلغ الهيئات\n،والإدارات د ون إذن ولاسيما »الهيئات«",
    "LLIIVVRREE 11 ده\nالتقلیدي\nوحيدة ( )3، وكذا",
)


@given(st.lists(st.sampled_from([piece for layer in LAYERS for piece in re.split("(?<= )", layer)]), max_size=25))
@settings(deadline=None)
def test_cleaning_what_was_damaged_in_many_ways_twice_is_cleaning_once(pieces: list[str]) -> None:
    once = body(" ".join(pieces))
    assert body(once) == once


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ال\u200bأمن \u202bالسيبراني\u202c ا\u0640لمغ\u0640رب\ufeff", "الأمن السيبراني المغرب"),
        ("ﻻ يجوز ﻣﻌﺎﻟﺠﺔ المعطيات", "لا يجوز معالجة المعطيات"),
        ("قﹷانﹹون", "قَانُون"),
        ("l’accord ﬁnal oﬃciel", "l’accord final officiel"),
        ("e\u0301te\u0301", "été"),
        ("3\u00a0000 dirhams\u202f; \t fin", "3 000 dirhams ; fin"),
        ("التقلیدي في کل", "التقليدي في كل"),
        ("LLIIVVRREE IIIIII DDEESS ::\nAnnexe 11 à 22", "LIVRE III DES :\nAnnexe 11 à 22"),
        ("in\u00adcident\x00 \x07grave\ufffd", "incident grave"),
        ("Un.\r\nDeux.\rTrois.\fQuatre.", "Un.\nDeux.\nTrois.\nQuatre."),
        ("Un.\n\n\n\n\nDeux.\n\n", "Un.\n\nDeux."),
    ],
)
def test_characters_are_made_plain(raw: str, expected: str) -> None:
    assert body(raw) == expected


def test_pages_without_text_leave_no_block() -> None:
    assert [block.page for block in cleaned("", "Un.", " \n\u200b\n").blocks] == [2]
    assert clean([]).blocks == ()


@given(st.lists(ANY_TEXT, max_size=4))
@settings(deadline=None)
def test_clean_text_is_tidy(texts: list[str]) -> None:
    for block in cleaned(*texts).blocks:
        assert block.text
        assert all(line == line.strip() for line in block.text.split("\n"))
        assert "\n\n\n" not in block.text
        assert not re.search("[\x00-\x08\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", block.text)


@given(PLAIN_TEXT)
@settings(deadline=None)
def test_no_letter_of_a_plain_page_is_lost(text: str) -> None:
    assert "".join(body(text).split()) == "".join(text.split())


@given(PLAIN_TEXT)
@settings(deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = body(text.replace("،", "؛"))
    assert body(once) == once
