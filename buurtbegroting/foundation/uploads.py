"""Files that people send: pictures are drawn anew, so that nothing of the file itself is kept; PDFs are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
LARGE, SMALL = 1600, 480
QUALITY = 82
# What makes a PDF do something, or carry something, besides being read.
ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|RichMedia|XFA|SubmitForm|ImportData|GoToR)\b"
)
END_OF_PDF = 2048


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew, as WebP in two sizes; width and height are those of the large one, in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def _refuse(words: object) -> Invalid:
    return Invalid(words, {"file": words})  # type: ignore[arg-type, dict-item]


def picture(data: bytes) -> Picture:
    """Draw a picture anew, upright and without anything that the camera wrote in it.

    Raises Invalid for what is no JPEG, PNG or WebP, is damaged, moves, or is too large.
    """
    _check_size(data)
    try:
        found = Image.open(BytesIO(data), formats=FORMATS)
        # The head of the file says how large it is; nothing is unpacked before this.
        if found.width * found.height > MOST_PIXELS:
            raise _refuse(_r("This photo has too many pixels. Make it smaller first."))
        if getattr(found, "is_animated", False):
            raise _refuse(_r("This picture moves. Choose one that stands still."))
        found.load()
        plain = _on_white(_in_common_colours(ImageOps.exif_transpose(found)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise _refuse(_r("We cannot read this as a photo. Choose a JPEG, PNG or WebP.")) from None
    large = _shrunk(plain, LARGE)
    return Picture(_written(large), _written(_shrunk(plain, SMALL)), large.width, large.height)


def _check_size(data: bytes) -> None:
    if not data:
        raise _refuse(_r("This file is empty. Choose another one."))
    if len(data) > MOST_BYTES:
        raise _refuse(_r("This file is larger than 8 MB. Make it smaller first."))


def _in_common_colours(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return changed or image


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    full = image.convert("RGBA")
    paper = Image.new("RGB", full.size, "white")
    paper.paste(full, mask=full.getchannel("A"))
    return paper


def _shrunk(image: Image.Image, most: int) -> Image.Image:
    copy = image.copy()
    copy.thumbnail((most, most))
    return copy


def _written(image: Image.Image) -> bytes:
    # Pixels alone go into a new image: nothing that came with the file does.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def pdf(data: bytes) -> bytes:
    """Return a PDF as it is; raise Invalid for what is none, is too large, or does more than being read."""
    _check_size(data)
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-END_OF_PDF:]:
        raise _refuse(_r("We cannot read this as a PDF."))
    # A name may be written with signs as numbers: /J#61vaScript.
    plain = re.sub(rb"#([0-9a-fA-F]{2})", lambda found: bytes([int(found[1], 16)]), data)
    if ACTIVE.search(plain):
        raise _refuse(_r("This PDF holds more than text and pictures, such as a program or a file. Save it without."))
    return data


def is_pdf(data: bytes) -> bool:
    """Tell whether a file says that it is a PDF."""
    return data.startswith(b"%PDF-")


def shown_name(name: str) -> str:
    """Return a file's name as it can be shown: without folders and signs that cannot be seen, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    return plain[:80] or "bestand"
