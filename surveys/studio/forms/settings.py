"""How a survey is answered and who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from crm_config.forms.labels import LabelsField, merged
from crm_config.forms.options import LinesField
from forms_builder.studio.forms.parts import said, ticks, with_known
from forms_builder.studio.forms.settings import OpeningChecks
from surveys.models import Survey

TEXTS = ("labels", "intro", "submit")
FLAGS: Mapping[str, tuple[Any, Any]] = {
    "anonymous": (
        _("Anonymous"),
        _("Answers are joined with nobody, and cannot be: not even by who runs the site."),
    ),
    "editable": (_("Answers can be changed until it closes"), ""),
    "one_per_page": (_("One question on each page"), _("Else as the pages say.")),
    "resume": (_("It can be kept and answered later"), ""),
    "latest_only": (_("Of each person the latest answers count"), _("Else all of them.")),
}
NUMBERS: Mapping[str, tuple[Any, int, int, Any]] = {
    "minutes": (_("Takes about so many minutes"), 1, 600, ""),
    "per_hour": (_("From one network address within an hour"), 1, 100_000, _("Empty: 20.")),
    "min_seconds": (_("Who is quicker is asked to look again"), 0, 600, _("In seconds. Empty: never.")),
    "idle": (_("A kiosk begins anew after so many seconds"), 20, 3600, _("Empty: 120.")),
    "floor": (
        _("Results are hidden below so many answers"),
        1,
        1000,
        _("So that nobody can be told from them. Empty: 5."),
    ),
}  # fmt: skip
WHEN = _("A day (2026-12-31) or a moment (2026-12-31 18:00). Empty: no limit.")
GROUPS: Sequence[tuple[str, Any, tuple[str, ...]]] = (
    ("texts", _("Texts"), TEXTS),
    ("answered", _("How it is answered"), ("anonymous", "editable", "one_per_page", "resume", "minutes", "privacy")),
    ("open", _("When it is open"), ("opens", "closes", "closed")),
    ("results", _("Who reads the answers"), ("floor", "latest_only", "roles")),
    ("guard", _("Frames, kiosks and machines"), ("embed", "idle", "per_hour", "min_seconds")),
)  # fmt: skip


class SettingsForm(OpeningChecks, forms.Form):
    use_required_attribute = False

    def __init__(
        self, *args: Any, row: Survey, snapshot: Snapshot, languages: Sequence[str], **kwargs: Any
    ) -> None:
        self.row, self.snapshot, self.languages = row, snapshot, languages
        texts = {name: getattr(row, name) for name in TEXTS}
        roles = row.settings.get("results", {}).get("roles", [])
        kwargs["initial"] = {**texts, **row.settings, "roles": roles}
        super().__init__(*args, **kwargs)
        self._texts()
        for name, (label, help_text) in FLAGS.items():
            self.fields[name] = forms.BooleanField(label=label, help_text=help_text, required=False)
        for name, (label, least, most, help_text) in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=label, help_text=help_text, min_value=least, max_value=most, required=False
            )
        self._reach(roles)

    def _texts(self) -> None:
        about: dict[str, Any] = {"languages": self.languages, "required": False}
        add = self.fields
        add["labels"] = LabelsField(label=_("Name"), languages=self.languages, max_length=100)
        add["intro"] = LabelsField(
            label=_("Introduction"), rows=3, help_text=_("Who asks, and why."), **about
        )
        add["submit"] = LabelsField(
            label=_("Button"), max_length=60, help_text=_("Empty: “Send”."), **about
        )
        add["closed"] = LabelsField(label=_("Said when it is closed"), rows=2, **about)

    def _reach(self, roles: Sequence[str]) -> None:
        add = self.fields
        for name, label in (("opens", _("Opens")), ("closes", _("Closes"))):
            add[name] = forms.CharField(label=label, required=False, max_length=40, help_text=WHEN)
        add["privacy"] = forms.CharField(
            label=_("Where privacy is explained"),
            required=False,
            max_length=500,
            help_text=_("An address: https://… or /…"),
        )
        add["embed"] = LinesField(
            label=_("Sites that may show it in a frame"),
            required=False,
            help_text=_("One a line: https://www.example.com"),
        )
        named = [(role.key, role.label) for role in self.snapshot.roles.values()]
        add["roles"] = ticks(
            _("Roles that read the results"),
            with_known(named, *roles),
            _("With none ticked, administrators alone."),
        )

    @property
    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        return [(key, heading, [self[name] for name in names]) for key, heading, names in GROUPS]

    @property
    def values(self) -> dict[str, Any]:
        """Attributes of the model; settings that this form does not ask stay."""
        cleaned, before = self.cleaned_data, self.row.settings
        texts = {n: merged(getattr(self.row, n), cleaned[n], self.languages) for n in TEXTS}
        plain = ("opens", "closes", "privacy", "embed", *FLAGS, *NUMBERS)
        found = {**before, **{name: cleaned[name] for name in plain}}
        found["closed"] = merged(before.get("closed"), cleaned["closed"], self.languages)
        found["results"] = {"roles": cleaned["roles"]} if cleaned["roles"] else {}
        # Nought seconds are said.
        nought = {"min_seconds": 0} if cleaned["min_seconds"] == 0 else {}
        found = {k: v for k, v in said(found).items() if k != "min_seconds" or v}
        return {**texts, "settings": {**found, **nought}}
