"""Structured logs: one JSON object a line on standard error, of our own and of the libraries'."""

import logging
import sys

import structlog
from structlog.typing import Processor

QUIET = {  # what aiokafka says 33 times a second while Kafka is away
    "aiokafka": (
        "Unable connect",
        "Unable to update metadata",
        "NodeNotReady",
        "Topic ",
        "Failed to",
        "Heartbeat failed",
    ),
}


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        phrases = QUIET.get(record.name.partition(".")[0], ())
        text = record.getMessage()
        return not any(phrase in text for phrase in phrases)


def configure(service: str, level: str) -> None:
    """Once, at the start of a process."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        lambda _logger, _name, event: {"service": service, **event},
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Quiet())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "faststream", "httpx"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in ("httpx", "aiokafka", "faststream", "uvicorn.access"):
        logging.getLogger(name).setLevel("WARNING")
