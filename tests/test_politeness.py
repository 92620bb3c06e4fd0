"""Who asks, how often, and for what."""

from protego import Protego

from corpus.politeness import Pace, crawl_delay, may_load, user_agent
from tests.file_server import FakeClock


def test_the_user_agent_names_the_program_and_whom_to_write_to() -> None:
    assert user_agent("sanad@example.org") == "Sanad (corpus fetch; sanad@example.org)"
    assert user_agent(None) == "Sanad (corpus fetch)"


def test_the_pause_is_counted_for_each_host_from_the_end_of_its_last_request() -> None:
    clock = FakeClock()
    pace = Pace(2, clock)
    pace.wait("a.ma")
    pace.ended("a.ma")
    clock.time += 0.5
    pace.wait("b.ma")
    assert clock.slept == []
    pace.wait("a.ma")
    assert clock.slept == [1.5]


def test_a_host_may_want_a_longer_pause_and_not_a_shorter_one() -> None:
    clock = FakeClock()
    pace = Pace(2, clock)
    for asked in (10.0, 0.5):
        pace.ended("a.ma")
        pace.wait("a.ma", asked)
    assert clock.slept == [10, 2]


def test_rules_for_this_program_and_for_all() -> None:
    rules = Protego.parse("User-agent: *\nDisallow: /\nAllow: /*.pdf$\nCrawl-delay: 4\n")
    assert may_load(rules, "https://a.ma/files/loi.pdf")
    assert not may_load(rules, "https://a.ma/files/loi.html")
    assert crawl_delay(rules) == 4
    named = Protego.parse("User-agent: sanad\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n")
    assert may_load(named, "https://a.ma/loi.pdf")
    assert not may_load(named, "https://a.ma/private/loi.pdf")
    assert crawl_delay(named) is None
