"""A conversation in a browser, as readers have it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

# Gradio sums up its queue with options that pandas gives up.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
FINE_FR = "Quelle amende sans déclaration ?"
FINE_AR = "ما هي الغرامة دون تصريح؟"


@pytest.mark.parametrize(
    ("language", "question", "spoken", "direction"),
    [
        ("fr", FINE_FR, "fr", "ltr"),
        ("ar", FINE_AR, "ar", "rtl"),
        ("en", "What is the fine for data without a declaration?", "en", "ltr"),
        ("fr", "chhal l'amende ila ma dertch declaration dyal les données ?", "fr", "ltr"),
    ],
)
def test_a_question_in_any_language_is_answered_in_it(
    visit: Visit, language: str, question: str, spoken: str, direction: str
) -> None:
    visit.open(language)
    visit.ask(question)
    answer = visit.page.locator(".sanad-answer").last
    assert (answer.get_attribute("lang"), answer.get_attribute("dir")) == (spoken, direction)
    assert answer.locator("blockquote").count() >= 1
    assert visit.page.locator("#said").inner_text() != ""
    assert visit.page.evaluate("document.documentElement.lang") == language
    visit.picture(f"answer-{language}-{spoken}")


def test_an_example_is_asked_by_a_tap(visit: Visit) -> None:
    visit.open("fr")
    visit.page.locator("#examples button").first.click()
    visit.settle()
    assert "CNDP" in visit.page.locator(".sanad-question").inner_text()
    assert not visit.page.locator("#examples").is_visible()


def test_a_marker_shows_its_quote_and_leads_to_the_place_of_it(visit: Visit) -> None:
    visit.open("fr")
    visit.ask(FINE_FR)
    marker = visit.page.locator(".sanad-cite a").first
    tip = visit.page.locator(".sanad-tip").first
    assert not tip.is_visible()
    marker.focus()
    assert tip.is_visible()
    with visit.page.expect_popup() as opened:
        marker.click()
    source = opened.value
    assert "amende de 1.000 à 5.000 dirhams" in source.locator("mark").inner_text()
    visit.picture("marker-fr")


def test_a_suggestion_is_a_button_that_asks(visit: Visit) -> None:
    visit.open("fr")
    visit.ask(FINE_FR)
    visit.page.get_by_role("button", name="Montrer le texte arabe").click()
    visit.page.wait_for_selector(".sanad-question >> nth=1")
    visit.settle()
    assert visit.page.locator('blockquote[lang="ar"]').last.inner_text().count("غرامة") == 1


def test_a_follow_up_is_read_with_the_question_before(visit: Visit) -> None:
    visit.open("fr")
    visit.ask("Que prévoit la loi 77-01 sur l'amende ?")
    visit.ask("Et le délai de déclaration ?")
    assert "77-01" in visit.page.locator(".sanad-answer").last.inner_text()
    assert visit.page.locator(".sanad-question").count() == 2


def test_the_beginning_of_an_answer_is_in_view(visit: Visit) -> None:
    visit.open("ar")
    visit.ask(FINE_AR)
    visit.ask(FINE_AR)
    assert any(0 <= _top_of_question(visit, 1) < 300 for _ in _moments(visit))


def _top_of_question(visit: Visit, place: int) -> float:
    return float(
        visit.page.evaluate(f"document.querySelectorAll('.sanad-question')[{place}].getBoundingClientRect().top")
    )


def _moments(visit: Visit) -> Iterator[int]:
    """Half a minute in steps; `wait_for_function` would need scripts that the page's policy forbids."""
    for moment in range(100):
        visit.page.wait_for_timeout(300)
        yield moment


def test_what_is_out_of_reach_says_where_to_turn(visit: Visit) -> None:
    visit.open("fr")
    visit.ask("Quelle est la recette du tajine ?")
    assert "Hors de mon domaine" in visit.page.locator(".sanad-standing").inner_text()
    assert "https://cndp.ma" in _links(visit)
    visit.picture("refusal-fr")


def _links(visit: Visit) -> list[str]:
    return [str(link.get_attribute("href")) for link in visit.page.locator(".sanad-where a").all()]


def test_sources_are_filtered_by_kind_and_day(visit: Visit) -> None:
    visit.open("en")
    visit.page.locator("#filters button").first.click()
    visit.page.get_by_label("Press").check()
    visit.ask("What was said about signature tools?")
    assert "Trade fair" in visit.page.locator(".sanad-answer").inner_text()
    visit.page.fill("#day input, #day textarea", "soon")
    visit.ask("What was said about signature tools?")
    assert "Date not understood: soon" in visit.page.locator(".sanad-fault").inner_text()
    visit.page.fill("#day input, #day textarea", "31/12/2019")
    visit.ask("What was said about signature tools?")
    assert "Trade fair" not in visit.page.locator(".sanad-answer").last.inner_text()


