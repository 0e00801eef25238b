"""One feature of a boundary file and the names its fields go by in the different sources."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

# Spelled without case and underscores: the GeoPackage, web feature service and generalised files differ only in that.
_CODES = ("buurtcode", "wijkcode", "statcode", "code")
_NAMES = ("buurtnaam", "wijknaam", "statnaam", "naam")
_CODE = re.compile(r"^(?:WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$")


@dataclass(frozen=True)
class Feature:
    """A feature as it stands in the file, with its number from 1 and its fields under simplified names."""

    file: str
    number: int
    fields: Mapping[str, object]
    geometry: object

    @property
    def is_water(self) -> bool:
        """Whether this is open water, which nobody lives on and CBS draws apart."""
        return str(self.fields.get("water", "")).strip().upper() == "JA"

    @property
    def label(self) -> str:
        """The number and, where known, code and name: how a message points at this feature."""
        known = " ".join(str(value).strip() for value in (self._first(_CODES), self._first(_NAMES)) if value)
        return f"{self.number} ({known[:120]})" if known else str(self.number)

    def code(self) -> str:
        """Return the code of the wijk or buurt; refuse one that is missing or ill-formed."""
        value = self._first(_CODES)
        if value is None:
            raise Invalid(
                _r(
                    "%(file)s, feature %(feature)s has no code; give each feature a field buurtcode, wijkcode or "
                    "statcode.",
                    file=self.file,
                    feature=self.label,
                )
            )
        code = str(value).strip()
        if not _CODE.match(code):
            raise Invalid(
                _r(
                    "%(file)s, feature %(feature)s has the code “%(code)s”; a wijk looks like WK063201 and a buurt "
                    "like BU06320101, so use the layer with wijken or buurten.",
                    file=self.file,
                    feature=self.label,
                    code=code[:40],
                )
            )
        return code

    def municipality_code(self) -> str:
        """Return the code of the municipality this wijk or buurt lies in."""
        return f"GM{self.code()[2:6]}"

    def name(self) -> str:
        """Return the name; refuse a feature without one."""
        value = self._first(_NAMES)
        if not isinstance(value, str) or not value.strip():
            raise Invalid(
                _r(
                    "%(file)s, feature %(feature)s has no name; give it a field buurtnaam, wijknaam or statnaam.",
                    file=self.file,
                    feature=self.label,
                )
            )
        return value.strip()

    def inhabitants(self) -> int | None:
        """Return the number of inhabitants, or None where CBS keeps it secret or does not know it."""
        value = self.fields.get("aantalinwoners")
        if value is None or value == "":
            return None
        try:
            number = float(str(value))
            if number < 0 or math.isnan(number):  # CBS writes -99995, -99997 or -99999999; a GeoPackage may hold NaN
                return None
            return int(number)
        except (ValueError, OverflowError):
            raise Invalid(
                _r(
                    "%(file)s, feature %(feature)s has “%(value)s” in the field aantalInwoners; write a whole number "
                    "or leave it out.",
                    file=self.file,
                    feature=self.label,
                    value=str(value)[:40],
                )
            ) from None

    def year(self) -> int | None:
        """Return the year of the classification, if the feature tells it."""
        for value in (self.fields.get("jaar"), str(self.fields.get("jrstatcode", ""))[:4]):
            text = str(value)
            if re.fullmatch(r"(19|20)\d\d", text):
                return int(text)
        return None

    def _first(self, names: tuple[str, ...]) -> object:
        return next((self.fields[name] for name in names if self.fields.get(name) not in (None, "")), None)


def simplified(properties: Mapping[str, object]) -> dict[str, object]:
    """Return the properties under names without capitals and underscores."""
    return {str(key).lower().replace("_", ""): value for key, value in properties.items()}
