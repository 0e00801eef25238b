"""The municipality and its areas, for machines."""

from __future__ import annotations

from typing import Any

import flask
import marshmallow as ma

from buurtbegroting.blueprints.api.shell import ROOT, Part
from buurtbegroting.web.access import public, requires

from . import queries
from .models import Area, AreaKind
from .policy import may_see_area

part = Part("api-municipalities", __name__, url_prefix=ROOT, description="Gemeente en wijken")


class MunicipalitySchema(ma.Schema):
    """De gemeente."""

    code = ma.fields.String(metadata={"description": "CBS-code", "example": "GM9999"})
    name = ma.fields.String(data_key="naam")
    languages = ma.fields.List(ma.fields.String(), data_key="talen")


class AreaSchema(ma.Schema):
    """Een wijk, buurt of eigen gebied."""

    code = ma.fields.String(metadata={"example": "WK999901"})
    name = ma.fields.String(data_key="naam")
    kind = ma.fields.String(data_key="soort", metadata={"description": "wijk, buurt of own (eigen gebied)"})
    parent_code = ma.fields.String(data_key="wijkCode", allow_none=True)
    inhabitants = ma.fields.Integer(data_key="inwoners", allow_none=True)
    year = ma.fields.Integer(data_key="jaar")
    source = ma.fields.String(data_key="bron")


class AreasQuery(ma.Schema):
    """Welke gebieden."""

    kind = ma.fields.String(
        data_key="soort",
        load_default=AreaKind.WIJK.value,
        validate=ma.validate.OneOf([kind.value for kind in AreaKind]),
    )


@part.get("/gemeente")
@public
@part.response(200, MunicipalitySchema)
@part.doc(summary="De gemeente")
def municipality() -> Any:
    """Return the municipality of this address."""
    return flask.g.tenant


@part.get("/wijken")
@public
@part.arguments(AreasQuery, location="query")
@part.response(200, AreaSchema(many=True))
@part.doc(summary="Wijken, buurten of eigen gebieden")
def areas(asked: dict[str, str]) -> Any:
    """List the areas of one kind as they are drawn now."""
    return queries.current_areas(AreaKind(asked["kind"]))


@part.get("/wijken/<area_code:code>")
@requires(may_see_area, load=queries.area_by_code)
@part.response(200, AreaSchema)
@part.doc(summary="Eén gebied")
def area(area: Area) -> Any:
    """Return one area."""
    return area


@part.get("/wijken/<area_code:code>/grens")
@requires(may_see_area, load=queries.area_by_code)
@part.doc(summary="De grens van een gebied, als GeoJSON in WGS84")
def outline(area: Area) -> flask.Response:
    """Return the outline of one area as a GeoJSON feature (lon, lat)."""
    return _geojson(_feature(area))


@part.get("/wijken/grenzen")
@public
@part.arguments(AreasQuery, location="query")
@part.doc(summary="De grenzen van alle wijken, buurten of eigen gebieden, als GeoJSON in WGS84")
def outlines(asked: dict[str, str]) -> flask.Response:
    """Return the outlines of the areas of one kind as a GeoJSON feature collection (lon, lat)."""
    found = queries.current_areas(AreaKind(asked["kind"]))
    return _geojson({"type": "FeatureCollection", "features": [_feature(each) for each in found]})


def _feature(area: Area) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": area.code,
        "properties": {"naam": area.name, "wijkCode": area.parent_code, "bron": area.source},
        "geometry": area.geometry,
    }


def _geojson(content: dict[str, Any]) -> flask.Response:
    response = flask.jsonify(content)
    response.headers["Content-Type"] = "application/geo+json"
    return response
