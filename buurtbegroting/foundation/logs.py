"""Logs for operators: structured lines to standard error, with nothing in them about a person."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from buurtbegroting.config import Settings


def _say_where_not_what(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write the kinds of an error and the lines it came through; its text may hold what somebody typed."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        kinds, frames = [], traceback.extract_tb(error.__traceback__)
        while error is not None:
            kinds.append(type(error).__name__)
            error = error.__cause__ or error.__context__
        event["error"] = " < ".join(kinds)
        event["where"] = [f"{each.filename}:{each.lineno} {each.name}" for each in frames]
    return event


def set_up_logs(settings: Settings) -> None:
    """Write JSON lines in production and readable lines elsewhere."""
    renderer = structlog.processors.JSONRenderer() if settings.is_production else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _say_where_not_what,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # It writes what proves that a browser began signing in.
    logging.getLogger("authlib").setLevel(logging.WARNING)
