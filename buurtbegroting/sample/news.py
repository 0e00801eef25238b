"""The news of the invented municipality, and who follows what."""

from __future__ import annotations

from collections.abc import Sequence

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.actions import following, news
from buurtbegroting.blueprints.conversations.actions.news import NewsText
from buurtbegroting.civic.actors import Actor, Role, RoleName

OFFICIAL = Actor(id="sample", roles=frozenset({Role(RoleName.OFFICIAL)}))

PUBLISHED = (
    NewsText(
        "wijk",
        "WK999901",
        "De bankjes aan het Weidepad staan er",
        "Vorige week plaatste de gemeente de drie bankjes die u zelf koos.\n\n"
        "## Kom kijken\n\nZaterdag om 11.00 uur drinken we er koffie. U hoeft zich niet aan te melden.\n\n"
        "- Neem gerust uw buren mee.\n- Bij regen gaan we naar de kantine.",
        "Wijkteam De Weiden",
    ),
    NewsText(
        "gemeente",
        "alles",
        "Volgend jaar weer geld voor elke wijk",
        "De gemeenteraad stelde de begroting vast. Elke wijk krijgt ook volgend jaar een eigen pot.\n\n"
        "Hoeveel het is, hoort u in januari.",
        "Team buurtbegroting",
    ),
    NewsText(
        "wijk",
        "WK999903",
        "Inloop over de speelplek",
        "Woensdagavond vanaf 19.30 uur kunt u in de school uw vragen stellen over de speelplek.",
        "Afdeling Openbare ruimte",
    ),
)
DRAFT = NewsText(
    "wijk", "WK999901", "Werk aan de Singel", "In maart vervangen we de bestrating van de Singel.", "Team wijken"
)


def fill_news(residents: Sequence[Person]) -> None:
    """Write the news, and let residents follow their wijk."""
    for each in PUBLISHED:
        news.publish_news(OFFICIAL, news.draft_news(OFFICIAL, each))
    news.draft_news(OFFICIAL, DRAFT)
    for person in residents:
        if person.wijk_code:
            following.follow(Actor(id=str(person.id)), "wijk", person.wijk_code)
