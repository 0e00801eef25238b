"""Talk, for machines: the same comments as on the pages."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import requires

from . import queries
from .models import Thread
from .policy import may_see_thread

part = Part("api-conversations", __name__, url_prefix=ROOT, description="Gesprekken")

MAX_PAGE_SIZE = 100


class CommentSchema(ma.Schema):
    """Een reactie; een antwoord staat na de reactie waarop het een antwoord is."""

    number = ma.fields.Integer(data_key="nummer")
    answers = ma.fields.Integer(data_key="antwoordOp", allow_none=True)
    author_name = ma.fields.String(data_key="naam")
    department = ma.fields.String(data_key="namensGemeente")
    stance = ma.fields.String(data_key="soort")
    body = ma.fields.String(data_key="tekst")
    seconds = ma.fields.Integer(data_key="meeEens")
    made_at = ma.fields.DateTime(data_key="gezegdOp")


class TalkQuery(ma.Schema):
    """Welk deel van het gesprek."""

    page = ma.fields.Integer(data_key="pagina", load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    size = ma.fields.Integer(data_key="aantal", load_default=20, validate=ma.validate.Range(min=1, max=MAX_PAGE_SIZE))


class TalkPageSchema(ma.Schema):
    """Een bladzijde van een gesprek."""

    total = ma.fields.Integer(data_key="totaal")
    page = ma.fields.Integer(data_key="pagina")
    items = ma.fields.List(ma.fields.Nested(CommentSchema), data_key="reacties")


@part.get("/gesprekken/<uuid:thread_id>")
@requires(may_see_thread, load=queries.thread_by_id)
@part.arguments(TalkQuery, location="query")
@part.response(200, TalkPageSchema)
@part.doc(summary="Eén gesprek")
def talk(found: Thread, asked: dict[str, Any]) -> Any:
    """List what was said and is shown to everybody, oldest first, each followed by its answers."""
    tops, answers, total = queries.comments(found.id, "oudste", asked["page"], asked["size"], None)
    items = []
    for top in tops:
        items.append(_shown(top, None))
        items += [_shown(each, top.number) for each in answers.get(top.id, ())]
    return {"total": total, "page": asked["page"], "items": items}


def _shown(comment: Any, answers: int | None) -> dict[str, Any]:
    names = ("number", "author_name", "department", "stance", "body", "seconds", "made_at")
    return {name: getattr(comment, name) for name in names} | {"answers": answers}
