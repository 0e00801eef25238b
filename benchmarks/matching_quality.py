"""Print how good suggestions are on the written Dutch set of needs and offers of the tests.

python -m benchmarks.matching_quality
"""

from __future__ import annotations

from tests.matching.quality import FIRST, PRECISE, means, outcomes


def main() -> None:
    """Suggest for every need, and print what came of it."""
    found = outcomes()
    print("| need | suggested first | missed | precision | recall |")
    print("|---|---|---|--:|--:|")
    for each in found:
        missed = ", ".join(sorted(set(each.wanted) - set(each.first)))
        print(f"| {each.need} | {', '.join(each.first)} | {missed} | {each.precision:.2f} | {each.recall:.2f} |")
    precision, plain, recall = means(found)
    print(f"\n{len(found)} needs: precision of as many as fit, at most {PRECISE}: {precision:.3f}")
    print(f"precision in the first {PRECISE} shown: {plain:.3f} (most needs have one offer that fits)")
    print(f"recall in the first {FIRST}: {recall:.3f}")


if __name__ == "__main__":
    main()
