"""Pages made for paper, as a PDF that assistive technology can read too (PDF/UA), and codes that a camera reads."""

from __future__ import annotations

import segno
from markupsafe import Markup

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.foundation import paths


def as_pdf(html: str, sheet: str) -> bytes:
    """Return a page as a PDF with one of our style sheets; raise NotNow on a machine that cannot make any."""
    # Loading it takes a second, and few pages need it.
    try:
        import weasyprint
    except (ImportError, OSError):
        raise NotNow(
            _r("This machine cannot make PDFs. Print the page itself, or ask an operator to install Pango.")
        ) from None

    style = weasyprint.CSS(filename=str(paths.STATIC / "css" / sheet))
    written: bytes = weasyprint.HTML(string=html).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return written


def qr(address: str) -> Markup:
    """Return a QR code for an address as a drawing that stands in the page itself."""
    drawn = segno.make(address, error="m").svg_inline(scale=1, border=2, omitsize=True, svgclass="bb-qr")
    return Markup(drawn.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704
