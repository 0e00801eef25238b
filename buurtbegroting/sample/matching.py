"""What groups and people of the invented municipality ask of and offer to each other."""

from __future__ import annotations

from collections.abc import Mapping

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import active_roles
from buurtbegroting.blueprints.initiatives.queries import Filters, all_found
from buurtbegroting.blueprints.matching.actions import brokering, placing
from buurtbegroting.blueprints.matching.states import Kind, Side
from buurtbegroting.civic.actors import Actor


def fill_matching(people: Mapping[str, Person]) -> None:
    """Let groups ask and offer, and a broker enter what somebody asks who is not online."""
    names = ("Fatima", "Gerrit de Vries", "Marloes Hendriks", "Wim Jansen")
    fatima, gerrit, marloes, wim = (Actor(id=str(people[each].id), roles=active_roles(people[each])) for each in names)
    groups = {each.title: placing.Whose(initiative_id=each.id) for each in all_found(Filters())}
    table, repair, walks = (groups[each] for each in ("Eettafel De Haven", "Repaircafé Zuid", "Samen naar buiten"))
    hands = placing.Words(Kind.HANDS, "Twee koks voor vrijdag", "Wij koken voor dertig mensen.", "WK999901")
    placing.place(fatima, Side.NEED, hands, table, "nl")
    driver = placing.Words(Kind.HANDS, "Wandelmaatjes op woensdag", "Een uur door de wijk.", "WK999901")
    placing.place(gerrit, Side.NEED, driver, walks, "nl")
    tools = placing.Words(Kind.TOOLS, "Gereedschap te leen", "Boren, zagen en naaimachines.", None)
    placing.place(gerrit, Side.OFFER, tools, repair, "nl")
    cook = placing.Words(Kind.HANDS, "Ik kook graag voor veel mensen", "Twintig jaar kok geweest.", "WK999901")
    placing.place(wim, Side.OFFER, cook, placing.Whose(), "nl")
    alone = placing.Words(Kind.COMPANY, "Eén keer in de week koffie", "Vertelt graag over vroeger.", "WK999901")
    brokering.enter(marloes, Side.NEED, alone, "Mevrouw De Wit", "06-00000000", "nl")
