import json

from hallway.process import last_words


def test_the_last_line_of_a_traceback_in_a_structured_log() -> None:
    trace = "Traceback (most recent call last):\n  File x\nConnectionRefusedError: nobody listens"
    log = "\n".join(json.dumps({"event": event}) for event in (trace, "Application startup failed. Exiting."))
    assert last_words(log) == "ConnectionRefusedError: nobody listens"


def test_the_last_plain_line_when_none_tells_of_trouble() -> None:
    assert last_words("one\ntwo\n\n") == "two"
    assert last_words("") == "it said nothing"
