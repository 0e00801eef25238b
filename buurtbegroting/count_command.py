"""``buurtbegroting count``: count a Pabulib file, as a table for people or as JSON for machines."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import click

from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import Election
from buurtbegroting.counting.outcomes import Outcome


@click.command("count")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rule", default="equal-shares", show_default=True, help=f"One of: {', '.join(rules.RULES)}.")
@click.option("--utility", help=f"One of: {', '.join(rules.UTILITIES)}. Default: as fits the ballots.")
@click.option("--completion", help=f"One of: {', '.join(rules.COMPLETIONS)}. Default for equal shares: add1u.")
@click.option("--exhaustive/--no-exhaustive", default=True, show_default=True, help="Stop Add1 when nothing more fits.")
@click.option("--ties", default="id", show_default=True, help=f"A chain, with commas, of: {', '.join(rules.TIES)}.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole outcome as one JSON object.")
def count_file(
    file: Path, rule: str, utility: str | None, completion: str | None, exhaustive: bool, ties: str, as_json: bool
) -> None:
    """Count the election in FILE (.pb), exactly."""
    election = pabulib.read(file).election()
    chain = tuple(part.strip() for part in ties.split(",") if part.strip())
    method = rules.method(election.ballot_type, rule, utility, completion, exhaustive, chain)
    outcome = count(election, method)
    click.echo(_json(outcome) if as_json else _table(election, outcome))


def _json(outcome: Outcome) -> str:
    """Return the canonical outcome with whole amounts as numbers, which is what other tools expect."""
    body = json.loads(outcome.to_json())
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
