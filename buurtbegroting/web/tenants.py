"""Which municipality a request is for: the host name says it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Protocol

import flask

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from . import i18n

# First parts of addresses that answer for the installation, not for a municipality.
WITHOUT_TENANT = ("static", "gezond", "gereed")


class Tenant(Protocol):
    """What every page needs to know of its municipality."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def languages(self) -> tuple[str, ...]: ...
    @property
    def switched_off(self) -> tuple[str, ...]: ...


def init_app(app: flask.Flask, find_tenant: Callable[[str], Tenant | None]) -> None:
    """Enter the municipality of the host before anything else is read; an unknown host is a 404."""

    @app.before_request
    def enter_tenant() -> None:
        if flask.request.path.split("/")[1] in WITHOUT_TENANT:
            return
        tenant = find_tenant(flask.request.host.partition(":")[0].lower())
        if tenant is None:
            raise NotFound(_r("There is no municipality at this address. An operator makes the first with: setup."))
        flask.g.tenant = tenant
        tenancy.enter(db.session(), tenant.id)
        if i18n.language() not in tenant.languages:
            raise NotFound(_r("This municipality has no pages in this language."))
