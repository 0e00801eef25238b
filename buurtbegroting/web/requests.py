"""One log line per request: what was asked of which route and how it went, never by whom or with what."""

from __future__ import annotations

import time

import flask
import structlog


def init_app(app: flask.Flask) -> None:
    """Log every request by its route, without address parts, query, host, network address or browser."""

    @app.before_request
    def start() -> None:
        flask.g.started = time.perf_counter()

    @app.after_request
    def log(response: flask.Response) -> flask.Response:
        rule = flask.request.url_rule
        structlog.get_logger().info(
            "request",
            method=flask.request.method,
            route=rule.rule if rule else "-",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - flask.g.started) * 1000),
        )
        return response
