"""A plan on paper: poster, cards and the code on them."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from buurtbegroting.civic.phases import PhaseKind
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.mark.parametrize("sheet", ["poster.pdf", "kaartjes.pdf"])
def test_a_poster_and_cards_are_pdfs_with_tags(client: CheckedClient, town: Town, sheet: str) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE), title="Bankje bij de vijver", summary="Om uit te rusten.")
    answer = client.get(f"/plannen/{plan.number}/{sheet}")
    assert answer.mimetype == "application/pdf"
    read = pypdf.PdfReader(BytesIO(answer.data))
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(read.pages[0].extract_text().split())
    assert "Bankje bij de vijver" in text
    assert f"/plannen/{plan.number}" in text


def test_the_poster_can_be_printed_from_the_browser(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE))
    page = client.get(f"/plannen/{plan.number}/poster")
    assert "<svg" in page.text
    assert "Set-Cookie" not in page.headers


def test_a_hidden_plan_has_no_poster(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE), state="hidden")
    for sheet in ("poster", "poster.pdf", "kaartjes.pdf"):
        assert client.get(f"/plannen/{plan.number}/{sheet}").status_code == 404
