"""Two editions of a text, compared article by article."""

from pathlib import Path

from corpus.source import Source
from ingest.changes import Changes, changes_of
from tests.conftest import LAW_FR
from tests.fakes import InProcess

SOURCE = Source("loi-77-01-fr.txt", "Loi n° 77-01")


def changes(folder: Path, old: str, new: str) -> Changes:
    (folder / "old.txt").write_text(old, encoding="utf-8")
    (folder / "new.txt").write_text(new, encoding="utf-8")
    return changes_of(folder / "old.txt", folder / "new.txt", SOURCE, InProcess())


def test_articles_are_new_gone_and_changed(tmp_path: Path) -> None:
    amended = LAW_FR.replace("dix jours", "trente jours").replace("Article 3\n", "Article 4\n") + (
        "\nArticle 4 bis\nLa présente loi est publiée au Bulletin officiel du Royaume.\n"
    )
    found = changes(tmp_path, LAW_FR, amended)
    assert (found.changed, found.new, found.gone) == (("2",), ("4", "4 bis"), ("3",))
    assert found.sentence == "articles changed: 2; new: 4, 4 bis; gone: 3"


def test_another_layout_of_the_same_words_is_no_change(tmp_path: Path) -> None:
    found = changes(tmp_path, LAW_FR, LAW_FR.replace("La déclaration est", "La\ndéclaration   est"))
    assert found == Changes((), (), (), elsewhere=False)
    assert found.sentence == "the same text in another file"


def test_text_outside_of_articles_may_change_alone(tmp_path: Path) -> None:
    found = changes(tmp_path, LAW_FR, LAW_FR.replace("relative aux essais", "relative aux épreuves"))
    assert found == Changes((), (), (), elsewhere=True)
    assert found.sentence == "text outside articles changed"


def test_a_long_list_is_cut() -> None:
    many = Changes((), (), tuple(map(str, range(1, 24))), elsewhere=False)
    assert many.sentence.endswith("19, 20 and 3 more")
