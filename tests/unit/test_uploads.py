"""Files that people send: what is drawn anew, and what is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation import uploads
from tests.factories.files import CANARY, moving, pdf, photo_with_place, png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def read(data: bytes) -> Image.Image:
    found = Image.open(BytesIO(data))
    found.load()
    return found


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is very large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def test_nothing_that_the_camera_wrote_is_kept() -> None:
    sent = photo_with_place()
    assert CANARY.encode() in sent
    for drawn in (uploads.picture(sent).large, uploads.picture(sent).small):
        found = read(drawn)
        assert found.format == "WEBP"
        assert CANARY.encode() not in drawn
        assert len(found.getexif()) == 0
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(found.info)


def test_a_photo_of_a_turned_camera_stands_upright() -> None:
    drawn = uploads.picture(photo_with_place(orientation=6))
    assert (drawn.width, drawn.height) == (40, 80)
    red, blue = (read(drawn.large).convert("RGB").getpixel((20, y)) for y in (10, 70))
    assert red[0] > 200 > red[2]  # type: ignore[index]
    assert blue[2] > 200 > blue[0]  # type: ignore[index]


def test_a_large_photo_is_made_smaller_and_keeps_its_shape() -> None:
    drawn = uploads.picture(png(3200, 1600))
    assert (drawn.width, drawn.height) == (1600, 800)
    assert read(drawn.small).size == (480, 240)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_a_picture_in_any_kind_of_colours_is_drawn(mode: str) -> None:
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (20, 10)).save(out, kind)
    assert read(uploads.picture(out.getvalue()).large).mode == "RGB"


def test_what_hangs_behind_a_picture_is_gone() -> None:
    behind = b"PK\x03\x04<script>alert(1)</script>" + CANARY.encode()
    drawn = uploads.picture(png() + behind)
    assert CANARY.encode() not in drawn.large
    assert b"<script>" not in drawn.large


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\0" * 100,
        SVG,
        b"<html><script>alert(1)</script>",
        png()[:40],
        photo_with_place()[:300],
        b"\xff\xd8\xff" + b"\0" * 1000,
        b"PK\x03\x04" + b"\0" * 100,
        b"\0" * (uploads.MOST_BYTES + 1),
        bomb(50_000, 50_000),
        bomb(30_000, 30_000),
        bomb(1, 2**31 - 1),
        moving(),
        b"II*\0" + b"\0" * 100,
        b"%!PS-Adobe-3.0",
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        uploads.picture(data)
    assert "file" in refused.value.fields


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    assert uploads.is_pdf(pdf())
    assert uploads.pdf(pdf()) == pdf()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 and nothing more",
        b"PK\x03\x04" + pdf(),
        png(),
        pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        pdf(b"/J#61vaScript 5 0 R"),
        pdf(b"/AA<</O 5 0 R>>"),
        pdf(b"/Names<</EmbeddedFiles 5 0 R>>"),
        pdf(b"/Launch"),
        pdf() + b"\0" * uploads.MOST_BYTES,
    ],
)
def test_a_pdf_that_does_more_than_being_read_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        uploads.pdf(data)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\fatima\\bank.pdf", "bank.pdf"),
        ("bank\r\nX-Evil: 1.pdf", "bankX-Evil: 1.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("x" * 300 + ".pdf", "x" * 80),
        ("...", "bestand"),
        ("", "bestand"),
        ("Plattegrond é.pdf", "Plattegrond é.pdf"),
    ],
)
def test_the_name_of_a_file_is_made_fit_to_be_shown(sent: str, shown: str) -> None:
    assert uploads.shown_name(sent) == shown
