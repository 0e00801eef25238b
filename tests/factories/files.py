"""Files that people send, good and bad."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

CANARY = "KANARIE-GPS"


def _saved(image: Image.Image, kind: str, **facts: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **facts)
    return out.getvalue()


def png(width: int = 64, height: int = 48, colour: str = "green") -> bytes:
    """A small picture without anything else in it."""
    return _saved(Image.new("RGB", (width, height), colour), "PNG")


def photo_with_place(orientation: int = 1) -> bytes:
    """A JPEG with where and by what it was made; left is red and right is blue, unless the camera was turned."""
    image = Image.new("RGB", (80, 40), "red")
    image.paste("blue", (40, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0110] = CANARY
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 1.0)
    return _saved(image, "JPEG", exif=exif, comment=CANARY.encode())


def moving() -> bytes:
    """A WebP of two pictures after each other."""
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    return _saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)


def pdf(extra: bytes = b"") -> bytes:
    """A PDF of one empty page, with something more in its catalogue."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + extra + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
