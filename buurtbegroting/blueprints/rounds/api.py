"""Rounds, for machines."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import public, requires

from . import queries
from .models import Round
from .policy import may_see_round

part = Part("api-rounds", __name__, url_prefix=ROOT, description="Rondes")


class PhaseSchema(ma.Schema):
    """Een fase: van het begin tot (niet met) het eind."""

    kind = ma.fields.Function(lambda phase: phase.kind.value, data_key="soort")
    starts_at = ma.fields.AwareDateTime(data_key="begin", format="iso")
    ends_at = ma.fields.AwareDateTime(data_key="eind", format="iso", allow_none=True)


class PotSchema(ma.Schema):
    """Het geld voor één gebied, of voor de hele gemeente."""

    position = ma.fields.Integer(data_key="nummer")
    amount_cents = ma.fields.Integer(data_key="bedragInCenten")
    area = ma.fields.Function(lambda pot: pot.area.code if pot.area else None, data_key="wijkCode")


class RulebookSchema(ma.Schema):
    """De spelregels."""

    ballot_type = ma.fields.String(data_key="stembiljet")
    max_choices = ma.fields.Integer(data_key="hoogstensPlannen", allow_none=True)
    min_age = ma.fields.Integer(data_key="vanafLeeftijd")
    rule = ma.fields.String(data_key="telwijze")
    utility = ma.fields.String(data_key="nut")
    completion = ma.fields.String(data_key="aanvulling", allow_none=True)
    ties = ma.fields.List(ma.fields.String(), data_key="gelijkeStand")


class RoundSchema(ma.Schema):
    """Een ronde."""

    number = ma.fields.String(data_key="nummer", metadata={"example": "2026-1"})
    title = ma.fields.String(data_key="titel")
    summary = ma.fields.String(data_key="samenvatting")
    currency = ma.fields.String(data_key="munt")
    phases = ma.fields.List(ma.fields.Nested(PhaseSchema), data_key="fasen")
    pots = ma.fields.List(ma.fields.Nested(PotSchema), data_key="potten")
    rulebook = ma.fields.Nested(RulebookSchema, data_key="spelregels")


@part.get("/rondes")
@public
@part.response(200, RoundSchema(many=True))
@part.doc(summary="Alle rondes")
def rounds() -> Any:
    """List the published rounds, newest first."""
    return queries.published_rounds()


@part.get("/rondes/<human_number:number>")
@requires(may_see_round, load=queries.round_by_number)
@part.response(200, RoundSchema)
@part.doc(summary="Eén ronde")
def round_(found: Round) -> Any:
    """Return one round."""
    return found
