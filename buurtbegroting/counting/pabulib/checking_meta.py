"""What is odd in the section META."""

from __future__ import annotations

import datetime
import re

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from .amounts import amount_from, whole_from
from .files import PabulibFile, exclusive_sets
from .findings import Findings
from .names import AMOUNTS, KEYS, RULES, WHOLE_NUMBERS
from .votes import no_number

_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")


def check_meta(file: PabulibFile, findings: Findings) -> None:
    """Tell what is odd about the keys of META and their values."""
    check_amount(file.meta.get("budget", ""), "budget", None, findings)
    try:
        _ = file.ballot_type
    except Invalid as invalid:
        findings.error(invalid.reason.facts["what"])
    _check_numbers(file, findings)
    _check_period(file, findings)
    rule = file.meta.get("rule", "").strip()
    if rule not in RULES:
        findings.warning(_r("The rule %(rule)s is none of those that Pabulib names.", rule=rule[:40] or '""'))
    for key in file.meta:
        if key not in KEYS:
            findings.remark(_r("META has the key %(key)s, which the format does not name.", key=key[:40] or '""'))
    ids = {id_.strip() for id_ in file.projects.column("project_id")}
    for id_ in sorted(frozenset().union(*exclusive_sets(file.meta.get("exclusive_projects", ""))) - ids):
        findings.error(_r("exclusive_projects names project %(id)s, which is not in the list.", id=id_[:40]))


def check_amount(text: str, field: str, line: int | None, findings: Findings) -> None:
    """Tell when a text is no number, is below zero, or has a decimal comma."""
    amount = amount_from(text)
    if amount is None:
        findings.error(no_number(field, text.strip()), line)
    elif amount < 0:
        findings.error(_r("%(field)s is below zero.", field=field), line)
    elif _THOUSANDS.fullmatch(text.strip()):
        reason = _r("%(field)s is %(text)s: read as %(read)s, not as thousands.", field=field, text=text, read=amount)
        findings.warning(reason, line)
    elif "," in text:
        findings.remark(_r("%(field)s is written with a decimal comma.", field=field), line)


def _check_numbers(file: PabulibFile, findings: Findings) -> None:
    for key in WHOLE_NUMBERS:
        if file.meta.get(key, "").strip() and whole_from(file.meta[key]) is None:
            findings.warning(_r("%(key)s is %(text)s; that is no whole number.", key=key, text=file.meta[key][:40]))
    for key in AMOUNTS:
        if file.meta.get(key, "").strip() and amount_from(file.meta[key]) is None:
            findings.warning(_r("%(key)s is %(text)s; that is no number.", key=key, text=file.meta[key][:40]))
    for least, most in (("min_length", "max_length"), ("min_sum_points", "max_sum_points")):
        low, high = amount_from(file.meta.get(least, "")), amount_from(file.meta.get(most, ""))
        if low is not None and high is not None and low > high:
            findings.warning(_r("%(least)s is more than %(most)s.", least=least, most=most))
    declared = whole_from(file.meta.get("num_projects", ""))
    if declared is not None and declared != len(file.projects.rows):
        there = len(file.projects.rows)
        findings.warning(
            _r("num_projects is %(declared)s; there are %(there)s projects.", declared=declared, there=there)
        )


def _check_period(file: PabulibFile, findings: Findings) -> None:
    days = []
    for key in ("date_begin", "date_end"):
        text = file.meta.get(key, "").strip()
        days.append(_day(text, is_end=key == "date_end"))
        if text and days[-1] is None:
            findings.warning(_r("%(key)s is %(text)s; write a day as 31.12.2026, or a year.", key=key, text=text[:40]))
    if days[0] and days[1] and days[0] > days[1]:
        findings.warning(_r("date_begin is after date_end."))


def _day(text: str, *, is_end: bool) -> datetime.date | None:
    if re.fullmatch(r"[0-9]{4}", text):
        text = f"{'31.12' if is_end else '01.01'}.{text}"
    found = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
