"""Registers of made-up entries, whose files lie where a test says."""

from corpus.register import Entry, Register, Theme


def entry(name: str, *files: tuple[str, str]) -> Entry:
    """A law with these files, each a language and an address."""
    return Entry.model_validate({
        "id": name,
        "type": "loi",
        "titles": {"fr": f"Titre de {name}", "ar": f"عنوان {name}"},
        "issuer": "Parlement",
        "signed": "2009-02-18",
        "published": "2009-03-05",
        "files": [{"language": language, "url": url} for language, url in files],
        "taken_from": ["a test"],
    })


def register(*entries: Entry, theme: str = "essais") -> Register:
    """A register of one theme."""
    return Register((Theme(theme, {"fr": theme}, entries),))
