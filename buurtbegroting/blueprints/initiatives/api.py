"""Initiatives, for machines: the same as on the pages, without anything about people."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import public, requires

from . import queries
from .models import Initiative
from .policy import may_see_initiative
from .states import Stage

part = Part("api-initiatives", __name__, url_prefix=ROOT, description="Bewonersinitiatieven")

MAX_PAGE_SIZE = 100


class InitiativeSchema(ma.Schema):
    """Een bewonersinitiatief."""

    number = ma.fields.String(data_key="nummer", metadata={"example": "2026-042"})
    title = ma.fields.String(data_key="naam")
    what = ma.fields.String(data_key="wat")
    stage_name = ma.fields.String(data_key="fase")
    answer_name = ma.fields.String(data_key="antwoord")
    theme = ma.fields.Function(lambda each: each.theme.slug if each.theme else None, data_key="onderwerp")
    wijk_code = ma.fields.String(data_key="wijkCode", allow_none=True)
    website = ma.fields.String(data_key="website")
    registered_on = ma.fields.Date(data_key="aangemeldOp")
    alive_on = ma.fields.Date(data_key="laatstGehoordOp")
    thread_id = ma.fields.UUID(data_key="gesprekId")


class InitiativesQuery(ma.Schema):
    """Welke initiatieven."""

    search = ma.fields.String(data_key="zoek", load_default="", validate=ma.validate.Length(max=200))
    theme = ma.fields.String(data_key="onderwerp", load_default="")
    wijk = ma.fields.String(data_key="wijkCode", load_default="")
    stage = ma.fields.String(data_key="fase", load_default="", validate=ma.validate.OneOf(["", *Stage]))
    page = ma.fields.Integer(data_key="pagina", load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    size = ma.fields.Integer(data_key="aantal", load_default=20, validate=ma.validate.Range(min=1, max=MAX_PAGE_SIZE))


class InitiativePageSchema(ma.Schema):
    """Een bladzijde initiatieven."""

    total = ma.fields.Integer(data_key="totaal")
    page = ma.fields.Integer(data_key="pagina")
    items = ma.fields.List(ma.fields.Nested(InitiativeSchema), data_key="initiatieven")


@part.get("/initiatieven")
@public
@part.arguments(InitiativesQuery, location="query")
@part.response(200, InitiativePageSchema)
@part.doc(summary="Bewonersinitiatieven zoeken")
def initiatives(asked: dict[str, Any]) -> Any:
    """List the visible initiatives that fit the filters, newest first."""
    number, size = asked.pop("page"), asked.pop("size")
    filters = queries.Filters(**asked)
    return {"total": queries.count(filters), "page": number, "items": queries.page(filters, number, size)}


@part.get("/initiatieven/<human_number:number>")
@requires(may_see_initiative, load=queries.initiative_by_number)
@part.response(200, InitiativeSchema)
@part.doc(summary="Eén bewonersinitiatief")
def initiative(found: Initiative) -> Any:
    """Return one initiative."""
    return found
