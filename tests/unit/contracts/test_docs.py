"""The pages for client authors say what the code says."""

from pathlib import Path

from contracts import cloudevents
from contracts.kafka import TOPICS
from contracts.problems import Code

# No facts of their own.
VALUES = {"Admission", "EndedReason", "LeftReason", "Policy", "Role", "RoleReason", "ClosedReason"}
DOCS = Path(__file__).parents[3] / "docs"


def test_the_protocol_lists_every_code() -> None:
    text = (DOCS / "protocol.md").read_text()
    missing = [code.code for code in Code if f"| {code.status} | `{code.code}` |" not in text]
    assert missing == []


def test_the_events_page_names_every_fact_and_topic() -> None:
    text = (DOCS / "events.md").read_text()
    names = [name for union in cloudevents.UNIONS for name in union.json_schema()["$defs"] if name not in VALUES]
    missing = [name for name in [*names, *(topic.name for topic in TOPICS)] if f"`{name}`" not in text]
    assert missing == []
