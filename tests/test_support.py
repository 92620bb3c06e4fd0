"""The check: a sentence is shown when it keeps to its quote, and not when one thing in it that matters is wrong."""

from dataclasses import replace

import pytest

from rag.answer import Citation, CitedInstrument
from rag.support import support
from tests.evaluation import citation

FRENCH = (
    "L'opérateur doit notifier l'incident à la Commission nationale dans un délai de trois jours, sauf si l'incident"
    " est sans effet sur les usagers. À défaut, il est puni d'une amende de 10.000 à 50.000 dirhams."
)
ARABIC = (
    "يجب على المتعهد أن يبلغ اللجنة الوطنية بالحادث داخل أجل ثلاثة أيام، إلا إذا كان الحادث دون أثر على المرتفقين."
    " ويعاقب المخالف بغرامة من 10.000 إلى 50.000 درهم."
)
ENGLISH = (
    "The operator must notify the incident to the National Commission within three days, unless the incident has no"
    " effect on users. Failing this, it is punished with a fine of 10,000 to 50,000 dirhams."
)


def cited(quote: str, language: str) -> Citation:
    known = replace(citation(quote=quote), instrument=CitedInstrument("loi", "77-01"), published="2020-05-01")
    return replace(known, language=language)


@pytest.mark.parametrize(
    ("quote", "language", "sentence"),
    [
        (FRENCH, "fr", "Il est puni d'une amende de 10 000 à 50 000 dirhams."),
        (FRENCH, "fr", "Selon l'article 3 de la loi n° 77-01, il est puni d'une amende de dix mille à 50.000 dirhams."),
        (FRENCH, "fr", "L'opérateur doit notifier l'incident à la Commission nationale sous 3 jours, sauf si l'incident"
         " est sans effet sur les usagers."),
        (ARABIC, "ar", "يعاقب بغرامة من عشرة آلاف إلى خمسين ألف درهم."),
        (ARABIC, "ar", "طبقا للمادة 3 من القانون رقم 77.01، يعاقب بغرامة من 10.000 إلى 50.000 درهم."),
        (ENGLISH, "en", "It is punished with a fine of 10,000 to 50,000 dirhams."),
        (FRENCH, "fr", "Il est puni d'une amende de 10.000 à 50.000 dirhams, selon l'article 3 de la loi n° 77-01."),
    ],
)  # fmt: skip
def test_a_sentence_that_keeps_to_its_quote_is_given(quote: str, language: str, sentence: str) -> None:
    assert support(sentence, language, [cited(quote, language)]).faults == ()


@pytest.mark.parametrize(
    ("quote", "language", "sentence", "fault"),
    [
        (FRENCH, "fr", "Il est puni d'une amende de 10.000 à 60.000 dirhams.", "number"),
        (ARABIC, "ar", "يعاقب بغرامة من 10.000 إلى ستين ألف درهم.", "number"),
        (FRENCH, "fr", "L'opérateur doit notifier l'incident dans un délai de trois mois, sauf si l'incident est sans"
         " effet sur les usagers.", "unit"),
        (ENGLISH, "en", "The operator must notify the incident within three hours, unless the incident has no effect"
         " on users.", "unit"),
        (FRENCH, "fr", "Il est puni d'une amende de 10.000 à 50.000 dirhams depuis mars 2020.", "date"),
        (FRENCH, "fr", "Selon l'article 4 de la loi n° 77-01, il est puni d'une amende.", "reference"),
        (FRENCH, "fr", "Il est puni de l'amende prévue à l'article 3, de 10.000 à 50.000 dirhams.", "reference"),
        (ARABIC, "ar", "طبقا للقانون رقم 77.02 يعاقب بغرامة من 10.000 إلى 50.000 درهم.", "reference"),
        (FRENCH, "fr", "L'opérateur doit notifier l'incident à l'ANRT, sauf si l'incident est sans effet.", "name"),
        (FRENCH, "fr", "Il est puni d'une amende, voir https://exemple.ma.", "link"),
        (FRENCH, "fr", "L'opérateur ne doit pas notifier l'incident, sauf si l'incident est sans effet.", "sense"),
        (FRENCH, "fr", "L'opérateur peut notifier l'incident à la Commission nationale dans un délai de trois jours.",
         "sense"),
        (FRENCH, "fr", "L'opérateur doit notifier l'incident à la Commission nationale dans un délai de trois jours.",
         "sense"),
        (FRENCH, "fr", "Dans tous les cas, il est puni d'une amende de 10.000 à 50.000 dirhams.", "sense"),
        (ARABIC, "ar", "لا يجب على المتعهد أن يبلغ اللجنة الوطنية بالحادث داخل أجل ثلاثة أيام، إلا إذا كان الحادث دون"
         " أثر.", "sense"),
        (ENGLISH, "en", "The operator may notify the incident to the National Commission within three days.", "sense"),
        (FRENCH, "fr", "La Commission nationale doit notifier l'incident à l'opérateur dans un délai de trois jours,"
         " sauf si les usagers sont sans effet sur l'incident.", "order"),
        (FRENCH, "fr", "Les abonnés mécontents obtiennent un dédommagement rapide auprès du tribunal.", "words"),
        (ARABIC, "fr", "Il est puni d'une amende de 10.000 à 50.000 dirhams.", "language"),
    ],
)  # fmt: skip
def test_one_wrong_thing_is_enough(quote: str, language: str, sentence: str, fault: str) -> None:
    own = "ar" if quote == ARABIC else language
    assert fault in support(sentence, language, [cited(quote, own)]).faults


def test_of_several_quotes_each_may_hold_a_part() -> None:
    other = cited("Le délai court à compter de la découverte de l'incident.", "fr")
    sentence = "Le délai est de trois jours à compter de la découverte de l'incident."
    assert "unit" not in support(sentence, "fr", [cited(FRENCH, "fr"), other]).faults
    assert support("Le délai court à compter de la découverte de l'incident.", "fr", [other]).share == 1.0
