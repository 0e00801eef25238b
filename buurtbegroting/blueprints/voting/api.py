"""Results, for machines."""

from __future__ import annotations

import json
from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.counting import rules
from buurtbegroting.web.access import can, public, requires
from buurtbegroting.web.i18n import say

from . import queries
from .models import Result
from .policy import may_see_board, may_see_result

part = Part("api-voting", __name__, url_prefix=ROOT, description="Uitslagen")


class ResultSchema(ma.Schema):
    """Een uitslag."""

    round = ma.fields.Function(lambda each: each.pot.round.number, data_key="ronde")
    pot = ma.fields.Function(lambda each: each.pot.position)
    sequence = ma.fields.Integer(data_key="telling")
    status = ma.fields.String(metadata={"description": "provisional of final"})
    counted_at = ma.fields.AwareDateTime(data_key="geteldOp", format="iso")
    voters = ma.fields.Integer(data_key="stemmers")
    decided_on = ma.fields.Date(data_key="beslotenOp", allow_none=True)
    winners = ma.fields.Function(lambda each: json.loads(each.outcome_json)["winners"], data_key="gekozen")


class WholeResultSchema(ResultSchema):
    """Een uitslag met de hele telling."""

    outcome = ma.fields.Function(lambda each: json.loads(each.outcome_json), data_key="uitkomst")


class EntrySchema(ma.Schema):
    """Iets dat spelregels kunnen noemen, met uitleg in gewone woorden."""

    name = ma.fields.String(data_key="naam")
    title = ma.fields.Function(lambda each: say(each.title), data_key="titel")
    explanation = ma.fields.Function(lambda each: say(each.explanation), data_key="uitleg")


class WaysSchema(ma.Schema):
    """Alle manieren van tellen."""

    rules = ma.fields.List(ma.fields.Nested(EntrySchema), data_key="regels")
    completions = ma.fields.List(ma.fields.Nested(EntrySchema), data_key="aanvullingen")
    utilities = ma.fields.List(ma.fields.Nested(EntrySchema), data_key="waarden")
    ties = ma.fields.List(ma.fields.Nested(EntrySchema), data_key="bijGelijkeStand")
    options = ma.fields.List(ma.fields.Nested(EntrySchema), data_key="mogelijkheden")


@part.get("/telregels")
@public
@part.response(200, WaysSchema)
@part.doc(summary="Hoe er geteld kan worden, in gewone woorden")
def ways() -> Any:
    """List every way of counting that rulebooks can name."""
    return {
        "rules": rules.RULES.values(),
        "completions": rules.COMPLETIONS.values(),
        "utilities": rules.UTILITIES.values(),
        "ties": rules.TIES.values(),
        "options": rules.OPTIONS.values(),
    }


class BoardEntrySchema(ma.Schema):
    """Een regel op het openbare bord; de hash is die van de vorige hash en de inhoud."""

    sequence = ma.fields.Integer(data_key="nummer")
    previous = ma.fields.String(data_key="vorigeHash")
    body = ma.fields.String(data_key="inhoud", metadata={"description": "JSON, letterlijk zoals het is gehasht"})
    hash = ma.fields.String(data_key="hash")
    signature = ma.fields.String(data_key="handtekening", metadata={"description": "Ed25519 over de hash"})


class BoardSchema(ma.Schema):
    """Het openbare bord van één pot, en hoeveel mensen hadden gestemd toen dat het laatst werd genoteerd."""

    position = ma.fields.Integer(data_key="pot")
    turnout = ma.fields.Integer(data_key="stemmers", allow_none=True)
    day = ma.fields.Date(data_key="opDag", allow_none=True)
    entries = ma.fields.List(ma.fields.Nested(BoardEntrySchema), data_key="regels")


@part.get("/rondes/<human_number:number>/borden")
@requires(may_see_board, load=round_by_number)
@part.response(200, BoardSchema(many=True))
@part.doc(summary="Het openbare bord van elke pot, en de opkomst")
def boards(round_: Round) -> Any:
    """Return the board of every pot of a round; of what was chosen it says nothing."""
    found = []
    for pot in queries.pots_to_vote(round_):
        turnout = queries.newest_turnout(pot.id)
        found.append(
            {
                "position": pot.position,
                "turnout": turnout.voters if turnout else None,
                "day": turnout.day if turnout else None,
                "entries": queries.entries_of_board(pot.id),
            }
        )
    return found


@part.get("/uitslagen")
@public
@part.response(200, ResultSchema(many=True))
@part.doc(summary="Alle uitslagen")
def results() -> Any:
    """List the newest result of every pot, newest first."""
    return [each for each in queries.newest_results() if can(may_see_result, each)]


@part.get("/uitslagen/<human_number:number>/potten/<int:position>")
@requires(may_see_result, load=queries.result_of)
@part.response(200, WholeResultSchema)
@part.doc(summary="De uitslag van één pot, met elke stap van de telling")
def result(found: Result) -> Any:
    """Return one result with its whole count."""
    return found
