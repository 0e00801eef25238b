"""Who hears of what happens in the network of a wijk."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice

TIE_ASKED = "network:tie asked"
TIE_AGREED = "network:tie agreed"

NOTICES = (
    Notice(TIE_ASKED, _r("%(other)s wants to work with you"), "network/mail/tie_asked.txt"),
    Notice(TIE_AGREED, _r("You work together with %(other)s now"), "network/mail/tie_agreed.txt"),
)
