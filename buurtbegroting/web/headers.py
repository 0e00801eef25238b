"""What every answer carries: protection headers, and how long a public page may be kept."""

from __future__ import annotations

import flask

IMAGES = "img-src 'self' data: blob:"
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        IMAGES,
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: flask.Flask, *, is_production: bool, tile_host: str = "") -> None:
    """Put the headers on every answer, also on errors and files; ``tile_host`` may send the pictures under a map."""
    images = " ".join(filter(None, (IMAGES, tile_host)))
    headers = HEADERS | {"Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(IMAGES, images)}

    @app.after_request
    def protect(response: flask.Response) -> flask.Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if is_production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return _keepable(response)


def _keepable(response: flask.Response) -> flask.Response:
    """Let a public page be kept as long as it is the same; anything else is not kept at all."""
    if "Cache-Control" in response.headers:
        return response
    is_page = flask.request.method in ("GET", "HEAD") and response.status_code == 200
    if not is_page or "_user_id" in flask.session or flask.session.modified:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    if not response.is_streamed:
        response.add_etag()
        response.make_conditional(flask.request)
    return response
