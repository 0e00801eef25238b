"""Talk, for machines: what everybody may read, and nothing more."""

from __future__ import annotations

from buurtbegroting.blueprints.conversations.actions import moderating
from buurtbegroting.blueprints.conversations.actions.talking import Said, say_something
from buurtbegroting.blueprints.conversations.models import Stance
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from tests.factories.people import actor_of, make_person
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

MODERATOR = Actor(id="moderator", roles=frozenset({Role(RoleName.MODERATOR)}))


def test_what_everybody_may_read_is_there_with_its_answers(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE))
    sanne = actor_of(make_person("Sanne", RoleName.OFFICIAL))
    first = say_something(sanne, plan.thread, Said(Stance.QUESTION, "Waar komt het?", "nl"))
    say_something(sanne, plan.thread, Said(Stance.NEUTRAL, "Bij de vijver.", "nl", first), "Team wijken")
    hidden = say_something(sanne, plan.thread, Said(Stance.AGAINST, "Kanariegeel", "nl"))
    moderating.hide_comment(MODERATOR, hidden, "Dat kan niet.")
    say_something(actor_of(make_person("Nieuw")), plan.thread, Said(Stance.FOR, "Kanariegeel wacht", "nl"))
    plan_told = client.get(f"/api/v1/plannen/{plan.number}").json
    told = client.get(f"/api/v1/gesprekken/{plan_told['gesprekId']}").json
    assert [(each["nummer"], each["antwoordOp"], each["tekst"]) for each in told["reacties"]] == [
        (1, None, "Waar komt het?"),
        (2, 1, "Bij de vijver."),
    ]
    assert told["reacties"][1]["namensGemeente"] == "Team wijken"
    assert client.get(f"/api/v1/gesprekken/{plan_told['gesprekId']}?aantal=1000").status_code in (400, 422)


def test_the_talk_about_a_hidden_plan_is_not_there(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE), state="hidden")
    assert client.get(f"/api/v1/gesprekken/{plan.thread_id}").status_code == 404
