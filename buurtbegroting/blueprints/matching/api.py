"""Public needs and offers, for machines: the same as on the pages, without anything about people."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import public

from . import queries
from .models import Posting
from .states import Kind, Side

part = Part("api-matching", __name__, url_prefix=ROOT, description="Hulpvragen en aanbod")

MAX_PAGE_SIZE = 100


def _days(posting: Posting) -> list[str]:
    return posting.days.split()


class PostingSchema(ma.Schema):
    """Een hulpvraag of een aanbod."""

    id = ma.fields.UUID(data_key="id")
    kind_name = ma.fields.String(data_key="soort")
    title = ma.fields.String(data_key="titel")
    what = ma.fields.String(data_key="wat")
    wijk_code = ma.fields.String(data_key="wijkCode", allow_none=True)
    from_on = ma.fields.Date(data_key="vanaf", allow_none=True)
    until_on = ma.fields.Date(data_key="tot", allow_none=True)
    days = ma.fields.Function(_days, data_key="dagen")
    placed_on = ma.fields.Date(data_key="geplaatstOp")
    lapses_on = ma.fields.Date(data_key="staatTot")
    initiative = ma.fields.Function(
        lambda each: each.initiative.number if each.initiative else None, data_key="initiatief"
    )


class PostingsQuery(ma.Schema):
    """Welke hulpvragen of welk aanbod."""

    search = ma.fields.String(data_key="zoek", load_default="", validate=ma.validate.Length(max=200))
    kind = ma.fields.String(data_key="soort", load_default="", validate=ma.validate.OneOf(["", *Kind]))
    wijk = ma.fields.String(data_key="wijkCode", load_default="")
    page = ma.fields.Integer(data_key="pagina", load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    size = ma.fields.Integer(data_key="aantal", load_default=20, validate=ma.validate.Range(min=1, max=MAX_PAGE_SIZE))


class PostingPageSchema(ma.Schema):
    """Een bladzijde hulpvragen of aanbod."""

    total = ma.fields.Integer(data_key="totaal")
    page = ma.fields.Integer(data_key="pagina")
    items = ma.fields.List(ma.fields.Nested(PostingSchema), data_key="lijst")


def _listed(side: Side, asked: dict[str, Any]) -> Any:
    number, size = asked.pop("page"), asked.pop("size")
    filters = queries.Filters(side=side.value, **asked)
    return {"total": queries.count(filters), "page": number, "items": queries.page(filters, number, size)}


@part.get("/hulpvragen")
@public
@part.arguments(PostingsQuery, location="query")
@part.response(200, PostingPageSchema)
@part.doc(summary="Openbare hulpvragen van initiatieven")
def needs(asked: dict[str, Any]) -> Any:
    """List the public needs that are open, newest first."""
    return _listed(Side.NEED, asked)


@part.get("/aanbod")
@public
@part.arguments(PostingsQuery, location="query")
@part.response(200, PostingPageSchema)
@part.doc(summary="Openbaar aanbod")
def offers(asked: dict[str, Any]) -> Any:
    """List the public offers that are open, newest first."""
    return _listed(Side.OFFER, asked)
