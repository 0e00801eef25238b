"""Throw broken files at the Pabulib reader and look for a crash, a hang, or memory without bound.

    python benchmarks/fuzz_pabulib.py --minutes 10 --seed 1

Inputs are mutations of our own fixtures and, where they are there, of small real files. Each is read, counted into an
election, checked and written in a child process with a limit on memory, and two seconds of processor time for each of
these four. What breaks is kept in a folder under var/; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This copy of the code is judged, not one that is installed.
sys.path.insert(0, str(ROOT))

from buurtbegroting.civic.refusals import Invalid  # noqa: E402
from buurtbegroting.counting import pabulib  # noqa: E402
from buurtbegroting.counting.pabulib.checking import check_content  # noqa: E402

REAL_DATA = Path(os.environ.get("BUURTBEGROTING_REAL_DATA", ROOT / "../shared/data")).resolve()
SECONDS = 2.0
WAIT = 20.0
MEMORY = 1500 * 1024 * 1024
SMALL = 40_000
SHARE_OF_BIG_ONES = 0.02
LARGE = 3_000_000
TOKENS = (
    *(b";", b",", b'"', b'""', b'";"', b"\n", b"\r", b"\r\n", b"\n\n", b";;;;", b"\x1f", b"\x1e", b" ", b"\t", b"."),
    *(b"-", b"+", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u2028\x85\u00a0٣²½𝄞".encode(), b"a" * 33),
    *(b"META", b"PROJECTS", b"VOTES", b"\nVOTES\n", b"\nMETA;;\n", b"\nPROJECTS\n", b"key;value\n"),
    *(b"project_id", b"cost", b"selected", b"voter_id", b"vote", b"points", b"voting_method"),
    *(b"budget;", b"vote_type;", b"max_length;", b"exclusive_projects;", b"num_votes;", b"1,2|2,3"),
    *(b"max_sum_cost;1\n", b"approval", b"choose-1", b"ordinal", b"cumulative", b"scoring"),
    *(b"1e999999999", b"1_000", b"-1", b"0", b"1/3", b"nan", b"inf", b"0x10", b"1,000", b"999999999"),
    *(b"9" * 19, b"9" * 40, b"9" * 41, b"9" * 5000, b"0." + b"0" * 30 + b"1"),
)  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]


def flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut_out(content: bytes, chance: random.Random) -> bytes:
    start, end = span(content, chance)
    return content[:start] + content[end:]


def double(content: bytes, chance: random.Random) -> bytes:
    start, end = span(content, chance)
    times = chance.choice((2, 2, 3, 50))
    return content[:start] + content[start:end] * times + content[end:]


def splice(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 2, 5))):
        start = chance.randint(0, len(content))
        end = start + chance.choice((0, 0, 1, 4))
        content = content[:start] + chance.choice(TOKENS) + content[end:]
    return content


def replace_field(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    place = chance.randrange(len(lines))
    cells = lines[place].split(b";")
    cells[chance.randrange(len(cells))] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 100))
    lines[place] = b";".join(cells)
    return b"\n".join(lines)


def swap_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def swap_sections(content: bytes, chance: random.Random) -> bytes:
    places = sorted(place for name in (b"META", b"PROJECTS", b"VOTES") if (place := content.find(name)) >= 0)
    parts = [content[start:end] for start, end in pairwise([*places, len(content)])]
    chance.shuffle(parts)
    return b"\n".join(parts)


def truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def change_everywhere(content: bytes, chance: random.Random) -> bytes:
    return content.replace(chance.choice((b"\n", b";", b",", b"1", b" ", b"approval")), chance.choice(TOKENS))[:LARGE]


def blow_up(content: bytes, chance: random.Random) -> bytes:
    token = chance.choice(TOKENS)
    start = chance.randint(0, len(content))
    return content[:start] + token * (chance.choice((100_000, 1_000_000, LARGE)) // len(token)) + content[start:]


def many_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    line = chance.choice(lines) + b"\n"
    return content + line * (chance.choice((10_000, 1_000_000)) // len(line))


OFTEN: tuple[Mutation, ...] = (
    flip, cut_out, double, splice, splice, replace_field, replace_field, swap_lines, swap_sections, truncate,
    change_everywhere,
)  # fmt: skip
SELDOM: tuple[Mutation, ...] = (blow_up, many_lines)


def span(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 2, 10, 100, 1000)))


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    content = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        content = chance.choice(OFTEN)(content, chance)
    if chance.random() < SHARE_OF_BIG_ONES:
        content = chance.choice(SELDOM)(content, chance)
    return content[: 2 * LARGE]


class Stopwatch:
    """Keeps the processor time of the longest of several steps, in seconds."""

    def __init__(self) -> None:
        self.longest, self._begun = 0.0, 0.0

    def __enter__(self) -> None:
        self._begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.longest = max(self.longest, time.process_time() - self._begun)


def judged(content: bytes, step: Stopwatch) -> str:
    """Read, count in, check, write and read again; return what came of it, or raise what should not be."""
    with step:
        report = check_content(content, "fuzz.pb")
    for each in (report.summary, *report.findings):
        str(each)
    try:
        with step:
            file = pabulib.parse(content, "fuzz.pb")
        with step:
            election = file.election(with_channels=True)
    except Invalid as refusal:
        if not str(refusal).startswith("fuzz.pb"):
            raise AssertionError(f"no place in: {refusal}") from refusal
        if report.can_be_counted:
            raise AssertionError(f"checked as countable, but: {refusal}") from refusal
        return "refused"
    if not report.can_be_counted:
        raise AssertionError(f"read, but checked as not countable: {[str(each) for each in report.findings][:3]}")
    with step:
        written = pabulib.write(file).encode()
    again = pabulib.parse(written, "fuzz.pb")
    same = (again.meta, again.projects.rows, again.votes.rows) == (file.meta, file.projects.rows, file.votes.rows)
    if not same or again.election(with_channels=True) != election:
        raise AssertionError("written and read again, it is not the same")
    return "read"


def child(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        content = pipe.recv_bytes()
        step = Stopwatch()
        try:
            verdict, detail = judged(content, step), ""
        except BaseException:
            verdict, detail = "CRASH", traceback.format_exc()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        pipe.send((verdict, detail, step.longest, peak))


class Worker:
    """A child process that judges one input after another, and is replaced when it hangs or dies."""

    def __init__(self) -> None:
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=child, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def judge(self, content: bytes) -> tuple[str, str, float, int]:
        """Return what came of an input, details, seconds of the longest step, and peak memory in megabytes."""
        self.pipe.send_bytes(content)
        # Time of the processor is limited; by the clock a busy machine may take longer.
        if not self.pipe.poll(WAIT):
            self.process.kill()
            self.process.join()
            return "HANG", f"no answer after {WAIT} s", WAIT, 0
        try:
            verdict, detail, seconds, peak = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            return "DEATH", "the process died", 0.0, 0
        return ("SLOW" if seconds > SECONDS and verdict != "CRASH" else verdict), detail, seconds, peak


def seeds() -> list[bytes]:
    paths = sorted((ROOT / "tests/fixtures/pb").glob("*.pb"))
    paths += [path for path in sorted((REAL_DATA / "pb").glob("*.pb")) if path.stat().st_size <= SMALL]
    return [path.read_bytes() for path in paths]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kept = ROOT / "var" / f"fuzz-pabulib-{options.seed}"
    chance, originals = random.Random(options.seed), seeds()
    counts: Counter[str] = Counter()
    slowest, size_of_slowest, most_memory = 0.0, 0, 0
    worker = Worker()
    ends = time.monotonic() + options.minutes * 60
    while time.monotonic() < ends:
        content = mutated(originals, chance)
        verdict, detail, seconds, peak = worker.judge(content)
        counts[verdict] += 1
        most_memory = max(most_memory, peak)
        if seconds > slowest:
            slowest, size_of_slowest = seconds, len(content)
        if verdict.isupper():
            kept.mkdir(parents=True, exist_ok=True)
            name = f"{verdict.lower()}-{hashlib.sha256(content).hexdigest()[:12]}"
            (kept / f"{name}.pb").write_bytes(content)
            (kept / f"{name}.txt").write_text(detail)
            print(f"{verdict} {name} ({len(content):,} bytes, {seconds:.2f} s): {detail.strip()[-200:]}", flush=True)
        if not worker.process.is_alive():
            worker = Worker()
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
    print(f"{sum(counts.values()):,} inputs from {len(originals)} files, seed {options.seed}: {told}")
    print(f"slowest {slowest:.2f} s ({size_of_slowest:,} bytes); peak memory {most_memory} MB")
    return int(any(verdict.isupper() for verdict in counts))


if __name__ == "__main__":
    sys.exit(main())
