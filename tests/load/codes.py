"""Make a million voting codes, and look whether chance made them and whether every mistake in typing is found.

    python -m tests.load.codes --codes 1000000

Symbols are held against an even spread by chi-square, per place; the check symbol is a sum and is spread evenly when
the others are. Of a share of the codes every single wrong symbol and every swap of two places is typed. The exit code
is 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import combinations

from buurtbegroting.blueprints.electorate import codes
from buurtbegroting.civic.refusals import Invalid

from .findings import Findings, tell

# With 31 symbols chi-square has 30 degrees of freedom; chance passes this once in a million places.
MOST_CHI_SQUARE = 86.0


def chi_square(counts: Counter[str]) -> float:
    """Return how far the symbols at one place are from an even spread."""
    expected = counts.total() / len(codes.ALPHABET)
    return sum((counts[symbol] - expected) ** 2 / expected for symbol in codes.ALPHABET)


def is_found(symbols: str) -> bool:
    """Tell whether a code that was typed wrongly is refused before it counts as a guess."""
    try:
        codes.typed(symbols)
    except Invalid:
        return True
    return False


def missed(symbols: str) -> tuple[int, int]:
    """Make every single mistake and every swap in a code; return how many were made and how many were not found."""
    wrong = [
        symbols[:place] + other + symbols[place + 1 :]
        for place, symbol in enumerate(symbols)
        for other in codes.ALPHABET
        if other != symbol
    ]
    for one, other in combinations(range(len(symbols)), 2):
        if symbols[one] != symbols[other]:
            swapped = list(symbols)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            wrong.append("".join(swapped))
    return len(wrong), sum(not is_found(each) for each in wrong)


def judge(number: int, mistyped: int) -> Findings:
    """Make so many codes, type some of them wrongly, and judge."""
    secrets_, counts = set(), [Counter[str]() for _ in range(codes.LENGTH)]
    unread, tried, unfound = 0, 0, 0
    for place in range(number):
        code = codes.new_code(codes.new_selector())
        symbols = code.text.replace("-", "")
        secrets_.add(code.secret)
        for count, symbol in zip(counts, symbols, strict=True):
            count[symbol] += 1
        if place < mistyped:
            unread += codes.typed(symbols.lower()) != code
            made, not_found = missed(symbols)
            tried, unfound = tried + made, unfound + not_found
    farthest = max(chi_square(each) for each in counts)
    return Findings(
        {
            "codes": number,
            "chi-square of the worst place": f"{farthest:.1f} (30 expected, at most {MOST_CHI_SQUARE:.0f})",
            "mistakes typed": tried,
        },
        {
            "secrets made twice": number - len(secrets_),
            "places whose symbols are not spread evenly": sum(chi_square(each) > MOST_CHI_SQUARE for each in counts),
            "mistakes not found": unfound,
            "codes that are not read back": unread,
        },
    )


def main() -> int:
    """Run it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, default=1_000_000)
    parser.add_argument("--mistyped", type=int, default=2_000, help="of how many codes every mistake is typed")
    options = parser.parse_args()
    return tell(judge(options.codes, options.mistyped))


if __name__ == "__main__":
    sys.exit(main())
