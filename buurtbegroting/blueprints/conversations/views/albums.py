"""Photos and PDFs: sending, describing and taking them away. Every download asks anew whether somebody may."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import flask

from buurtbegroting.web import subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import albums
from ..forms import DescribeForm, HideAttachmentForm
from ..models import Attachment, AttachmentState
from ..policy import may_change_attachment, may_moderate, may_see_attachment

blueprint = flask.Blueprint("albums", __name__, url_prefix="/bijlage")
# Nothing in a file that somebody sent may do anything, whatever it turns out to be.
SANDBOX = "default-src 'none'; sandbox"
# A photo is never changed under its address; a browser keeps it, no one in between does.
KEPT = "private, max-age=3600"


@dataclass(frozen=True)
class Sized:
    """A photo in one of its sizes."""

    attachment: Attachment
    is_small: bool

    @property
    def album(self) -> Any:
        """The album it is in."""
        return self.attachment.album

    @property
    def state(self) -> str:
        """Whether it is shown."""
        return self.attachment.state

    @property
    def added_by_id(self) -> object:
        """Who added it."""
        return self.attachment.added_by_id


def _sized(attachment_id: uuid.UUID, size: str) -> Sized | None:
    found = queries.attachment_by_id(attachment_id)
    known = {"photo": ("klein", "groot"), "pdf": ("bestand",)}
    if found is None or size not in known[found.kind]:
        return None
    return Sized(found, size == "klein")


@blueprint.get("/<uuid:attachment_id>/<size>")
@requires(may_see_attachment, load=_sized)
def download(sized: Sized) -> flask.Response:
    """Send a photo, or a PDF to keep."""
    found = sized.attachment
    content = queries.bytes_of(found.id, is_small=sized.is_small)
    if found.kind == "pdf":
        response = file_response(found.name, content, "application/pdf")
    else:
        response = flask.Response(content, content_type="image/webp")
    response.headers["Content-Security-Policy"] = SANDBOX
    is_public = found.album.visibility == "public" and found.state == AttachmentState.SHOWN
    response.headers["Cache-Control"] = KEPT if is_public else "no-store"
    return response


def _parts(found: Attachment, **forms: Any) -> dict[str, Any]:
    subject = subjects.find(found.album.kind, found.album.key)
    return {"attachment": found, "subject": subject, "may_moderate": may_moderate, **forms}


@blueprint.get("/<uuid:attachment_id>")
@requires(may_change_attachment, load=queries.attachment_by_id)
def attachment(found: Attachment) -> str:
    """Show one photo or PDF to who may change it."""
    form = DescribeForm(data={"text": found.text})
    return flask.render_template("conversations/attachment.html", **_parts(found, form=form, hide=HideAttachmentForm()))


@blueprint.post("/<uuid:attachment_id>")
@requires(may_change_attachment, load=queries.attachment_by_id)
def describe(found: Attachment) -> Any:
    """Keep other words for what is on it."""
    form = DescribeForm()
    if submit(form, lambda: albums.describe_attachment(current_actor(), found, form.text.data)) is None:
        return page_with_errors("conversations/attachment.html", **_parts(found, form=form, hide=HideAttachmentForm()))
    return flask.redirect(flask.url_for(".attachment", attachment_id=found.id, gelukt="bewaard"), 303)


def _back(found: Attachment) -> str:
    subject = subjects.find(found.album.kind, found.album.key)
    return subject.href if subject else flask.url_for("municipalities.home")


@blueprint.post("/<uuid:attachment_id>/weghalen")
@requires(may_change_attachment, load=queries.attachment_by_id)
def take_away(found: Attachment) -> Any:
    """Take it away for good."""
    back = _back(found)
    press(lambda: albums.take_away(current_actor(), found))
    return flask.redirect(back, 303)


@blueprint.post("/<uuid:attachment_id>/verbergen")
@requires(may_moderate, load=queries.attachment_by_id)
def hide(found: Attachment) -> Any:
    """Hide it with a reason."""
    form = HideAttachmentForm()
    if submit(form, lambda: albums.hide_attachment(current_actor(), found, form.reason.data or "")) is None:
        known = DescribeForm(formdata=None, data={"text": found.text})
        return page_with_errors("conversations/attachment.html", **_parts(found, form=known, hide=form))
    return flask.redirect(flask.url_for(".attachment", attachment_id=found.id, gelukt="verborgen"), 303)


@blueprint.post("/<uuid:attachment_id>/tonen")
@requires(may_moderate, load=queries.attachment_by_id)
def show(found: Attachment) -> Any:
    """Show it again."""
    press(lambda: albums.show_attachment(current_actor(), found))
    return flask.redirect(flask.url_for(".attachment", attachment_id=found.id, gelukt="getoond"), 303)
