"""The receipt of a place: what was spent per task field, and how that is shown so that it adds up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import Reason, _r

from .kinds import ALLOCATION_WORDS, Allocation, SpendingKind, TaskField

WHOLE = "gemeente"


@dataclass(frozen=True)
class Place:
    """A wijk, an own area, or the whole municipality, with how many people live there when that is known."""

    code: str
    name: str
    inhabitants: int | None

    @property
    def is_whole(self) -> bool:
        """Whether this is the whole municipality."""
        return self.code == WHOLE


@dataclass(frozen=True)
class Spent:
    """What was spent on one thing in a year; ``is_whole`` when it was for the whole municipality."""

    year: int
    field: TaskField
    name: str
    allocation: Allocation
    source: str
    cents: int
    is_whole: bool


@dataclass(frozen=True)
class Chosen:
    """What residents chose themselves for a year: the cost of their plans, and the plans as number and title."""

    cents: int = 0
    plans: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Item:
    """One thing within a line: its amount for this place in cents, and whether that is a share of a larger amount."""

    spent: Spent
    amount: Fraction
    is_share: bool

    @property
    def money(self) -> Money:
        """Its amount for everybody together, in whole euros."""
        return Money(round(self.amount / 100) * 100)

    @property
    def how(self) -> Reason:
        """How it is known that this amount belongs here."""
        if self.is_share and self.spent.allocation is Allocation.PER_INHABITANT:
            return _r("Your share of an amount for the whole municipality, by inhabitants")
        if self.is_share:
            return _r("Your share of an amount for the whole municipality, by surface")
        return ALLOCATION_WORDS[self.spent.allocation]


@dataclass(frozen=True)
class Line:
    """One task field on a receipt: its amount in cents this year and, when there are figures, the year before."""

    field: TaskField
    amount: Fraction
    before: Fraction
    items: Sequence[Item]

    @property
    def allocations(self) -> list[Allocation]:
        """In which ways its amounts were divided, in a fixed order."""
        used = {item.spent.allocation for item in self.items}
        return [each for each in Allocation if each in used]


@dataclass(frozen=True)
class Receipt:
    """What was planned or spent in a place in a year, the largest first.

    ``not_divided`` are the cents for the whole municipality that no share of can be told.
    """

    place: Place
    year: int
    kind: SpendingKind
    lines: Sequence[Line]
    chosen: Chosen
    chosen_before: Chosen
    has_before: bool
    not_divided: int

    @property
    def total(self) -> Fraction:
        """All of it together, in cents."""
        return sum((line.amount for line in self.lines), Fraction(self.chosen.cents))

    @property
    def total_before(self) -> Fraction:
        """All of the year before, in cents."""
        return sum((line.before for line in self.lines), Fraction(self.chosen_before.cents))


@dataclass(frozen=True)
class ShownLine:
    """A line as people read it, with what is different from the year before."""

    line: Line
    money: Money
    difference: Reason | None


@dataclass(frozen=True)
class Shown:
    """A receipt as people read it: per inhabitant in cents, or of the whole place in whole euros; it adds up."""

    receipt: Receipt
    is_per_inhabitant: bool
    lines: Sequence[ShownLine]
    chosen: Money
    total: Money
    difference: Reason | None

    def rest_after(self, count: int) -> Money:
        """Return what the lines come to after the first few."""
        return Money(sum(each.money.cents for each in self.lines[count:]))

    @property
    def not_divided(self) -> Money:
        """What is for the whole municipality, and no share of can be told."""
        return Money(round(self.receipt.not_divided / 100) * 100)


def receipt(
    place: Place,
    year: int,
    kind: SpendingKind,
    spent: Sequence[Spent],
    chosen: Mapping[int, Chosen],
    shares: Mapping[Allocation, Fraction],
) -> Receipt:
    """Put together what was spent in a place in a year and the year before.

    ``shares`` say which part of the whole municipality the place is, by what is known of it.
    """
    now, before = (_items(place, spent, shares, each) for each in (year, year - 1))
    lines = [
        Line(
            field=field,
            amount=sum((item.amount for item in now.get(field, [])), Fraction(0)),
            before=sum((item.amount for item in before.get(field, [])), Fraction(0)),
            items=sorted(now.get(field, []), key=lambda item: (-item.amount, item.spent.name)),
        )
        for field in TaskField
        if field in now or field in before
    ]
    return Receipt(
        place=place,
        year=year,
        kind=kind,
        lines=sorted(lines, key=lambda line: (-line.amount, list(TaskField).index(line.field))) if now else [],
        chosen=chosen.get(year, Chosen()),
        chosen_before=chosen.get(year - 1, Chosen()),
        has_before=bool(before),
        not_divided=sum(each.cents for each in spent if each.year == year and _share(place, each, shares) is None),
    )


def _items(
    place: Place, spent: Sequence[Spent], shares: Mapping[Allocation, Fraction], year: int
) -> dict[TaskField, list[Item]]:
    found: dict[TaskField, list[Item]] = {}
    for each in spent:
        share = _share(place, each, shares)
        if each.year == year and share is not None:
            is_share = each.is_whole and not place.is_whole
            found.setdefault(each.field, []).append(Item(each, each.cents * share, is_share))
    return found


def _share(place: Place, spent: Spent, shares: Mapping[Allocation, Fraction]) -> Fraction | None:
    """Return which part of an amount is for a place; None when that cannot be told."""
    if place.is_whole or not spent.is_whole:
        return Fraction(1)
    return shares.get(spent.allocation)


def shown(made: Receipt, *, per_inhabitant: bool) -> Shown:
    """Write a receipt per inhabitant, or of the whole place; per inhabitant only where their number is known."""
    people = made.place.inhabitants if per_inhabitant else None
    now = _parts([*(line.amount for line in made.lines), Fraction(made.chosen.cents)], people)
    before = _parts([*(line.before for line in made.lines), Fraction(made.chosen_before.cents)], people)
    lines = [
        ShownLine(line, Money(amount), _difference(amount, earlier, made.year) if made.has_before else None)
        for line, amount, earlier in zip(made.lines, now, before, strict=False)
    ]
    return Shown(
        receipt=made,
        is_per_inhabitant=people is not None,
        lines=lines,
        chosen=Money(now[-1]),
        total=Money(sum(now)),
        difference=_difference(sum(now), sum(before), made.year) if made.has_before else None,
    )


def _parts(amounts: Sequence[Fraction], people: int | None) -> list[int]:
    return adding_up([each / people for each in amounts], 1) if people else adding_up(amounts, 100)


def adding_up(amounts: Sequence[Fraction], unit: int) -> list[int]:
    """Round amounts in cents to units so that together they are the rounded total; the largest rests go up."""
    units = [amount / unit for amount in amounts]
    down = [math.floor(each) for each in units]
    over = math.floor(sum(units, Fraction(0)) + Fraction(1, 2)) - sum(down)
    rests = sorted(range(len(units)), key=lambda place: (down[place] - units[place], place))
    return [(each + (place in rests[:over])) * unit for place, each in enumerate(down)]


def _difference(now: int, before: int, year: int) -> Reason:
    earlier = str(year - 1)
    if now > before:
        return _r("%(money)s more than in %(year)s", money=Money(now - before), year=earlier)
    if now < before:
        return _r("%(money)s less than in %(year)s", money=Money(before - now), year=earlier)
    return _r("As much as in %(year)s", year=earlier)


def usual(years: Mapping[int, Sequence[SpendingKind]], this_year: int) -> tuple[int, SpendingKind] | None:
    """Return the figures that people see first: of this year, or else the newest before it; None without any."""
    if not years:
        return None
    year = max((each for each in years if each <= this_year), default=min(years))
    return year, years[year][0]
