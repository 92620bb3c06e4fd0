"""Dates are read in both calendars, in the shapes that right-to-left layout leaves."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.dates import agree, dates_in, month_in


@pytest.mark.parametrize(
    ("text", "day", "hijri"),
    [
        ("22 صفر 1430 (18 فبراير 2009)", "2009-02-18", "1430-02-22"),
        ("22 من صفر 1430 ( 18 فبراير )2009", "2009-02-18", "1430-02-22"),
        ("22 من جمادى الآخرة 5( 1442 فبراير )2021", "2021-02-05", "1442-06-22"),
        ("٢٢ من صفر ١٤٣٠ (١٨ فبراير ٢٠٠٩)", "2009-02-18", "1430-02-22"),
        ("8 جمادى الأولى 1445 1\n( 22 نوفمبر )2023", "2023-11-22", "1445-05-08"),
        ("فاتح ربيع الثاني 1397 (21 مارس 1977)", "1977-03-21", "1397-04-01"),
        ("18 rabii II 1446 (22 octobre 2024)", "2024-10-22", "1446-04-18"),
        ("7 safar 1447 (1er août 2025)", "2025-08-01", "1447-02-07"),
        ("4 hija 1441", "2020-07-25", "1441-12-04"),
        ("9 ramadan 1331 (12 août 1913)", "1913-08-12", "1331-09-09"),
        ("le 12 août 1913", "1913-08-12", None),
        ("20 دجنبر 2020", "2020-12-20", None),
        ("23 November 2001", "2001-11-23", None),
    ],
)
def test_one_date_however_it_is_written(text: str, day: str, hijri: str | None) -> None:
    assert [(stated.day.isoformat(), stated.hijri) for stated in dates_in(text)] == [(day, hijri)]


@pytest.mark.parametrize(
    "text", ["31 février 2020", "9 ramadan 1331", "1er mai", "34 صفر 1430", "mars 2020", "1.000 mai"]
)
def test_what_is_no_full_date_is_left_out(text: str) -> None:
    assert dates_in(text) == []


def test_dates_come_in_order_with_their_slices() -> None:
    text = "du 4 hija 1441 (25 juillet 2020), puis le 2 mai 2021."
    assert [text[stated.start : stated.end] for stated in dates_in(text)] == [
        "4 hija 1441 (25 juillet 2020",
        "2 mai 2021",
    ]


@pytest.mark.parametrize(
    ("day", "hijri", "same"),
    [
        (date(2009, 2, 18), "1430-02-22", True),
        (date(2009, 2, 20), "1430-02-22", True),
        (date(2009, 2, 18), "1420-02-22", False),
        (date(1913, 8, 12), "1331-09-09", True),
    ],
)
def test_two_calendars_agree_within_the_sighting_of_the_moon(day: date, hijri: str, same: bool) -> None:
    assert agree(day, hijri) is same


def test_the_first_month_of_a_year() -> None:
    assert month_in("N° 15, FÉVRIER 2024, puis mars 2025") == "2024-02"
    assert month_in("en 2024") is None


@given(st.text(alphabet="0123456789( )مارس صفر safar mai,", max_size=80))
def test_any_text_gives_dates_that_lie_in_it(text: str) -> None:
    assert all(0 <= stated.start < stated.end <= len(text) for stated in dates_in(text))


@pytest.mark.parametrize("text", ["1 safar " * 30_000, "11( " * 50_000, "1 rab" + "i" * 100_000, "1 (" + " " * 100_000])
def test_a_hostile_text_takes_little_time(text: str) -> None:
    start = process_time()
    dates_in(text)
    assert process_time() - start < 2
