"""A small municipality with three square wijken in a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from buurtbegroting.blueprints.municipalities.actions import create_municipality
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind, Municipality, Postcode
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation.database import db, transaction


@dataclass
class Town:
    """A municipality and its wijken by code."""

    municipality: Municipality
    wijken: dict[str, Area]


def make_town(code: str = "GM9998", name: str = "Proefstad", hosts: tuple[str, ...] = ()) -> Town:
    """Make a municipality with the wijken Noord, Midden and Zuid and one buurt in each."""
    municipality = create_municipality(
        SYSTEM,
        Municipality(
            code=code,
            name=name,
            phone="14 0998",
            phone_hours="Maandag tot en met vrijdag, 9.00 tot 17.00 uur.",
            counter="Raadhuisplein 1.",
        ),
        hosts,
    )
    digits = code[2:]
    wijken = {
        f"WK{digits}{suffix}": _area(AreaKind.WIJK, f"WK{digits}{suffix}", title, 5.0 + 0.02 * place)
        for place, (suffix, title) in enumerate((("01", "Noord"), ("02", "Midden"), ("0A", "Zuid")))
    }
    buurten = [
        _area(AreaKind.BUURT, f"BU{code[2:]}01", f"Kern {wijk.name}", 5.0 + 0.02 * place, parent_code=code)
        for place, (code, wijk) in enumerate(wijken.items())
    ]
    with transaction(db.session()):
        db.session.add_all([*wijken.values(), *buurten])
        db.session.add_all(
            [
                Postcode(postcode="1234AB", house_number=None, buurt_code=f"BU{digits}0101"),
                Postcode(postcode="1234CD", house_number=1, buurt_code=f"BU{digits}0101"),
                Postcode(postcode="1234CD", house_number=2, buurt_code=f"BU{digits}0201"),
            ]
        )
    return Town(municipality, wijken)


def _area(kind: AreaKind, code: str, name: str, west: float, **facts: Any) -> Area:
    south, east, north = 52.0, west + 0.02, 52.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return Area(
        kind=kind,
        code=code,
        year=2025,
        name=name,
        inhabitants=1000,
        source="CBS / Kadaster, CC BY 4.0, 2025",
        geometry={"type": "MultiPolygon", "coordinates": [[ring]]},
        **facts,
    )
