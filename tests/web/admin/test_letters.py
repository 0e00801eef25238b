"""The desk prints letters for who has no e-mail, and says that they were printed."""

from __future__ import annotations

from io import BytesIO

import pypdf
from sqlalchemy import select

from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import outbox
from buurtbegroting.foundation.database import db, read_anew, transaction
from buurtbegroting.foundation.outbox import Message, Recipient
from tests.factories.people import let_in, make_person, token_field
from tests.factories.towns import Town
from tests.pages import CheckedClient


def write(name: str) -> None:
    to = Recipient(None, "nl", "letter", f"{name}\nDorpsstraat 1\n1234 AB Proefstad", name)
    with transaction(db.session()):
        outbox.send(db.session(), "accounts:role-given", to, role="ambassador")


def test_letters_are_printed_with_their_address_and_wiped_when_that_was_said(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Bram", RoleName.PAPER_CLERK))
    assert "Er wacht geen brief" in client.get("/beheer/brieven").text
    write("Mw. Bos")
    write("Dhr. Tan")
    page = client.get("/beheer/brieven").text
    pdf = pypdf.PdfReader(BytesIO(client.get("/beheer/brieven.pdf").data))
    texts = [each.extract_text() for each in pdf.pages]
    assert len(texts) == 2
    assert "Dorpsstraat 1" in texts[0]
    assert "U hebt een nieuwe rol: Wijkambassadeur." in texts[0]
    write("Te laat")
    shown = page.split('name="letter" value="')[1:]
    data = {"csrf_token": token_field(page), "letter": [each.split('"')[0] for each in shown]}
    assert client.post("/beheer/brieven", data=data).status_code == 303
    read_anew(db.session())
    states = sorted(
        (each.state, each.sealed is None)
        for each in db.session.scalars(select(Message).where(Message.channel == "letter"))
    )
    assert states == [("printed", True), ("printed", True), ("waiting", False)]
    assert client.post("/beheer/brieven", data=data).status_code == 409
