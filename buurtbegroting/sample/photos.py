"""Pictures of the invented municipality, drawn here, so that a plan has something to show."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.actions.albums import attach, prepared
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.actors import Actor

SIZE = (1200, 900)
SKY, GRASS, WATER, WOOD, LEAF = "#cfe8f3", "#8fbf6a", "#6fb3cc", "#9a6b3f", "#3f7d3a"


def fill_photos(plan: Proposal, author: Person) -> None:
    """Give a plan two drawn pictures."""
    actor = Actor(id=str(author.id))
    for draw, text in (
        (_bench, "Tekening van een bank onder een boom, naast het water"),
        (_path, "Tekening van het pad"),
    ):
        attach(actor, plan.album, prepared(draw(), "tekening.png", text))


def _page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    pen.ellipse((930, 90, 1070, 230), fill="#ffd76a")
    pen.rectangle((0, 560, 1200, 900), fill=GRASS)
    return image, pen


def _tree(pen: ImageDraw.ImageDraw, x: int) -> None:
    pen.rectangle((x - 18, 380, x + 18, 640), fill=WOOD)
    for dx, dy in ((-80, 0), (80, 0), (0, -80), (0, 20)):
        pen.ellipse((x + dx - 110, 250 + dy, x + dx + 110, 450 + dy), fill=LEAF)


def _bench() -> bytes:
    image, pen = _page()
    pen.ellipse((560, 640, 1320, 980), fill=WATER)
    _tree(pen, 260)
    for y in (560, 600, 650):
        pen.rounded_rectangle((380, y, 760, y + 24), 8, fill=WOOD)
    for x in (420, 700):
        pen.rectangle((x, 560, x + 20, 740), fill="#5b4026")
    return _written(image)


def _path() -> bytes:
    image, pen = _page()
    pen.polygon([(480, 560), (620, 560), (900, 900), (220, 900)], fill="#d9c7a3")
    for x in (180, 960):
        _tree(pen, x)
    return _written(image)


def _written(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
