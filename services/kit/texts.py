"""What any text that a person writes may hold. Checked at the door, before anything else sees it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

# Control characters, line and paragraph separators, and the marks that turn the direction of other people's text.
PLAIN = re.compile(r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$")


def plain(text: str) -> str:
    """The text, if it holds nothing of that. Raises ValueError."""
    if not PLAIN.fullmatch(text):
        raise ValueError("no control characters, line breaks or marks that turn the direction of text")
    return text


Plain = Annotated[str, AfterValidator(plain), Field(json_schema_extra={"pattern": PLAIN.pattern})]