def test_feedback_is_kept_with_its_reasons(visit: Visit) -> None:
    visit.open("fr")
    visit.ask(FINE_FR)
    visit.page.get_by_role("button", name="Non", exact=True).click()
    visit.page.get_by_label("Périmé").check()
    visit.page.get_by_label("Peu clair").check()
    visit.page.locator("#why textarea").fill("Le montant a changé.")
    visit.page.get_by_role("button", name="Envoyer").click()
    visit.page.wait_for_selector("#why", state="hidden")
    assert "Merci" in visit.page.locator("#judged").inner_text()
    kept = visit.site.log.read().latest()[-1]
    assert (kept.question, kept.useful, kept.comment) == (FINE_FR, False, "Le montant a changé.")
    assert set(kept.reasons) == {"out_of_date", "unclear"}


def test_an_answer_is_copied_with_its_sources(visit: Visit) -> None:
    visit.open("fr")
    visit.ask(FINE_FR)
    visit.page.locator("#copy").click()
    expect(visit.page.locator("#copy")).to_contain_text("Copié")
    copied = str(visit.page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(FINE_FR)
    assert "[1] la loi n° 77-01, article 3" in copied


def test_a_new_conversation_and_a_reload_keep_nothing(visit: Visit) -> None:
    visit.open("fr")
    visit.ask(FINE_FR)
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    visit.page.wait_for_selector("#examples", state="visible")
    visit.ask(FINE_FR)
    visit.page.reload()
    visit.page.wait_for_selector("#examples", state="visible")
    assert visit.page.locator(".sanad-question").count() == 0
    stored = visit.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "amende" not in stored
    assert [cookie["name"] for cookie in visit.page.context.cookies()] in ([], ["lang"])


def test_the_language_is_switched_and_remembered(visit: Visit) -> None:
    visit.open("fr")
    visit.page.get_by_role("link", name="العربية").click()
    visit.page.wait_for_selector("#question textarea")
    assert visit.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert visit.page.locator("#send").inner_text().strip() == "إرسال السؤال"
    visit.page.goto(visit.site.address)
    visit.page.wait_for_selector("#question textarea")
    assert visit.page.evaluate("document.documentElement.lang") == "ar"


def test_nothing_is_asked_of_other_servers(visit: Visit) -> None:
    visit.open("fr")
    visit.ask("Comment un incident est-il signalé ?")
    answer = visit.page.locator(".sanad-answer").last
    answer.evaluate("answer => answer.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert "elsewhere.invalid" in answer.inner_text()
    assert answer.locator("img, script, style, iframe").count() == 0
    assert [link.get_attribute("href") for link in answer.locator('a[href*="elsewhere"]').all()] == []
    assert visit.outside == []


_PLACES = """() => {
  const walker = document.createTreeWalker(document.querySelector('.sanad-answer blockquote'), NodeFilter.SHOW_TEXT);
  const shown = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.includes('05-20')) continue;
    const start = node.data.indexOf('05-20');
    for (let at = start; at < start + 5; at++) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      shown.push([range.getClientRects()[0].left, node.data[at]]);
    }
    break;
  }
  return shown.sort((a, b) => a[0] - b[0]).map(one => one[1]).join('');
}"""


def test_a_number_with_a_hyphen_reads_true_in_arabic(visit: Visit) -> None:
    visit.open("ar")
    visit.ask("ما هو أجل التبليغ عن حوادث التوقيع؟")
    assert visit.page.evaluate(_PLACES) == "05-20"
    visit.picture("hyphen-ar")


@pytest.mark.parametrize(
    ("language", "question", "scheme"), [("fr", FINE_FR, "light"), ("ar", FINE_AR, "light"), ("ar", FINE_AR, "dark")]
)
def test_axe_finds_nothing_serious(
    visit: Visit, language: str, question: str, scheme: Literal["light", "dark"]
) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.open(language)
    visit.page.locator("#filters button").first.click()
    assert visit.faults() == []
    visit.picture(f"start-{language}-{scheme}")
    visit.ask(question)
    for one in visit.page.locator(".sanad-answer > details > summary").all():
        one.click()
    visit.page.locator("#verdict button").last.click()
    visit.page.wait_for_selector("#why", state="visible")
    assert visit.faults() == []
    visit.picture(f"opened-{language}-{scheme}")


@pytest.mark.parametrize(("language", "question"), [("fr", FINE_FR), ("ar", FINE_AR)])
def test_a_narrow_screen_needs_no_sideways_scrolling(visit: Visit, language: str, question: str) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 700})
    visit.open(language)
    visit.ask(question)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    visit.picture(f"narrow-{language}")


def test_the_keyboard_is_enough(visit: Visit) -> None:
    visit.open("fr")
    visit.page.locator("#question textarea").focus()
    visit.page.keyboard.type(FINE_FR)
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.id") == "send"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".sanad-answer")
    visit.settle()
    assert visit.page.locator(".sanad-answer").count() == 1


def test_pictures_are_written(visit: Visit) -> None:
    visit.open("fr")
    visit.picture("start-fr")
    assert Path(visit.pictures / "start-fr.png").stat().st_size > 1000
