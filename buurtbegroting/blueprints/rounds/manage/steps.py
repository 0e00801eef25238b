"""The questions of the wizard: what each shows of a round, and what its answer changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import current_areas
from buurtbegroting.civic.phases import TITLES, PhaseKind
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.web.forms import EditForm
from buurtbegroting.web.i18n import say

from .. import queries
from ..actions.making import RoundChange
from ..forms import dates, wizard
from ..forms.more import CountingForm, MoreForm
from ..models import Pot, Round, RoundPhase, Rulebook
from ..presets import ALL_STEPS, PRESETS, midnight
from ..rulebook import WITH_BALLOT

ONE_DAY = timedelta(days=1)
# Rules with a good default: asked only of who wants to change them.
MORE = "meer"
FACTS = frozenset(Round.__table__.columns.keys())
RULES = frozenset(Rulebook.__table__.columns.keys()) - {"id", "round_id"}
ORIGIN = ("legal_form", "funding_source", "budget_year", "is_kept")


@dataclass(frozen=True)
class Step:
    """One question: its title, its form as the round stands, and what the filled form changes."""

    title: Reason
    form: Callable[..., EditForm]
    change: Callable[[Round, Any], RoundChange]


def _filled(form: type[EditForm]) -> Callable[..., EditForm]:
    def make(round_: Round, **how: Any) -> EditForm:
        shown = {name: getattr(round_, name, None) for name in FACTS - {"version"}}
        shown |= {name: getattr(round_.rulebook, name) for name in RULES}
        return form(**how, data=shown | {"version": round_.version})

    return make


def change_from(_: Round, form: Any) -> RoundChange:
    """Return what a form changes whose fields are called after columns of the round and its rulebook."""
    answers = {field.name: field.data for field in form}
    return RoundChange(
        facts={name: value or "" for name, value in answers.items() if name in FACTS - {"version"}},
        rules={name: value for name, value in answers.items() if name in RULES},
        note=form.note.data or "",
    )


def _money_form(round_: Round, **how: Any) -> EditForm:
    made = wizard.money_form(current_areas(AreaKind.WIJK, AreaKind.OWN), _everywhere())
    amounts = {f"amount_{pot.area.code if pot.area else ''}": pot.amount_cents for pot in _pots_of_plans(round_)}
    return made(**how, data=amounts | {"version": round_.version})


def _everywhere() -> str:
    return say(_r("The whole municipality"))


def _pots_of_plans(round_: Round) -> list[Pot]:
    return [pot for pot in round_.pots if pot.kind == "plans" and pot.theme_id is None]


def _money_change(round_: Round, form: wizard.MoneyForm) -> RoundChange:
    areas = {area.code: area for area in current_areas(AreaKind.WIJK, AreaKind.OWN)}
    known = _pots_of_plans(round_)
    origin = {name: getattr(known[0], name) for name in ORIGIN} if known else _usual_origin(round_)
    wanted = [
        Pot(
            kind="plans",
            holder="",
            area=areas.get(code),
            area_id=areas[code].id if code else None,
            amount_cents=field.data,
            **origin,
        )
        for code, field in form.amounts.items()
        if field.data is not None
    ]
    return RoundChange(pots=[*wanted, *_other_pots(round_)], note=form.note.data or "")


def _usual_origin(round_: Round) -> dict[str, Any]:
    return {"legal_form": "", "funding_source": "", "budget_year": _year(round_), "is_kept": False}


def _year(round_: Round) -> int:
    return local_day(round_.phases[0].starts_at).year if round_.phases else 0


def _other_pots(round_: Round) -> list[Pot]:
    return [copied(pot) for pot in round_.pots if pot.kind != "plans" or pot.theme_id]


SAME = ("kind", "area_id", "theme_id", "holder", "amount_cents", *ORIGIN)


def copied(pot: Pot, **other: Any) -> Pot:
    """Return a pot that says the same, with some things otherwise."""
    return Pot(**{name: getattr(pot, name) for name in SAME} | other)


def _origin_form(round_: Round, **how: Any) -> EditForm:
    shown = {name: getattr(round_.pots[0], name) for name in ORIGIN} if round_.pots else {"budget_year": _year(round_)}
    return wizard.OriginForm(**how, data=shown | {"version": round_.version})


def _origin_change(round_: Round, form: wizard.OriginForm) -> RoundChange:
    answers = {name: form[name].data for name in ORIGIN}
    return RoundChange(pots=[copied(pot, **answers) for pot in round_.pots], note=form.note.data or "")


def _deciding_form(round_: Round, **how: Any) -> EditForm:
    rules = round_.rulebook
    days = [date.fromisoformat(day) for day in rules.deciding_days]
    shown = {
        "decision_form": rules.decision_form,
        "decided_by": rules.decided_by,
        "deciding_days": "\n".join(f"{day.day}-{day.month}-{day.year}" for day in days),
    }
    return wizard.DecidingForm(**how, data=shown | {"version": round_.version})


def _deciding_change(_: Round, form: wizard.DecidingForm) -> RoundChange:
    rules = {
        "decision_form": form.decision_form.data,
        "decided_by": form.decided_by.data or "",
        "deciding_days": form.days,
    }
    return RoundChange(rules=rules, note=form.note.data or "")


def _when_form(round_: Round, **how: Any) -> EditForm:
    shown: dict[str, Any] = {"version": round_.version}
    for phase in round_.phases:
        shown[f"first_{phase.kind.value}"] = local_day(phase.starts_at)
        shown[f"last_{phase.kind.value}"] = local_day(phase.ends_at) - ONE_DAY if phase.ends_at else None
    kinds = {phase.kind for phase in round_.phases}
    asked = [kind for kind in PhaseKind if kind in kinds or (kind in dates.OPTIONAL and PhaseKind.PROPOSE in kinds)]
    return dates.when_form({kind: TITLES[kind] for kind in asked})(**how, data=shown)


def _when_change(round_: Round, form: dates.WhenForm) -> RoundChange:
    phases = [
        RoundPhase(kind_name=kind, starts_at=midnight(first.data), ends_at=midnight(last.data + ONE_DAY))
        for kind, (first, last) in form.phases.items()
        if first.data
    ]
    return RoundChange(phases=phases)


def _questions_form(round_: Round, **how: Any) -> EditForm:
    offered = {str(each.id): each.question for each in queries.criteria()}
    chosen = {each.question for each in round_.criteria}
    form = wizard.QuestionsForm(
        **how,
        data={
            "questions": [key for key, question in offered.items() if question in chosen],
            "version": round_.version,
        },
    )
    form.offer(offered)
    return form


def _questions_change(_: Round, form: wizard.QuestionsForm) -> RoundChange:
    chosen = set(form.questions.data)
    criteria = [each for each in queries.criteria() if str(each.id) in chosen]
    return RoundChange(criteria=criteria, note=form.note.data or "")


def _more_form(round_: Round, **how: Any) -> EditForm:
    rules = round_.rulebook
    form = CountingForm if rules.decision_form in WITH_BALLOT else MoreForm
    pots = {pot.kind: pot for pot in round_.pots}
    shown: dict[str, Any] = {name: getattr(rules, name) for name in RULES}
    shown |= {f"{kind}_cents": pots[kind].amount_cents for kind in ("free", "maatwerk") if kind in pots}
    shown |= {
        "intro": round_.intro,
        "holder": pots["maatwerk"].holder if "maatwerk" in pots else "",
        "tie_order": ",".join(rules.ties),
        "version": round_.version,
    }
    made = form(**how, data=shown)
    made.most_choices = rules.max_choices
    return made


def _more_change(round_: Round, form: MoreForm) -> RoundChange:
    plain = change_from(round_, form)
    rules = dict(plain.rules)
    if isinstance(form, CountingForm):
        rules["ties"] = form.tie_order.data.split(",")
    return RoundChange(plain.facts, rules, pots=_pots_with_extra(round_, form), note=plain.note)


def _pots_with_extra(round_: Round, form: MoreForm) -> list[Pot] | None:
    """Return the pots with the free and the maatwerk money that the form asks for; None when nothing changes."""
    plans = [copied(pot) for pot in round_.pots if pot.kind == "plans"]
    origin = {name: getattr(plans[0], name) for name in ORIGIN} if plans else _usual_origin(round_)
    extra = [
        Pot(kind=kind, amount_cents=cents, holder=form.holder.data if kind == "maatwerk" else "", **origin)
        for kind, cents in (("free", form.free_cents.data), ("maatwerk", form.maatwerk_cents.data))
        if cents
    ]
    standing = {(pot.kind, pot.amount_cents, pot.holder) for pot in round_.pots if pot.kind != "plans"}
    if standing == {(pot.kind, pot.amount_cents, pot.holder) for pot in extra}:
        return None
    return [*plans, *extra]


STEPS: Mapping[str, Step] = {
    "naam": Step(_r("Name"), _filled(wizard.NameForm), change_from),
    "geld": Step(_r("How much money is there, and where?"), _money_form, _money_change),
    "herkomst": Step(_r("Where does the money come from?"), _origin_form, _origin_change),
    "wie-stelt-voor": Step(_r("Who may propose?"), _filled(wizard.ProposingForm), change_from),
    "wie-kiest": Step(_r("Who chooses?"), _deciding_form, _deciding_change),
    "stembiljet": Step(_r("The ballot"), _filled(wizard.BallotRulesForm), change_from),
    "telwijze": Step(_r("How do we count?"), _filled(wizard.CountForm), change_from),
    "wanneer": Step(_r("When?"), _when_form, _when_change),
    "vragen": Step(_r("The questions for every plan"), _questions_form, _questions_change),
    "belofte": Step(_r("The promise"), _filled(wizard.PromiseForm), change_from),
    MORE: Step(_r("More rules"), _more_form, _more_change),
}


def steps_of(round_: Round) -> list[str]:
    """Return the questions that are asked about a round, in their order; dates only as long as nobody knows them."""
    preset = PRESETS.get(round_.preset)
    asked = preset.steps if preset else ALL_STEPS
    return [name for name in asked if name != "wanneer" or round_.state == "draft"]
