"""The operator's page: every municipality of this installation, and how it is going there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import flask
from sqlalchemy import func, select

from buurtbegroting import __version__
from buurtbegroting.blueprints.municipalities.queries import Tenant, municipalities, tenant_by_id
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import audit, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.outbox.messages import Health
from buurtbegroting.web.access import requires

from . import queries
from .models import Person
from .policy import may_see_installation

blueprint = flask.Blueprint("installation", __name__, url_prefix="/beheer/installatie")


@dataclass(frozen=True)
class Standing:
    """How it is going in one municipality: numbers only, nothing of a person."""

    tenant: Tenant
    people: int
    admins: int
    mail: Health
    chained_until: date | None


@blueprint.get("")
@requires(may_see_installation)
def installation() -> str:
    """Show every municipality with its numbers, and how the jobs are going."""
    standings = [_standing(each) for each in _ids()]
    return flask.render_template(
        "accounts/manage/installation.html",
        standings=standings,
        jobs=jobs.health(db.session()),
        version=__version__,
        engine=db.engine.dialect.name,
    )


def _ids() -> Sequence[uuid.UUID]:
    return [each.id for each in municipalities()]


def _standing(municipality_id: uuid.UUID) -> Standing:
    session = db.session()
    with tenancy.inside(session, municipality_id):
        heads = audit.heads(session, municipality_id)
        return Standing(
            tenant=tenant_by_id(municipality_id),
            people=session.scalar(select(func.count(Person.id)).where(Person.forgotten_on.is_(None))) or 0,
            admins=len(queries.holders_of(RoleName.ADMIN)),
            mail=outbox.health(session),
            chained_until=heads[-1].day if heads else None,
        )
