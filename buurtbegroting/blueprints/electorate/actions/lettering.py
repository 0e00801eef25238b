"""Letters with codes: asked for by one official, released by another, made by a worker, fetched once.

A plain code exists in the memory of the worker and in one encrypted file; nowhere else.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, crypto, jobs
from buurtbegroting.foundation.database import db, read_anew
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.vault import vault

from .. import codes, queries
from ..models import CodeBatch, RegisterEntry, VotingCode
from ..policy import may_fetch_letters, may_keep_register, may_note_batch, may_release_batch, may_take_back_batch
from ..secrecy import secret_to_hash
from ..states import CODES, CodeState
from .registering import address_of

# As many letters as one worker makes within its lease.
MOST_LETTERS = 2_000


@dataclass(frozen=True)
class Letter:
    """A letter for one voter, with the plain code in it."""

    reference: str
    address: Sequence[str]
    code: str
    language: str
    is_large_print: bool


# Letters become a file that a printer takes: a page per letter, and a list to merge. Given by the views.
Packed = Callable[[Round, Sequence[Letter]], bytes]
_PACKING: dict[str, Packed] = {}


def pack_with(packed: Packed) -> Packed:
    """Let letters be packed by this function."""
    _PACKING["letters"] = packed
    return packed


def certificate_in(text: str) -> x509.Certificate:
    """Return the certificate of a printer; raise Invalid for what is none or cannot be encrypted to."""
    try:
        found = x509.load_pem_x509_certificate(text.strip().encode())
        is_usable = isinstance(found.public_key(), RSAPublicKey)
    except (ValueError, UnsupportedAlgorithm):
        is_usable = False
    if not is_usable:
        words = _r("This is no certificate (PEM) with an RSA key. Ask the printer for it, or make one yourself.")
        raise Invalid(words, {"certificate": words})
    return found


@deed("electorate:letters:asked")
def ask_for_letters(actor: Actor, round_: Round, certificate: str) -> Round:
    """Ask for letters for everybody who has no code yet, encrypted for who has the key to a certificate (PEM)."""
    now = clock.now(db.session())
    insist(may_keep_register(actor, round_, now))
    certificate_in(certificate)
    waiting = sum(line.batch.kind == "letters" and line.batch.made_at is None for line in queries.batches_of(round_.id))
    if waiting:
        raise NotNow(_r("Letters were asked for already. Wait until they are made, or take them back."))
    number = len(queries.entries_without_code(round_.id))
    if not number:
        raise NotNow(_r("Everybody in the register who gets a letter has a code."))
    first = queries.next_batch_number(round_.id)
    for place in range(-(-number // MOST_LETTERS)):
        db.session.add(
            CodeBatch(
                round=round_,
                number=first + place,
                kind="letters",
                asked_by=str(actor.id),
                asked_at=now,
                certificate=certificate.strip(),
            )
        )
    db.session.flush()
    return round_


@deed("electorate:letters:released")
def release_letters(actor: Actor, batch: CodeBatch) -> CodeBatch:
    """Let letters be made, as the second official."""
    insist(may_release_batch(actor, batch, clock.now(db.session())))
    batch.released_by = str(actor.id)
    jobs.post(db.session(), "electorate:letters made", batch_id=str(batch.id))
    return batch


@deed("electorate:letters:taken back")
def take_back_letters(actor: Actor, batch: CodeBatch) -> CodeBatch:
    """Take back letters that nobody released."""
    insist(may_take_back_batch(actor, batch, clock.now(db.session())))
    db.session.delete(batch)
    return batch


@jobs.job("electorate:letters made")
def make_letters(batch_id: str) -> None:
    """Make the codes of a batch, and the encrypted file with its letters; done again it changes nothing.

    Hashing and drawing take minutes, so nobody waits for them: first the letters, then one short deed.
    """
    batch = queries.batch_by_id(uuid.UUID(batch_id))
    if batch is None or batch.made_at is not None:
        return
    round_, certificate = batch.round, certificate_in(batch.certificate)
    entries = queries.entries_without_code(round_.id)[:MOST_LETTERS]
    taken = queries.selectors_of(round_.id)
    made = [(each, _new_code(taken)) for each in entries]
    hashes = [crypto.hashed_password(secret_to_hash(round_.id, code.selector, code.secret)) for _, code in made]
    letters = [letter_for(each, code) for each, code in made]
    packed = _PACKING["letters"](round_, letters)
    rows = [
        {"entry_id": entry.id, "selector": code.selector, "secret_hash": kept}
        for (entry, code), kept in zip(made, hashes, strict=True)
    ]
    path = _folder() / f"{batch.id}.p7m"
    encrypted = PKCS7EnvelopeBuilder().set_data(packed).add_recipient(certificate)
    path.write_bytes(encrypted.encrypt(Encoding.DER, [PKCS7Options.Binary]))
    read_anew(db.session())
    keep_letters(SYSTEM, batch, rows, path)


def letter_for(entry: RegisterEntry, code: codes.Code) -> Letter:
    """Return the letter of somebody with a new code."""
    return Letter(entry.reference, address_of(entry), code.text, entry.language, entry.is_large_print)


def _new_code(taken: set[str]) -> codes.Code:
    selector = codes.new_selector()
    while selector in taken:
        selector = codes.new_selector()
    taken.add(selector)
    return codes.new_code(selector)


def _folder() -> Path:
    folder = vault().folder.parent / "letters"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@deed("electorate:letters:made")
def keep_letters(actor: Actor, batch: CodeBatch, rows: Sequence[dict[str, object]], path: Path) -> CodeBatch:
    """Keep the hashes of new codes, and where the file with their letters stands."""
    if batch.made_at is not None:
        path.unlink(missing_ok=True)
        return batch
    for row in rows:
        db.session.add(VotingCode(round_id=batch.round_id, batch=batch, **row))
    batch.made_at = clock.now(db.session())
    batch.file_path = str(path)
    batch.file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    return batch


@dataclass(frozen=True)
class PrintFile:
    """The encrypted file of a batch, as it is fetched."""

    audit_subject: CodeBatch
    content: bytes


@deed("electorate:letters:fetched")
def fetch_letters(actor: Actor, batch: CodeBatch) -> PrintFile:
    """Hand over the print file, once; after that it is gone from here and the codes count as printed."""
    now = clock.now(db.session())
    insist(may_fetch_letters(actor, batch, now))
    path = Path(batch.file_path)
    content = path.read_bytes()
    batch.file_path, batch.downloaded_at = "", now
    _move(batch, "print")
    path.unlink()
    return PrintFile(batch, content)


@deed("electorate:letters:sent")
def note_sent(actor: Actor, batch: CodeBatch) -> CodeBatch:
    """Note that the letters of a batch are in the post."""
    insist(may_note_batch(actor, batch, clock.now(db.session())))
    _move(batch, "send")
    return batch


@deed("electorate:letters:withdrawn")
def withdraw_batch(actor: Actor, batch: CodeBatch) -> CodeBatch:
    """Let no code of a batch work any more, as when a printer lost it; its voters get new ones in a next batch."""
    insist(may_note_batch(actor, batch, clock.now(db.session())))
    if batch.file_path:
        Path(batch.file_path).unlink(missing_ok=True)
        batch.file_path = ""
    _move(batch, "withdraw")
    return batch


def _move(batch: CodeBatch, name: str) -> None:
    for code in queries.codes_in(batch.id):
        if code.state in CODES.moves[name][0]:
            code.state_name = CODES.move(code.state, name).value
    db.session.flush()


def new_code_for(actor: Actor, entry: RegisterEntry) -> tuple[codes.Code, CodeBatch]:
    """Make one code for somebody, in a batch of its own; inside the running deed."""
    now = clock.now(db.session())
    batch = CodeBatch(
        round_id=entry.round_id,
        number=queries.next_batch_number(entry.round_id),
        kind="desk",
        asked_by=str(actor.id),
        asked_at=now,
        released_by=str(actor.id),
        made_at=now,
        downloaded_at=now,
    )
    code = _new_code(queries.selectors_of(entry.round_id))
    kept = crypto.hashed_password(secret_to_hash(entry.round_id, code.selector, code.secret))
    row = VotingCode(round_id=entry.round_id, entry=entry, batch=batch, selector=code.selector, secret_hash=kept)
    row.state_name = CodeState.PRINTED.value
    db.session.add_all([batch, row])
    db.session.flush()
    return code, batch
