"""A code is made at random; every single mistake and every swap in it is found before it counts as a guess."""

from __future__ import annotations

from itertools import combinations

import pytest

from buurtbegroting.blueprints.electorate.codes import ALPHABET, LENGTH, Code, new_code, new_selector, typed
from buurtbegroting.civic.refusals import Invalid

CODE = Code("AB2CD", "EF3GHJK4MN")


def is_refused(text: str) -> bool:
    try:
        typed(text)
    except Invalid:
        return True
    return False


def test_a_code_reads_back() -> None:
    assert typed(CODE.text) == CODE
    made = new_code(new_selector())
    assert typed(made.text) == made
    assert len(made.text) == LENGTH + 3


@pytest.mark.parametrize("text", [CODE.text.lower(), CODE.text.replace("-", " "), f" {CODE.text.replace('-', '')}. "])
def test_small_letters_spaces_and_marks_are_forgiven(text: str) -> None:
    assert typed(text) == CODE


def test_every_single_mistake_is_found() -> None:
    plain = CODE.text.replace("-", "")
    wrong = [plain[:n] + sign + plain[n + 1 :] for n in range(LENGTH) for sign in ALPHABET if sign != plain[n]]
    assert all(is_refused(each) for each in wrong)
    assert len(wrong) == LENGTH * (len(ALPHABET) - 1)


def test_every_swap_is_found() -> None:
    plain = CODE.text.replace("-", "")
    for one, other in combinations(range(LENGTH), 2):
        signs = list(plain)
        signs[one], signs[other] = signs[other], signs[one]
        assert plain[one] == plain[other] or is_refused("".join(signs))


def test_what_looks_like_one_of_our_signs_is_read_as_it() -> None:
    code = Code("QQ2CD", "EF3GHJK4MN")
    assert typed(code.text.replace("Q", "0", 1)) == code


@pytest.mark.parametrize("text", ["", "AB2C", CODE.text + "A", "é" * LENGTH, "0" * LENGTH])
def test_what_cannot_be_a_code_is_refused(text: str) -> None:
    assert is_refused(text)
