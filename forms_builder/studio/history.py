"""What somebody did to a form in this session, so that it can be undone and done again.

Kept with the session and packed small. It reaches back only as far as nobody else changed the form in between:
undoing would take their work away with it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import MutableMapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.errors import ChangedMeanwhile
from forms_builder.studio.arrangement import Steps

NAME = "form_edits"
MOST = 20
#: Of so many forms at once.
FORMS = 5


class History:
    """`session` is a mapping that keeps what is assigned to it."""

    def __init__(self, session: MutableMapping[str, Any], form: str) -> None:
        self.session, self.form = session, form

    @property
    def held(self) -> dict[str, Any]:
        found: dict[str, Any] = self.session.get(NAME, {}).get(self.form, {})
        return {"back": [], "forward": [], "at": "", **found}

    def _keep(self, held: dict[str, Any]) -> None:
        others = {k: v for k, v in self.session.get(NAME, {}).items() if k != self.form}
        newest = dict(list(others.items())[-(FORMS - 1) :])
        self.session[NAME] = {**newest, self.form: held}

    def can_undo(self, steps: Steps) -> bool:
        return bool(self.held["back"]) and self.held["at"] == mark(steps)

    def can_redo(self, steps: Steps) -> bool:
        return bool(self.held["forward"]) and self.held["at"] == mark(steps)

    def done(self, before: Steps, after: Steps) -> None:
        """An edit; what was undone before it cannot be done again."""
        back = self.held["back"] if self.held["at"] in ("", mark(before)) else []
        if before != after:
            self._keep({"back": [*back, packed(before)][-MOST:], "forward": [], "at": mark(after)})

    def undo(self, steps: Steps) -> Steps | None:
        """The steps as they were before; None where there is nothing. Raises `ChangedMeanwhile`."""
        return self._go(steps, "back", "forward")

    def redo(self, steps: Steps) -> Steps | None:
        return self._go(steps, "forward", "back")

    def _go(self, steps: Steps, one: str, other: str) -> Steps | None:
        held = self.held
        if not held[one]:
            return None
        if held["at"] != mark(steps):
            self._keep({})
            raise ChangedMeanwhile(
                _("Somebody else changed the form meanwhile: nothing is undone.")
            )
        found = unpacked(held[one][-1])
        self._keep(
            {one: held[one][:-1], other: [*held[other], packed(steps)][-MOST:], "at": mark(found)}
        )
        return found


def _text(steps: Steps) -> bytes:
    return json.dumps(steps, sort_keys=True, ensure_ascii=False).encode()


def mark(steps: Steps) -> str:
    return hashlib.sha256(_text(steps)).hexdigest()[:16]


def packed(steps: Steps) -> str:
    return base64.b64encode(zlib.compress(_text(steps))).decode()


def unpacked(text: str) -> Steps:
    found: Steps = json.loads(zlib.decompress(base64.b64decode(text)))
    return found
