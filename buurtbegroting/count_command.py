"""``buurtbegroting count``: count a Pabulib file, as a table for people or as JSON for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import click

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import changes, pabulib, rules
from buurtbegroting.counting.comparison import Alternative, alternatives
from buurtbegroting.counting.count import Count
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.explanation import explain as explain_project
from buurtbegroting.counting.outcomes import Outcome
from buurtbegroting.counting.sentences import Sentences


class _Number(click.ParamType[Fraction]):
    """An exact number, such as 1200 or 12.50."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            return value if isinstance(value, Fraction) else Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value} is not a number.", param, ctx)


class _Pair(click.ParamType[tuple[str, Fraction]]):
    """A name and an exact number, such as 12=4000."""

    name = "name=number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Fraction]:
        if isinstance(value, tuple):
            return value
        name, _, number = str(value).rpartition("=")
        if not name:
            self.fail(f"{value} is not a name, = and a number.", param, ctx)
        return name, _Number().convert(number, param, ctx)


_NUMBER, _PAIR = _Number(), _Pair()


@click.command("count")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rule", default="equal-shares", show_default=True, help=f"One of: {', '.join(rules.RULES)}.")
@click.option("--utility", help=f"One of: {', '.join(rules.UTILITIES)}. Default: as fits the ballots.")
@click.option("--completion", help=f"One of: {', '.join(rules.COMPLETIONS)}. Default for equal shares: add1u.")
@click.option("--exhaustive/--no-exhaustive", default=True, show_default=True, help="Stop Add1 when nothing more fits.")
@click.option("--compared", is_flag=True, help="Keep the outcome by most votes when more voters prefer that.")
@click.option("--bar", is_flag=True, help="Leave out what has too few votes for its cost (a third of its share).")
@click.option("--min-votes", type=_NUMBER, help="Leave out what has fewer votes (or points).")
@click.option("--weight", multiple=True, type=_PAIR, metavar="CHANNEL=WEIGHT", help="Weigh votes by voting_method.")
@click.option("--exclusive", multiple=True, metavar="ID,ID,...", help="Of these projects at most one may win.")
@click.option("--ties", default="id", show_default=True, help=f"A chain, with commas, of: {', '.join(rules.TIES)}.")
@click.option("--seed", default="", help="The number that was drawn in public, for the tie rule drawn.")
@click.option("--budget", type=_NUMBER, help="What if the pot were this much?")
@click.option("--cost", multiple=True, type=_PAIR, metavar="ID=COST", help="What if a project cost this much?")
@click.option(
    "--extra", multiple=True, type=_PAIR, metavar="ID=VOTERS", help="What if so many more voted for it alone?"
)
@click.option("--without", multiple=True, metavar="ID", help="What if a project were not there?")
@click.option("--explain", metavar="ID", help="Say why a project won or lost, and what would have made it win.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of --explain.")
@click.option("--other-rules", is_flag=True, help="Show what other rules would elect.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole outcome as one JSON object.")
def count_file(
    file: Path,
    *,
    rule: str,
    utility: str | None,
    completion: str | None,
    exhaustive: bool,
    compared: bool,
    bar: bool,
    min_votes: Fraction | None,
    weight: tuple[tuple[str, Fraction], ...],
    exclusive: tuple[str, ...],
    ties: str,
    seed: str,
    budget: Fraction | None,
    cost: tuple[tuple[str, Fraction], ...],
    extra: tuple[tuple[str, Fraction], ...],
    without: tuple[str, ...],
    explain: str | None,
    language: str,
    other_rules: bool,
    as_json: bool,
) -> None:
    """Count the election in FILE (.pb), exactly.

    The options --budget, --cost, --extra and --without count a changed election: what if?
    """
    source = pabulib.read(file)
    election = source.election(with_channels=bool(weight))
    _insist_channels(election, [channel for channel, _ in weight])
    if exclusive:
        election = replace(election, exclusive=tuple(frozenset(_listed(ids)) for ids in exclusive))
    election = _changed(election, budget, dict(cost), extra, without)
    method = rules.method(
        election.ballot_type,
        rule,
        utility,
        completion,
        exhaustive,
        tuple(_listed(ties)),
        seed=seed,
        is_compared=compared,
        has_bar=bar,
        min_votes=min_votes,
        weights=dict(weight),
    )
    count = Count(election, method)
    outcome = count.outcome()
    if explain:
        click.echo(_explained(count, outcome, explain, source.meta.get("currency", "EUR"), language))
    elif other_rules:
        click.echo(_side_by_side(alternatives(election, method)))
    else:
        click.echo(_json(outcome) if as_json else _table(election, outcome))


