"""A municipality chooses its colours, as long as its pages stay readable."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.municipalities.theme import checked_theme, contrast, stylesheet
from buurtbegroting.civic.refusals import Invalid


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_readable_colours_become_a_stylesheet() -> None:
    theme = checked_theme({"brand-700": " #0B4A57 ", "signal": "#ffc93c", "brand-300": "#8cc3cc"})
    assert "--bb-brand-700: #0b4a57;" in stylesheet(theme)


@pytest.mark.parametrize(
    ("colours", "named"),
    [
        ({"brand-600": "#8cc3cc"}, "brand-600 reads badly"),
        ({"signal": "#101010"}, "lighter"),
        ({"brand-700": "blue"}, "six figures"),
        ({"brand-700": "#fff; } body { display: none"}, "six figures"),
        ({"ink": "#000000"}, "not a colour of the theme"),
    ],
)
def test_what_reads_badly_or_is_no_colour_is_refused(colours: dict[str, str], named: str) -> None:
    with pytest.raises(Invalid, match=named):
        checked_theme(colours)
