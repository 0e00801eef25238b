"""Every kind of page, in every state it has, looked at by a program: on a phone and on a large screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from tests.browser.page_objects import Page, resize
from tests.browser.stops import FURTHER, MAIN, Stop
from tests.browser.stops_of_a_season import SEASON
from tests.browser.stops_of_a_vote import VOTE
from tests.browser.stops_of_initiatives import INITIATIVES

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """
const [tags, part, reviewed, done] = arguments;
const rules = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations", "incomplete"], elementRef: true};
const seenByUs = (id, element) => reviewed.some(([rule, place]) => rule === id && element.closest(place));
axe.run(part, rules).then(({violations, incomplete}) => {
  const told = (found, leave) => found.flatMap(({id, nodes}) => nodes
    .filter(({element}) => !leave(id, element))
    .map(({target, html, failureSummary}) => `${id} at ${target.flat().join(" ")}: ${failureSummary} ${html}`));
  done({violations: told(violations, () => false), undecided: told(incomplete, seenByUs)});
});
"""
# What the program cannot decide, and a person looked at: rule, place, and what was seen.
REVIEWED = (
    ("color-contrast", ".bb-map__letter", "one letter is too short for the program; it is white or ink on its badge"),
    ("color-contrast", "text[data-unformatted]", "text of a chart lies on layers of SVG; it is ink on the white page"),
    ("color-contrast", "[data-place-map]", "words lie on outlines; they are ink on sand or white"),
    ("color-contrast", ".bb-place__name", "the same, of a name that the map has just drawn anew"),
    ("label-content-name-mismatch", "[data-place-map]", "a plus and a minus are signs, not words"),
    ("color-contrast", ".bb-phase", "its number and line are pseudo elements beside the text, not behind it"),
)
SIZE = """
const page = document.scrollingElement;
return [page.scrollWidth - innerWidth, page.scrollHeight];
"""
PHONE, DESKTOP = 320, 1280
DUTCH, ENGLISH = "", "/en"


def sweep() -> Iterator[Any]:
    for stops, languages in ((MAIN, (DUTCH, ENGLISH)), ((*FURTHER, *SEASON, *VOTE, *INITIATIVES), (DUTCH,))):
        for stop in stops:
            for language in languages:
                yield pytest.param(stop, language, id=f"{stop.name}, {language[1:] or 'nl'}")


@pytest.mark.parametrize(("stop", "language"), tuple(sweep()))
def test_a_page_has_no_barrier_that_a_program_can_see(
    site: str, lasting_browser: Chrome, stop: Stop, language: str
) -> None:
    resize(lasting_browser, PHONE)
    stop.visit(lasting_browser, site, language)
    page = Page(lasting_browser)
    assert page.language == (language[1:] or "nl")
    lasting_browser.execute_script(AXE)
    for width in (PHONE, DESKTOP):
        resize(lasting_browser, width)
        page.wait_until_charts_fit()
        too_wide, height = lasting_browser.execute_script(SIZE)
        assert too_wide <= 1, f"the page is {too_wide} px wider than a screen of {width} px"
        # Contrast is only known of what is on the screen.
        resize(lasting_browser, width, height)
        part = "header" if stop.part == "header" else "html"
        found = lasting_browser.execute_async_script(LOOK, TAGS, part, REVIEWED)
        assert (width, found["violations"], found["undecided"]) == (width, [], [])
    assert page.complaints == []