def _insist_channels(election: Election, named: list[str]) -> None:
    for channel in named:
        if channel not in election.ballots.channels:
            known = ", ".join(each or "-" for each in election.ballots.channels)
            raise Invalid(_r("No ballot came by %(channel)s; they came by: %(known)s.", channel=channel, known=known))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _changed(
    election: Election,
    budget: Fraction | None,
    costs: dict[str, Fraction],
    extra: tuple[tuple[str, Fraction], ...],
    dropped: tuple[str, ...],
) -> Election:
    if budget is not None:
        election = changes.with_budget(election, budget)
    if costs:
        election = changes.with_costs(election, costs)
    for project_id, voters in extra:
        if voters.denominator != 1 or voters < 0:
            raise Invalid(_r("%(voters)s more voters: write a whole number.", voters=str(voters)))
        election = changes.with_supporters(election, project_id, int(voters))
    return changes.without(election, dropped) if dropped else election


def _explained(count: Count, outcome: Outcome, project_id: str, currency: str, language: str) -> str:
    """Say it as the site would; only this needs the catalogues of the site."""
    from buurtbegroting.app import create_app
    from buurtbegroting.web.i18n import say, speaking

    sentences = Sentences(count, outcome, currency).of(explain_project(count, outcome, project_id))
    with create_app().app_context(), speaking(language):
        return "\n".join(say(each) for each in sentences)


def _side_by_side(found: tuple[Alternative, ...]) -> str:
    lines = []
    for each in found:
        completion = f" ({each.method.completion})" if each.method.completion else ""
        satisfied = 100 - round(100 * each.fairness.exclusion_ratio)
        lines.append(
            f"{each.method.rule}{completion}: {len(each.winners)} elected for {_amount(each.cost)}; "
            f"{satisfied} of 100 voters have a plan of their choice"
        )
        lines += [f"  + {id_}" for id_ in each.added] + [f"  - {id_}" for id_ in each.dropped]
    return "\n".join(lines)


def _json(outcome: Outcome) -> str:
    """Return the canonical outcome as other tools expect it: whole amounts as numbers, the rule on top."""
    body = json.loads(outcome.to_json())
    method = body["method"]
    body |= {name: method[name] for name in ("rule", "utility", "completion", "ties")}
    body["exhaustive"] = method["is_exhaustive"]
    for name in ("budget", "cost"):
        amount = Fraction(body[name])
        body[name] = int(amount) if amount.denominator == 1 else body[name]
    return json.dumps(body, sort_keys=True, ensure_ascii=False)


def _table(election: Election, outcome: Outcome) -> str:
    names = {project.id: project.name[:50] for project in election.projects}
    lines = [f"{election.title or 'Election'}: {outcome.voters} voters, budget {_amount(outcome.budget)}", ""]
    rows = [("", "id", "cost", "votes", "project")]
    rows += [
        (f"{step.round}.", step.project, _amount(step.cost), _amount(step.votes), names[step.project])
        for step in outcome.steps
    ]
    rows += [
        ("-", loss.project, _amount(loss.cost), _amount(loss.votes), names[loss.project]) for loss in outcome.losses
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        left, numbers = row[:2], row[2:4]
        cells = [text.ljust(width) for text, width in zip(left, widths, strict=False)]
        cells += [text.rjust(width) for text, width in zip(numbers, widths[2:], strict=False)]
        lines.append("  ".join([*cells, row[4]]).rstrip())
    lines += ["", f"{len(outcome.steps)} elected for {_amount(outcome.cost)}; {_amount(outcome.left)} left."]
    lines += [
        f"Tie in round {tie.round}: {', '.join(tie.candidates)}; first {tie.first} ({tie.broken_by})."
        for tie in outcome.ties_met
    ]
    return "\n".join(lines)


def _amount(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.2f}"
