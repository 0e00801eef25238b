"""The daily heads of what happened, for who wants to keep them and look later whether anything was changed."""

from __future__ import annotations

from typing import Any

import flask
import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.foundation.audit import heads
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public

part = Part("api-audit", __name__, url_prefix=ROOT, description="Logboek")


class HeadSchema(ma.Schema):
    """De hash over alles tot en met een dag."""

    day = ma.fields.Date(data_key="dag")
    entries = ma.fields.Integer(data_key="regels")
    hash = ma.fields.String(metadata={"description": "SHA-256"})


@part.get("/logboekkoppen")
@public
@part.response(200, HeadSchema(many=True))
@part.doc(summary="De dagelijkse koppen van het logboek")
def audit_heads() -> Any:
    """Return the head of every day, oldest first."""
    return heads(db.session(), flask.g.tenant.id)
