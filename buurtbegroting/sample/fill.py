"""Puts the invented municipality into the database, and keeps its dates around today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime, time, timedelta
from fractions import Fraction

from sqlalchemy import select

from buurtbegroting.blueprints.municipalities.actions import (
    compose_area,
    create_municipality,
    import_areas,
    import_postcodes,
)
from buurtbegroting.blueprints.municipalities.boundaries import read_boundaries
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind, Municipality
from buurtbegroting.blueprints.municipalities.postcodes import read_postcodes
from buurtbegroting.blueprints.municipalities.queries import current_areas, municipality_by_code
from buurtbegroting.blueprints.proposals.actions.recording import record_proposal
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.actions.criteria import CriterionText, write_criterion
from buurtbegroting.blueprints.rounds.actions.making import create_round, create_theme, freeze_conditions, keep_version
from buurtbegroting.blueprints.rounds.models import Criterion, Pot, Round, RoundCriterion, RoundPhase, Rulebook, Theme
from buurtbegroting.blueprints.voting.actions.results import count_pot, decide, seal_ballots
from buurtbegroting.blueprints.voting.models import Result
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import clock, paths, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .ballots import SampleBallots
from .books import fill_books
from .decisions import fill_decisions
from .desk import fill_desk
from .initiatives import fill_initiatives
from .matching import fill_matching
from .network import fill_network
from .news import fill_news
from .people import fill_people, sample_people
from .plans import SampleProposal
from .rounds import SampleRound
from .spending import fill_spending
from .talk import fill_talk
from .together import fill_together
from .voting import fill_voting
from .waterveld import Sample
from .writing import fill_writing

FOLDER = paths.PACKAGE / "sample"
CODE = "GM9999"


def is_filled() -> bool:
    """Tell whether the invented municipality is there already."""
    return municipality_by_code(CODE) is not None


@deed("sample:municipality:filled")
def fill(actor: Actor, sample: Sample) -> Municipality:
    """Put a sample into the database, all or nothing."""
    municipality = create_municipality(
        actor,
        Municipality(
            code=CODE,
            name=sample.town.name,
            phone=sample.town.phone,
            phone_hours="Maandag tot en met vrijdag, 8.30 tot 17.00 uur. U krijgt een mens aan de lijn.",
            counter="Stadskantoor, Havenplein 1. Wij vullen het samen met u in. U hoeft geen afspraak te maken.",
        ),
    )
    areas = _fill_areas(actor, municipality, sample)
    themes = {each.picture: create_theme(actor, Theme(**asdict(each))) for each in sample.themes}
    _fill_criteria()
    rounds = {each.number: create_round(actor, _round(each, areas), int(each.number[:4])) for each in sample.rounds}
    now = clock.now(db.session())
    for known in (each for each in rounds.values() if each.state == "published"):
        keep_version(known, "")
        if any(each.kind is not PhaseKind.DIVIDE and each.starts_at <= now for each in known.phases):
            freeze_conditions(actor, known)
    for each in sample.proposals:
        if each.state == "draft":
            continue
        record_proposal(actor, _proposal(each, rounds[each.round_number], themes), int(each.number[:4]))
    fill_decisions(rounds.values())
    _count(actor, sample, rounds)
    fill_voting(sample.ballots, rounds)
    fill_people()
    fill_writing(sample, rounds, sample_people())
    fill_together(sample_people())
    fill_desk(sample_people())
    fill_books(rounds.values(), sample_people())
    fill_news(sample_people())
    _fill_talk()
    people = {person.name: person for person in sample_people()}
    fill_initiatives(people)
    fill_network(people)
    fill_matching(people)
    fill_spending(sample.town, clock.local_day(clock.now(db.session())).year, people)
    return municipality


CRITERIA = (
    ("Is het voor de hele wijk?", "Iedereen mag er komen of meedoen.", "Team wijken"),
    ("Is de grond van de gemeente?", "Anders moet de eigenaar het goedvinden.", "Grondzaken"),
    ("Is het veilig?", "Ook voor kinderen en voor wie slecht loopt.", "Openbare ruimte"),
    ("Wie onderhoudt het, en wat kost dat per jaar?", "", "Openbare ruimte"),
    ("Is er een vergunning nodig?", "Dan zeggen we hoe lang dat duurt.", "Vergunningen"),
)


def _fill_criteria() -> None:
    admin = Actor(id="sample", roles=frozenset({Role(RoleName.ADMIN)}))
    for place, texts in enumerate(CRITERIA, 1):
        write_criterion(admin, Criterion(), CriterionText(place, *texts))


def _fill_talk() -> None:
    """Let people talk about the first plan that they can vote on now."""
    plan = db.session.scalar(select(Proposal).where(Proposal.title.startswith("Kookcafé")).order_by(Proposal.number))
    if plan is not None:
        fill_talk(plan, {person.name: person for person in sample_people()})


def _fill_areas(actor: Actor, municipality: Municipality, sample: Sample) -> dict[str, Area]:
    """Return the filled areas by the code that the sample knows them by."""
    import_areas(actor, municipality, read_boundaries(FOLDER / "waterveld.geojson", CODE, None))
    areas = {area.code: area for area in current_areas(AreaKind.WIJK)}
    for each in sample.town.areas:
        if each.kind == "own":
            areas[each.code] = compose_area(actor, municipality, each.name, each.buurt_codes)
    postcodes = read_postcodes(FOLDER / "waterveld_postcodes.csv", CODE, lambda _: None)
    import_postcodes(actor, municipality, postcodes.rows)
    return areas


def _round(told: SampleRound, areas: dict[str, Area]) -> Round:
    return Round(
        number=told.number,
        title=told.title,
        summary=told.summary,
        intro=told.intro,
        state=told.state,
        phases=[
            RoundPhase(kind_name=each.kind, starts_at=each.starts_at, ends_at=each.ends_at) for each in told.phases
        ],
        pots=[
            Pot(
                area=areas[each.area_code] if each.area_code else None,
                position=each.position,
                amount_cents=each.amount_cents,
                funding_source=each.funding_source,
                budget_year=each.budget_year,
                kind=each.kind,
                holder=each.holder,
            )
            for each in told.pots
        ],
        rulebook=Rulebook(**asdict(told.rulebook) | {"ties": list(told.rulebook.ties)}),
        criteria=[
            RoundCriterion(position=place, question=question, explanation=explanation, department=department)
            for place, (question, explanation, department) in enumerate(CRITERIA, 1)
        ],
    )


_SAME = {each.name for each in fields(SampleProposal)} & set(Proposal.__table__.columns.keys())


def _proposal(told: SampleProposal, round_: Round, themes: dict[str, Theme]) -> Proposal:
    same = {name: getattr(told, name) for name in _SAME - {"state"}}
    return Proposal(
        **same,
        ballot_key=told.number,
        state_name=told.state,
        wijk_code=told.buurt_code.replace("BU", "WK", 1)[:8],
        round=round_,
        pot=round_.pots[told.pot - 1],
        theme=themes[told.theme],
    )


def _count(actor: Actor, sample: Sample, rounds: dict[str, Round]) -> None:
    told = {each.number: each for each in sample.rounds}
    for box in sample.ballots:
        if box.is_open:
            continue
        pot = rounds[box.round_number].pots[box.pot - 1]
        seal_ballots(actor, pot, ([(key, Fraction(1)) for key in sorted(chosen)] for chosen in box.ballots))
        result = count_pot(actor, pot, "Telling na de sluiting van de stemming", _electorate(sample, box, pot))
        decided = told[box.round_number]
        if decided.decided_on:
            decide(
                actor,
                result,
                decided.decided_on,
                "college van burgemeester en wethouders",
                decided.decision_number or "",
            )


def _electorate(sample: Sample, box: SampleBallots, pot: Pot) -> int | None:
    # In the sample seven of eight inhabitants are old enough to vote.
    people = pot.area.inhabitants if pot.area else sum(a.inhabitants for a in sample.town.areas if a.kind == "wijk")
    return people * 7 // 8 if people else None


@deed("sample:municipality:shifted")
def shift(actor: Actor, municipality: Municipality, sample: Sample) -> Municipality:
    """Move all dates of the filled sample by whole days, so that they lie around the day of ``sample`` again."""
    tenancy.enter(db.session(), municipality.id)
    fresh = {each.title: each.phases[0].starts_at for each in sample.rounds}
    rounds = db.session.scalars(select(Round)).all()
    phases = db.session.scalars(select(RoundPhase).join(Round).order_by(RoundPhase.starts_at)).all()
    titles = {each.id: each.title for each in rounds}
    days = next(
        (clock.local_day(fresh[titles[each.round_id]]) - clock.local_day(each.starts_at)).days
        for each in phases
        if titles[each.round_id] in fresh
    )
    if days:
        _move(phases, timedelta(days=days))
    return municipality


def _move(phases: Iterable[RoundPhase], by: timedelta) -> None:
    for phase in phases:
        phase.starts_at, phase.ends_at = _moved(phase.starts_at, by), phase.ends_at and _moved(phase.ends_at, by)
    for proposal in db.session.scalars(select(Proposal)):
        for name in ("submitted_on", "answered_on", "turn_since", "turn_due"):
            value = getattr(proposal, name)
            setattr(proposal, name, value and value + by)
    for result in db.session.scalars(select(Result).where(Result.decided_on.is_not(None))):
        result.decided_on = result.decided_on and result.decided_on + by


def _moved(moment: datetime, by: timedelta) -> datetime:
    local = moment.astimezone(clock.AMSTERDAM)
    return datetime.combine(local.date() + by, time(local.hour, local.minute), tzinfo=clock.AMSTERDAM)
