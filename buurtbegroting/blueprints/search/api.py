"""Search, for machines: the same as on the page."""

from __future__ import annotations

from typing import Any

import flask
import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.foundation import clock
from buurtbegroting.foundation import search as index
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public

from .asking import ORDERS, PERIODS, query_from

part = Part("api-search", __name__, url_prefix=ROOT, description="Zoeken")

MAX_PAGE_SIZE = 100


class HitSchema(ma.Schema):
    """Iets dat gevonden is."""

    kind = ma.fields.Function(lambda hit: hit.entry.kind, data_key="soort")
    title = ma.fields.Function(lambda hit: hit.entry.title, data_key="titel")
    excerpt = ma.fields.Function(lambda hit: "".join(text for _, text in hit.pieces), data_key="fragment")
    url = ma.fields.Function(lambda hit: flask.url_for(hit.entry.endpoint, **hit.entry.values, _external=True))
    wijk_code = ma.fields.Function(lambda hit: hit.entry.wijk_code, data_key="wijkCode")
    day = ma.fields.Function(lambda hit: hit.entry.day and hit.entry.day.isoformat(), data_key="dag")


class SearchQuery(ma.Schema):
    """Wat u zoekt."""

    q = ma.fields.String(required=True, validate=ma.validate.Length(min=1, max=index.LONGEST_QUERY))
    soort = ma.fields.String(load_default="")
    wijk = ma.fields.String(data_key="wijkCode", load_default="")
    onderwerp = ma.fields.String(load_default="")
    periode = ma.fields.String(load_default="", validate=ma.validate.OneOf(["", *PERIODS]))
    volgorde = ma.fields.String(load_default=ORDERS[0], validate=ma.validate.OneOf(ORDERS))
    page = ma.fields.Integer(data_key="pagina", load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    size = ma.fields.Integer(data_key="aantal", load_default=20, validate=ma.validate.Range(min=1, max=MAX_PAGE_SIZE))


class HitPageSchema(ma.Schema):
    """Een bladzijde met wat gevonden is."""

    total = ma.fields.Integer(data_key="totaal")
    page = ma.fields.Integer(data_key="pagina")
    items = ma.fields.List(ma.fields.Nested(HitSchema), data_key="gevonden")


@part.get("/zoeken")
@public
@part.arguments(SearchQuery, location="query")
@part.response(200, HitPageSchema)
@part.doc(summary="Zoeken in alles wat openbaar is")
def search(asked: dict[str, Any]) -> Any:
    """List what fits best."""
    number, size = asked.pop("page"), asked.pop("size")
    found = index.find(db.session(), query_from(asked, clock.local_day(clock.now(db.session()))), number, size)
    return {"total": found.total, "page": number, "items": found.hits}
