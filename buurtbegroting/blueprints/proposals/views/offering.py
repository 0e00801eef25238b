"""What the questions about a plan offer to choose from, and which limits they name."""

from __future__ import annotations

from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.rulebook import PROPOSE_FROM, pot_title
from buurtbegroting.civic.money import Money
from buurtbegroting.web.forms import EurosField
from buurtbegroting.web.i18n import euros, language, say

from ..forms.costs import CostForm
from ..forms.place import WhereForm
from ..forms.plan import ThemeForm
from ..limits import amounts


def offer_places(form: WhereForm, round_: Round) -> None:
    """Offer the pots of a round for which residents propose plans, and the buurten."""
    form.offer_pots(
        {
            str(pot.id): f"{say(pot_title(pot, language()))}: {euros(Money(pot.amount_cents, round_.currency))}"
            for pot in round_.pots
            if pot.kind != "maatwerk"
        }
    )
    who = round_.rulebook.propose_from
    if who != "everybody":
        form.pot.description = " ".join((str(form.pot.description), f"{say(PROPOSE_FROM[who])}."))
    form.offer_buurten(*(municipalities.current_areas(kind) for kind in (AreaKind.WIJK, AreaKind.BUURT)))


def offer_themes(form: ThemeForm, _: Round) -> None:
    """Offer the themes."""
    is_dutch = language() == "nl"
    form.offer({str(each.id): each.name_nl if is_dutch else each.name_en for each in rounds.themes()})


def name_amounts(form: CostForm, round_: Round) -> None:
    """Say between which amounts a plan stays, where its cost is asked."""
    name_amounts_in(form.cost_cents, round_)


def name_amounts_in(field: EurosField, round_: Round) -> None:
    """Say at a question between which amounts a plan of this round stays."""
    field.description = " ".join((str(field.description), *(say(each) for each in amounts(round_))))
