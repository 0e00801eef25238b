"""Callers of the site: each votes for one voter after another and writes down which receipt it was shown."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .votes import Vote, choice

PATIENCE = 120.0
PAUSE = 0.05
LEAF = re.compile(r"\b[0-9a-f]{64}\b")
BOLD = re.compile(r"<strong>(.*?)</strong>", re.S)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Wish:
    """What a voter will do: the choices one after another, and whether the first answer gets lost on its way."""

    number: int
    choices: tuple[tuple[str, ...], ...]
    drops: bool = False


@dataclass(frozen=True)
class Kept:
    """A ballot of which the site said that it was received, and what stood on the receipt."""

    keys: tuple[str, ...]
    submission: str
    leaf: str


@dataclass
class Ledger:
    """What callers were told: the ballots of each voter, what else was answered, and how long everything took.

    ``gone`` counts ballots that were acknowledged and had no receipt afterwards; ``in_flight`` holds the forms that
    were sent and not answered yet.
    """

    kept: dict[int, list[Kept]] = field(default_factory=dict)
    in_flight: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    said_in_bold: Counter[str] = field(default_factory=Counter)
    other_receipts: int = 0
    gone: int = 0
    retries: int = 0
    cast_seconds: list[float] = field(default_factory=list)
    receipt_seconds: list[float] = field(default_factory=list)
    began_at: float = 0

    def begin(self) -> None:
        """Note that the first ballot can come now."""
        self.answers.clear()
        self.began_at = time.monotonic()

    @property
    def ballots(self) -> list[Kept]:
        """Everything that was acknowledged."""
        return [each for of_voter in self.kept.values() for each in of_voter]


@dataclass(frozen=True)
class Page:
    """An answer of the site."""

    status: int
    location: str
    text: str
    cookies: tuple[str, ...] = ()


def wishes(vote: Vote, voters: int, chance: random.Random, *, changes: float, drops: float) -> list[Wish]:
    """Return what so many voters will do; some change their vote, and of some the first answer gets lost."""
    made = []
    for number in range(voters):
        times = 2 if chance.random() < changes else 1
        made.append(Wish(number, tuple(choice(vote, chance) for _ in range(times)), chance.random() < drops))
    return made


class Caller:
    """A browser with a session of its own. It asks again, with the same form, as long as it gets no answer."""

    def __init__(self, port: int, vote: Vote, cookies: Sequence[str], ledger: Ledger) -> None:
        self.port, self.vote, self.tickets, self.ledger = port, vote, cookies, ledger
        door = self._until_answered(lambda: self._ask("GET", vote.address))
        self.session = door.cookies[0]
        self.token = TOKEN.findall(door.text)[0]

    def _connection(self, method: str, path: str, cookies: str, form: str) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        connection.request(method, path, form or None, headers)
        return connection

    def _ask(self, method: str, path: str, cookies: str = "", form: str = "") -> Page:
        connection = self._connection(method, path, cookies, form)
        try:
            answer = connection.getresponse()
            found = tuple(each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie", ()))
            return Page(answer.status, answer.headers.get("Location", ""), answer.read().decode(), found)
        finally:
            connection.close()

    def _until_answered(self, ask: Callable[[], Page]) -> Page:
        """Ask until there is an answer that is not about the site being out of order."""
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                page = ask()
            except (OSError, http.client.HTTPException) as error:
                name = type(error).__name__
            else:
                if page.status < 500:
                    return page
                name = str(page.status)
                self.ledger.said_in_bold.update(" ".join(each.split()) for each in BOLD.findall(page.text))
            self.ledger.answers[name] += 1
            if time.monotonic() > ends:
                raise TimeoutError(name)
            time.sleep(PAUSE)

    def fulfil(self, wish: Wish) -> None:
        """Vote as a voter wants, and write down every receipt."""
        for place, keys in enumerate(wish.choices):
            kept = self._vote(wish.number, keys, place, drops=wish.drops and place == 0)
            if kept:
                self.ledger.kept.setdefault(wish.number, []).append(kept)

    def _vote(self, number: int, keys: tuple[str, ...], seen: int, *, drops: bool) -> Kept | None:
        submission, cookies = str(uuid.uuid4()), f"{self.session}; {self.tickets[number]}"
        fields = [("csrf_token", self.token), ("submission", submission), ("pot", "1"), ("gezien", str(seen))]
        form = urlencode([*fields, *(("keuze", key) for key in keys)])
        path = f"{self.vote.address}/pot-1/uitbrengen"
        self.ledger.in_flight.add(submission)
        if drops:
            self._connection("POST", path, cookies, form).close()
            self.ledger.retries += 1
        began = time.monotonic()
        page = self._until_answered(lambda: self._ask("POST", path, cookies, form))
        self.ledger.cast_seconds.append(time.monotonic() - began)
        self.ledger.in_flight.discard(submission)
        self.ledger.answers[str(page.status)] += 1
        if page.status != 303:
            return None
        leaf = self._leaf(cookies)
        if drops:
            self._until_answered(lambda: self._ask("POST", path, cookies, form))
            self.ledger.other_receipts += self._leaf(cookies) != leaf
        return Kept(keys, submission, leaf)

    def _leaf(self, cookies: str) -> str:
        """Return the check number on the receipt; without one, a ballot that was acknowledged is gone."""
        began = time.monotonic()
        page = self._until_answered(lambda: self._ask("GET", f"{self.vote.address}/bon?pot=1", cookies))
        self.ledger.receipt_seconds.append(time.monotonic() - began)
        found = LEAF.findall(page.text) if page.status == 200 else []
        self.ledger.gone += not found
        return found[0] if found else ""


def let_vote(port: int, vote: Vote, cookies: Sequence[str], wanted: Sequence[Wish], clients: int) -> Running:
    """Let callers begin together, each with its share of the voters, when all of them have seen the door."""
    ledger = Ledger()
    together = threading.Barrier(clients, action=ledger.begin)

    def call(own: Sequence[Wish]) -> None:
        caller = Caller(port, vote, cookies, ledger)
        together.wait()
        for wish in own:
            caller.fulfil(wish)

    threads = [threading.Thread(target=call, args=(wanted[place::clients],), daemon=True) for place in range(clients)]
    for each in threads:
        each.start()
    return Running(ledger, threads)


@dataclass(frozen=True)
class Running:
    """Callers at work, and what they write down."""

    ledger: Ledger
    threads: list[threading.Thread]

    @property
    def is_going_on(self) -> bool:
        """Whether somebody still votes."""
        return any(each.is_alive() for each in self.threads)

    def wait(self) -> Ledger:
        """Wait until everybody is done."""
        for each in self.threads:
            each.join()
        return self.ledger
