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
    theme = ma.fields.Function(lambda pot: pot.theme.slug if pot.theme else None, data_key="onderwerp")
    kind = ma.fields.String(data_key="soort")
    holder = ma.fields.String(data_key="houder")
    legal_form = ma.fields.String(data_key="rechtsvorm")
    funding_source = ma.fields.String(data_key="herkomst")
    budget_year = ma.fields.Integer(data_key="begrotingsjaar", allow_none=True)
    is_kept = ma.fields.Boolean(data_key="blijftBewaard")


class LedgerEntrySchema(ma.Schema):
    """Een regel in de kas; een verbetering heeft een min."""

    kind = ma.fields.String(data_key="soort", metadata={"example": "voted"})
    cents = ma.fields.Integer(data_key="bedragInCenten")
    subject_kind = ma.fields.String(data_key="waarvoorSoort", metadata={"example": "plan"})
    subject_key = ma.fields.String(data_key="waarvoor", metadata={"example": "2026-042"})
    note = ma.fields.String(data_key="toelichting")
    entered_at = ma.fields.AwareDateTime(data_key="ingevoerd", format="iso")


class BooksSchema(ma.Schema):
    """Wat er van het geld van één pot werd: gekozen, toegezegd, uitgegeven en over."""

    position = ma.fields.Integer(data_key="nummer")
    amount_cents = ma.fields.Integer(data_key="bedragInCenten")
    voted = ma.fields.Integer(data_key="gekozenInCenten")
    committed = ma.fields.Integer(data_key="toegezegdInCenten")
    spent = ma.fields.Integer(data_key="uitgegevenInCenten")
    left_cents = ma.fields.Integer(data_key="overInCenten")
    entries = ma.fields.List(ma.fields.Nested(LedgerEntrySchema), data_key="regels")


class RulebookSchema(ma.Schema):
    """De spelregels."""

    decision_form = ma.fields.String(data_key="wijzeVanBesluiten")
    decided_by = ma.fields.String(data_key="besluitDoor")
    deciding_days = ma.fields.List(ma.fields.String(), data_key="besluitdagen")
    propose_from = ma.fields.String(data_key="indienenDoor")
    propose_min_age = ma.fields.Integer(data_key="indienenVanafLeeftijd")
    max_plans_per_person = ma.fields.Integer(data_key="hoogstensPlannenPerPersoon", allow_none=True)
    min_plan_cents = ma.fields.Integer(data_key="planMinstensInCenten", allow_none=True)
    max_plan_cents = ma.fields.Integer(data_key="planHoogstensInCenten", allow_none=True)
    support_needed = ma.fields.Integer(data_key="steunNodig", allow_none=True)
    vote_from = ma.fields.String(data_key="stemmenDoor")
    reference_date = ma.fields.Date(data_key="peildatum", allow_none=True)
    ballot_type = ma.fields.String(data_key="stembiljet")
    min_choices = ma.fields.Integer(data_key="minstensPlannen", allow_none=True)
    max_choices = ma.fields.Integer(data_key="hoogstensPlannen", allow_none=True)
    max_points = ma.fields.Integer(data_key="hoogstensPunten", allow_none=True)
    min_age = ma.fields.Integer(data_key="vanafLeeftijd")
    rule = ma.fields.String(data_key="telwijze")
    utility = ma.fields.String(data_key="nut")
    completion = ma.fields.String(data_key="aanvulling", allow_none=True)
    ties = ma.fields.List(ma.fields.String(), data_key="gelijkeStand")
    leftover = ma.fields.String(data_key="geldOver")
    dropout = ma.fields.String(data_key="planValtUit")
    promise = ma.fields.String(data_key="belofte")
    promise_decision = ma.fields.String(data_key="belofteBesluit")


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


@part.get("/rondes/<human_number:number>/kas")
@requires(may_see_round, load=queries.round_by_number)
@part.response(200, BooksSchema(many=True))
@part.doc(summary="Wat er van het geld van een ronde werd")
def books(found: Round) -> Any:
    """Return of each pot of a round what was voted, committed and spent, with every line."""
    balances, entries = queries.balances_of(found), queries.entries_of(found)
    return [
        {
            "position": pot.position,
            "amount_cents": pot.amount_cents,
            **balances[pot.id].sums,
            "left_cents": balances[pot.id].left_cents,
            "entries": [each for each in entries if each.pot_id == pot.id],
        }
        for pot in found.pots
    ]
