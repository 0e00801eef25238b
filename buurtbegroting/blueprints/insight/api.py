"""What is spent, for machines: the lines themselves, and the receipt of a wijk."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires

from . import queries
from .kinds import FIELD_BY_SLUG, FIELD_SLUGS, KIND_BY_SLUG, KIND_SLUGS
from .policy import may_see_receipt
from .receipts import Place, Receipt, shown, usual

part = Part("api-insight", __name__, url_prefix=ROOT, description="Uitgaven")

MAX_PAGE_SIZE = 1000


class SpendingLineSchema(ma.Schema):
    """Eén uitgave, begroot of werkelijk."""

    year = ma.fields.Integer(data_key="jaar")
    kind = ma.fields.Function(lambda line: KIND_SLUGS[line.kind], data_key="soort")
    area_code = ma.fields.String(
        data_key="wijkCode", allow_none=True, metadata={"description": "leeg: de hele gemeente"}
    )
    field = ma.fields.Function(lambda line: FIELD_SLUGS[line.field], data_key="taakveld")
    name = ma.fields.String(data_key="omschrijving")
    amount_cents = ma.fields.Integer(data_key="bedragInCenten")
    allocation_name = ma.fields.String(data_key="verdeling")
    source = ma.fields.String(data_key="bron")


class SpendingQuery(ma.Schema):
    """Welke uitgaven."""

    year = ma.fields.Integer(data_key="jaar", load_default=None, validate=ma.validate.Range(1990, 2100))
    kind = ma.fields.String(data_key="soort", load_default="", validate=ma.validate.OneOf(["", *KIND_BY_SLUG]))
    area = ma.fields.String(data_key="wijkCode", load_default="", validate=ma.validate.Length(max=12))
    field = ma.fields.String(data_key="taakveld", load_default="", validate=ma.validate.OneOf(["", *FIELD_BY_SLUG]))
    page = ma.fields.Integer(data_key="pagina", load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    size = ma.fields.Integer(data_key="aantal", load_default=100, validate=ma.validate.Range(min=1, max=MAX_PAGE_SIZE))


class SpendingPageSchema(ma.Schema):
    """Een bladzijde uitgaven."""

    total = ma.fields.Integer(data_key="totaal")
    page = ma.fields.Integer(data_key="pagina")
    items = ma.fields.List(ma.fields.Nested(SpendingLineSchema), data_key="uitgaven")


class ReceiptLineSchema(ma.Schema):
    """Een regel van een kassabon."""

    field = ma.fields.String(data_key="taakveld")
    cents = ma.fields.Integer(data_key="bedragInCenten")
    cents_each = ma.fields.Integer(data_key="perInwonerInCenten", allow_none=True)


class ReceiptSchema(ma.Schema):
    """De kassabon van een wijk."""

    code = ma.fields.String(data_key="wijkCode")
    name = ma.fields.String(data_key="naam")
    year = ma.fields.Integer(data_key="jaar")
    kind = ma.fields.String(data_key="soort")
    inhabitants = ma.fields.Integer(data_key="inwoners", allow_none=True)
    lines = ma.fields.List(ma.fields.Nested(ReceiptLineSchema), data_key="regels")
    chosen = ma.fields.Integer(data_key="gekozenDoorBewonersInCenten")
    total = ma.fields.Integer(data_key="totaalInCenten")
    not_divided = ma.fields.Integer(data_key="nietVerdeeldInCenten")


class ReceiptQuery(ma.Schema):
    """Welke kassabon."""

    year = ma.fields.Integer(data_key="jaar", load_default=None, validate=ma.validate.Range(1990, 2100))
    kind = ma.fields.String(data_key="soort", load_default="", validate=ma.validate.OneOf(["", *KIND_BY_SLUG]))


@part.get("/uitgaven")
@public
@part.arguments(SpendingQuery, location="query")
@part.response(200, SpendingPageSchema)
@part.doc(summary="Uitgaven zoeken")
def spending(asked: dict[str, Any]) -> Any:
    """List the published lines that fit the filters, newest year first."""
    number, size = asked.pop("page"), asked.pop("size")
    kind, field = KIND_BY_SLUG.get(asked.pop("kind"), ""), FIELD_BY_SLUG.get(asked.pop("field"), "")
    filters = queries.LineFilters(**asked, kind=kind, field=field)
    items, total = queries.page_of_lines(filters, number, size)
    return {"total": total, "page": number, "items": items}


@part.get("/wijken/<area_code:code>/uitgaven")
@requires(may_see_receipt, load=queries.place_by_code)
@part.arguments(ReceiptQuery, location="query")
@part.response(200, ReceiptSchema)
@part.doc(summary="De kassabon van een wijk")
def receipt(place: Place, asked: dict[str, Any]) -> Any:
    """Return the receipt of a wijk; without a year and kind that which people see first."""
    years = queries.years()
    found = usual(years, clock.local_day(clock.now(db.session())).year)
    year = asked["year"] or (found[0] if found else None)
    kinds = years.get(year or 0, [])
    kind = KIND_BY_SLUG.get(asked["kind"]) or next(iter(kinds), None)
    if year is None or kind not in kinds or kind is None:
        raise NotFound(_r("There are no figures of this year."))
    return _told(queries.receipt_of(place, year, kind))


def _told(made: Receipt) -> dict[str, Any]:
    each = shown(made, per_inhabitant=True)
    return {
        "code": made.place.code,
        "name": made.place.name,
        "year": made.year,
        "kind": KIND_SLUGS[made.kind],
        "inhabitants": made.place.inhabitants,
        "lines": [
            {
                "field": FIELD_SLUGS[line.line.field],
                "cents": round(line.line.amount),
                "cents_each": line.money.cents if each.is_per_inhabitant else None,
            }
            for line in each.lines
        ],
        "chosen": made.chosen.cents,
        "total": round(made.total),
        "not_divided": made.not_divided,
    }
