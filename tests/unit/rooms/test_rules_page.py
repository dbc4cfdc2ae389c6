from pathlib import Path

from services.rooms.rules_page import page

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_rules_says_what_the_code_decides() -> None:
    assert (DOCS / "rules.md").read_text() == page(), "run: make docs"
