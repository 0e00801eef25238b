"""``buurtbegroting election``: what there is to say about a Pabulib file before anybody counts it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from buurtbegroting.counting.pabulib.checking import Report, check


@click.group("election")
def election_group() -> None:
    """Check elections that others hand over as files."""


@election_group.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")
def check_file(file: Path, as_json: bool) -> None:
    """Tell whether FILE (.pb) can be counted, and what in it is odd; exit with 2 when it cannot."""
    report = check(file)
    click.echo(_json(report) if as_json else _text(report))
    if not report.can_be_counted:
        sys.exit(2)


def _json(report: Report) -> str:
    body = {
        "file": report.file,
        "summary": str(report.summary),
        "can_be_counted": report.can_be_counted,
        "projects": report.projects,
        "ballots": report.ballots,
        "budget": None if report.budget is None else str(report.budget),
        "findings": [
            {"level": each.level.value, "line": each.line, "what": str(each.reason)} for each in report.findings
        ],
    }
    return json.dumps(body, sort_keys=True, ensure_ascii=False)


def _text(report: Report) -> str:
    width = max((len(each.level) for each in report.findings), default=0)
    lines = [str(report.summary), *(f"{each.level.ljust(width)}  {each}" for each in report.findings)]
    # A sentence quotes the file; what would move the cursor or begin a line is shown as it is written in code.
    return "\n".join("".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line) for line in lines)
