"""What was published about a plan, for machines: the same as on its page."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import requires

from .policy import may_see_judgements
from .queries.standing import Standing, rivals_of, standing_by_number

part = Part("api-assessments", __name__, url_prefix=ROOT, description="Kan dit plan?")


class MarkSchema(ma.Schema):
    """Wat de gemeente van één criterium zegt."""

    question = ma.fields.String(data_key="vraag")
    mark = ma.fields.String(data_key="oordeel", metadata={"example": "partly"})
    text = ma.fields.String(data_key="uitleg")
    by = ma.fields.String(data_key="afdeling")


class JudgementSchema(ma.Schema):
    """Eén antwoord van de gemeente, zoals het gepubliceerd is."""

    number = ma.fields.Integer(data_key="nummer")
    look = ma.fields.Integer(data_key="blik", metadata={"description": "1 is de eerste blik, 2 de tweede"})
    department = ma.fields.String(data_key="afdeling")
    published_on = ma.fields.Date(data_key="gepubliceerdOp")
    verdict = ma.fields.Function(lambda each: each.content["verdict"], data_key="antwoord")
    reason = ma.fields.Function(lambda each: each.content["reason"], data_key="reden")
    difference = ma.fields.Function(lambda each: each.content["difference"], data_key="verschil")
    cost = ma.fields.Function(lambda each: each.content["cost_cents"], data_key="bedragInCenten")
    upkeep = ma.fields.Function(lambda each: each.content["maintenance_cents"], data_key="onderhoudPerJaarInCenten")
    marks = ma.fields.Function(lambda each: MarkSchema(many=True).dump(each.content["marks"]), data_key="criteria")


class StandingSchema(ma.Schema):
    """Alles wat over een plan gepubliceerd is, het oudste eerst."""

    number = ma.fields.Function(lambda each: each["standing"].proposal.number, data_key="plan")
    versions = ma.fields.Function(
        lambda each: JudgementSchema(many=True).dump(each["standing"].versions), data_key="antwoorden"
    )
    rivals = ma.fields.Function(lambda each: [rival.number for rival, _ in each["rivals"]], data_key="kanNietSamenMet")


@part.get("/plannen/<human_number:number>/antwoorden")
@requires(may_see_judgements, load=standing_by_number)
@part.response(200, StandingSchema)
@part.doc(summary="De antwoorden van de gemeente op één plan")
def answers(standing: Standing) -> Any:
    """Return what was published about a plan."""
    return {"standing": standing, "rivals": rivals_of(standing.proposal)}
