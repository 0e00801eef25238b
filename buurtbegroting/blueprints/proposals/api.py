"""Proposals, for machines: the same plans as on the pages."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import public, requires

from . import queries
from .models import Proposal
from .policy import may_see_proposal

part = Part("api-proposals", __name__, url_prefix=ROOT, description="Plannen")

MAX_PAGE_SIZE = 100


class CostLineSchema(ma.Schema):
    """Een regel van de kosten."""

    what = ma.fields.String(data_key="wat")
    cents = ma.fields.Integer(data_key="bedragInCenten")


class ProposalSchema(ma.Schema):
    """Een plan."""

    number = ma.fields.String(data_key="nummer", metadata={"example": "2026-042"})
    round = ma.fields.Function(lambda each: each.round.number, data_key="ronde")
    title = ma.fields.String(data_key="titel")
    summary = ma.fields.String(data_key="samenvatting")
    what = ma.fields.String(data_key="wat")
    why = ma.fields.String(data_key="waarom")
    for_whom = ma.fields.String(data_key="voorWie")
    theme = ma.fields.Function(lambda each: each.theme.slug if each.theme else None, data_key="onderwerp")
    wijk_code = ma.fields.String(data_key="wijkCode", allow_none=True)
    buurt_code = ma.fields.String(data_key="buurtCode", allow_none=True)
    latitude = ma.fields.Float(data_key="breedtegraad", allow_none=True)
    longitude = ma.fields.Float(data_key="lengtegraad", allow_none=True)
    cost_cents = ma.fields.Integer(data_key="bedragInCenten")
    cost_lines = ma.fields.List(ma.fields.Nested(CostLineSchema), data_key="kostenregels")
    state_name = ma.fields.String(data_key="status")
    merged_into = ma.fields.Function(
        lambda each: each.merged_into.number if each.merged_into_id else None, data_key="samengevoegdMet"
    )
    answer = ma.fields.String(data_key="antwoord")
    thread_id = ma.fields.UUID(data_key="gesprekId")
    submitted_on = ma.fields.Date(data_key="ingediendOp", allow_none=True)


class ProposalsQuery(ma.Schema):
    """Welke plannen."""

    search = ma.fields.String(data_key="zoek", load_default="", validate=ma.validate.Length(max=200))
    theme = ma.fields.String(data_key="onderwerp", load_default="")
    wijk = ma.fields.String(data_key="wijkCode", load_default="")
    round = ma.fields.String(data_key="ronde", load_default="")
    answer = ma.fields.String(data_key="antwoord", load_default="", validate=ma.validate.OneOf(["", *queries.ANSWERS]))
    page = ma.fields.Integer(data_key="pagina", load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    size = ma.fields.Integer(data_key="aantal", load_default=20, validate=ma.validate.Range(min=1, max=MAX_PAGE_SIZE))


class ProposalPageSchema(ma.Schema):
    """Een bladzijde plannen."""

    total = ma.fields.Integer(data_key="totaal")
    page = ma.fields.Integer(data_key="pagina")
    items = ma.fields.List(ma.fields.Nested(ProposalSchema), data_key="plannen")


@part.get("/plannen")
@public
@part.arguments(ProposalsQuery, location="query")
@part.response(200, ProposalPageSchema)
@part.doc(summary="Plannen zoeken")
def proposals(asked: dict[str, Any]) -> Any:
    """List the visible plans that fit the filters, newest first."""
    number, size = asked.pop("page"), asked.pop("size")
    filters = queries.Filters(**asked)
    return {"total": queries.count(filters), "page": number, "items": queries.page(filters, number, size)}


@part.get("/plannen/<human_number:number>")
@requires(may_see_proposal, load=queries.proposal_by_number)
@part.response(200, ProposalSchema)
@part.doc(summary="Eén plan")
def proposal(found: Proposal) -> Any:
    """Return one plan."""
    return found
