"""What a browser is called, for the owner of its session."""

import ua_parser

UNNAMED = "A program"
MOST = 60  # characters


def named(user_agent: str) -> str:
    """ "Firefox on Linux", as far as the header (RFC 9110 section 10.1.5) says; else its first product."""
    parsed = ua_parser.parse(user_agent)
    browser = parsed.user_agent.family if parsed.user_agent else user_agent.partition("/")[0].strip()
    system = parsed.os.family if parsed.os else ""
    said = " on ".join(part for part in (browser, system) if part and part.isprintable())
    return said[:MOST] or UNNAMED
