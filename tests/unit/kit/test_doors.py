"""What a request leaves in the log."""

import pytest
from fastapi import Request

from services.kit.doors import cause_of

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize(("sent", "kept"), [(TRACE, TRACE), ("x" * 30_000, None), (TRACE + "\n", None), ("", None)])
def test_only_a_trace_context_is_kept(sent: str, kept: str | None) -> None:
    request = Request({"type": "http", "headers": [(b"traceparent", sent.encode())]})
    assert cause_of(request, None).traceparent == kept
