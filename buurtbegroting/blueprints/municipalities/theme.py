"""The colours of a municipality: which it may choose, and whether its pages stay readable with them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

# Dark colours carry text on white and on sand, or white text; light ones carry ink. WCAG 2.2 AA asks 4.5.
DARK = ("brand-900", "brand-700", "brand-600")
LIGHT = ("brand-100", "brand-50", "signal", "signal-100")
DECORATION = ("brand-300",)
INK, SAND, WHITE = "#1d2327", "#f8f4ec", "#ffffff"
MINIMUM_CONTRAST = 4.5

_HEX = re.compile(r"#[0-9a-f]{6}")


def checked_theme(colours: Mapping[str, str]) -> dict[str, str]:
    """Return the colours in small letters; raise Invalid naming every colour that is no colour or reads badly."""
    theme = {name: value.strip().lower() for name, value in colours.items()}
    wrong = {name: reason for name, value in theme.items() if (reason := _objection(name, value))}
    if wrong:
        first = next(iter(wrong.values()))
        raise Invalid(first, wrong)
    return theme


def _objection(name: str, value: str) -> Reason | None:
    if name not in (*DARK, *LIGHT, *DECORATION):
        return _r("%(name)s is not a colour of the theme.", name=name)
    if not _HEX.fullmatch(value):
        return _r("Write %(name)s as # with six figures, for example #0b4a57.", name=name)
    against = {**dict.fromkeys(DARK, (WHITE, SAND)), **dict.fromkeys(LIGHT, (INK,))}.get(name, ())
    worst = min((contrast(value, other) for other in against), default=MINIMUM_CONTRAST)
    if worst < MINIMUM_CONTRAST:
        return _r(
            "%(name)s reads badly: its contrast is %(contrast)s, and 4.5 is needed. Choose a %(way)s colour.",
            name=name,
            contrast=f"{worst:.1f}",
            way="darker" if name in DARK else "lighter",
        )
    return None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written as #rrggbb, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    # The bend and the weights are those of the standard's relative luminance.
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def stylesheet(theme: Mapping[str, str]) -> str:
    """Return the theme as CSS that overrides the colours of the house."""
    lines = [f"  --bb-{name}: {value};" for name, value in sorted(theme.items())]
    return "\n".join([":root {", *lines, "}", ""])
