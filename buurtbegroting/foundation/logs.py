"""Logs for operators: structured lines to standard error, with nothing in them about a person."""

from __future__ import annotations

import logging
import sys

import structlog

from buurtbegroting.config import Settings


def set_up_logs(settings: Settings) -> None:
    """Write JSON lines in production and readable lines elsewhere."""
    renderer = structlog.processors.JSONRenderer() if settings.is_production else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # It writes what proves that a browser began signing in.
    logging.getLogger("authlib").setLevel(logging.WARNING)
