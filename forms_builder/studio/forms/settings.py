"""How a form reads, how it is reached, and how it is guarded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from crm_config.forms.labels import LabelsField, merged
from crm_config.forms.options import LinesField
from forms_builder.checks import ADDRESSES, moment
from forms_builder.definitions import FormDef, forms_of
from forms_builder.engine.fields import fields_of
from forms_builder.layouts.uses import NAMES, STAFF, USES
from forms_builder.models import Form
from forms_builder.studio.forms.parts import one_of, said, ticks, with_known

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HOST = re.compile(r"https?://[^/ ;,]+")
PRIVACY = re.compile(r"(https?:/)?/\S*")
TEXTS = ("labels", "intro", "submit", "done")
MAIL = ("to", "subject", "body")
LONG_TEXT = 5000
#: Asked of public forms alone.
PLAIN = ("slug", "opens", "closes", "most", "once", "by_token", "min_seconds", "per_hour", "resume",
         "redirect", "privacy", "embed", "minutes", "opt_in", "opt_in_days")  # fmt: skip
MERGE = _(
    "With {{ reference }}, {{ form }}, {{ company }} and what was answered, by the item's key: {{ email }}."
)


class OpeningChecks:
    """What forms of settings that say when and where something is open have in common."""

    cleaned_data: dict[str, Any]

    def _clean_moment(self, name: str) -> str:
        text = str(self.cleaned_data[name]).strip()
        if text and moment(text) is None:
            raise ValidationError(
                _("Write a day as 2026-12-31, or a moment as 2026-12-31 18:00."), code="moment"
            )
        return text

    def clean_opens(self) -> str:
        return self._clean_moment("opens")

    def clean_closes(self) -> str:
        return self._clean_moment("closes")

    def clean_privacy(self) -> str:
        text = str(self.cleaned_data["privacy"]).strip()
        if text and not PRIVACY.fullmatch(text):
            raise ValidationError(_("An address begins with https:// or /."), code="address")
        return text

    def clean_embed(self) -> list[str]:
        found: list[str] = self.cleaned_data["embed"]
        if wrong := [text for text in found if not HOST.fullmatch(text)]:
            raise ValidationError(
                _("“%(text)s” is no site: write https://, its name, and nothing after it."),
                code="site",
                params={"text": wrong[0]},
            )
        return found


class SettingsForm(OpeningChecks, forms.Form):
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        row: Form,
        form: FormDef,
        snapshot: Snapshot,
        languages: Sequence[str],
        **kwargs: Any,
    ) -> None:
        self.row, self.form, self.snapshot, self.languages = row, form, snapshot, languages
        kwargs["initial"] = self._initial()
        super().__init__(*args, **kwargs)
        self._texts()
        if form.channel == STAFF:
            self._uses()
        if form.channel == "public":
            self._reach()
            self._guard()
            self._confirmation()
            self._mail()

    def _initial(self) -> dict[str, Any]:
        settings = self.row.settings
        found = {name: getattr(self.row, name) for name in TEXTS} | dict(settings)
        for part in ("mail", "opt_in_mail"):
            mail = settings.get(part, {})
            found |= {f"{part}_{name}": mail.get(name) for name in MAIL}
        return found

    def _texts(self) -> None:
        said_: dict[str, Any] = {"languages": self.languages, "required": False}
        self.fields["labels"] = LabelsField(
            label=_("Name"), languages=self.languages, max_length=100
        )
        self.fields["intro"] = LabelsField(
            label=_("Introduction"), rows=3, help_text=_("Who asks, and why."), **said_
        )
        self.fields["submit"] = LabelsField(
            label=_("Button"), max_length=60, help_text=_("Empty: “Send”."), **said_
        )
        if self.form.channel == STAFF:
            self.fields["submit"].help_text = _("Empty: what such a form says otherwise.")
            return
        self.fields["done"] = LabelsField(
            label=_("Said afterwards"), rows=3, help_text=_("What happens next."), **said_
        )

    def _uses(self) -> None:
        add, known = self.fields, self.row.settings
        add["offline"] = forms.BooleanField(
            label=_("It can be filled in without a connection"),
            required=False,
            help_text=_(
                "Browsers of those who may create such records keep it, and send it when the connection is back."
            ),
        )
        add["used_for"] = ticks(
            _("Used for"),
            list(USES.items()),
            _("With none ticked, nobody gets it: the form made from the fields stays."),
        )
        roles = [(key, role.label) for key, role in sorted(self.snapshot.roles.items())]
        add["roles"] = ticks(
            _("For these roles"),
            with_known(roles, *known.get("roles", ())),
            _("With none ticked, for everybody."),
        )
        record_type = self.snapshot.types.get(self.form.type)
        f = record_type.all_fields.get("stage") if record_type else None
        stages = (
            [(option.key, option.label) for option in f.choices if not option.retired] if f else []
        )
        if f is None and not (known.get("stages") or known.get("into")):
            return
        add["stages"] = ticks(
            _("In these stages"),
            with_known(stages, *known.get("stages", ())),
            _(
                "Of the record as it stands. With none ticked, in all of them; a new record has none."
            ),
        )
        add["into"] = ticks(
            _("Moving to these stages"),
            with_known(stages, *known.get("into", ())),
            _("Where it is used for moving. With none ticked, to any."),
        )

    def _reach(self) -> None:
        add = self.fields
        add["slug"] = forms.CharField(
            label=_("Address"),
            required=False,
            max_length=60,
            help_text=_("/f/…/: small letters, digits and hyphens. Empty: the key."),
        )
        when = _("A day (2026-12-31) or a moment (2026-12-31 18:00). Empty: no limit.")
        for name, label in (("opens", _("Opens")), ("closes", _("Closes"))):
            add[name] = forms.CharField(label=label, required=False, max_length=40, help_text=when)
        add["closed"] = LabelsField(
            label=_("Said when it is closed or full"),
            languages=self.languages,
            rows=2,
            required=False,
        )
        add["minutes"] = forms.IntegerField(
            label=_("Takes about so many minutes"), required=False, min_value=1, max_value=600
        )
        add["resume"] = forms.BooleanField(
            label=_("It can be saved and filled in later"), required=False
        )
        add["redirect"] = forms.URLField(
            label=_("Leads to afterwards"),
            required=False,
            max_length=500,
            assume_scheme="https",
            help_text=_("Empty: a page that says what happens next, with the reference number."),
        )
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

    def _guard(self) -> None:
        add, items = self.fields, self.items()
        add["most"] = forms.IntegerField(
            label=_("Sent at most so often"), required=False, min_value=1, max_value=1_000_000
        )
        add["once"] = one_of(
            _("Each person once, told apart by"), with_known(items, self.row.settings.get("once"))
        )
        add["by_token"] = forms.BooleanField(
            label=_("Only for those who were asked, by the link in their mail"), required=False
        )
        add["min_seconds"] = forms.IntegerField(
            label=_("Who is quicker is asked to look again"),
            required=False,
            min_value=0,
            max_value=600,
            help_text=_("In seconds. Empty: 3."),
        )
        add["per_hour"] = forms.IntegerField(
            label=_("From one network address within an hour"),
            required=False,
            min_value=1,
            max_value=100_000,
            help_text=_("Empty: 20."),
        )

    def _confirmation(self) -> None:
        self.fields["opt_in"] = one_of(
            _("Has to be confirmed"),
            with_known(self.items(ADDRESSES), self.row.settings.get("opt_in")),
            _(
                "The e-mail address: until somebody follows the link sent there, nothing is written."
            ),
        )
        self._mail_fields("opt_in_mail")
        self.fields["opt_in_days"] = forms.IntegerField(
            label=_("Forgotten after so many days"),
            required=False,
            min_value=1,
            max_value=60,
            help_text=_("Empty: 7."),
        )

    def _mail(self) -> None:
        known = self.row.settings.get("mail", {}).get("to")
        self.fields["mail_to"] = one_of(
            _("Sent to"), with_known(self.items(ADDRESSES), known), _("Empty: no mail is sent.")
        )
        self._mail_fields("mail")

    def _mail_fields(self, part: str) -> None:
        texts: dict[str, Any] = {"languages": self.languages, "required": False}
        self.fields[f"{part}_subject"] = LabelsField(label=_("Subject"), max_length=200, **texts)
        self.fields[f"{part}_body"] = LabelsField(
            label=_("Text"), rows=6, help_text=MERGE, max_length=LONG_TEXT, **texts
        )

    def items(self, kinds: Sequence[str] = ()) -> list[tuple[str, str]]:
        fields = fields_of(self.form, self.snapshot)
        return [(key, f.label) for key, f in fields.items() if not kinds or f.type.key in kinds]

    # -- groups, for the template

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        found = [
            ("texts", _("Texts"), self._bound(*TEXTS)),
            ("uses", _("Where it is used, and for whom"), self._bound(*NAMES)),
            (
                "reach",
                _("Reached and open"),
                self._bound("slug", "opens", "closes", "closed", "most", "minutes", "resume"),
            ),
            ("after", _("Afterwards"), self._bound("redirect", "privacy", "embed")),
            (
                "guard",
                _("Who may, how often"),
                self._bound("once", "by_token", "min_seconds", "per_hour"),
            ),
            (
                "optin",
                _("Confirmation of the address"),
                self._bound("opt_in", "opt_in_mail_subject", "opt_in_mail_body", "opt_in_days"),
            ),
            (
                "mail",
                _("Mail when it was accepted"),
                self._bound("mail_to", "mail_subject", "mail_body"),
            ),
        ]
        return [group for group in found if group[2]]

    # -- what was typed

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).strip()
        if slug and not SLUG.fullmatch(slug):
            raise ValidationError(_("Use small letters, digits and hyphens."), code="slug")
        others = (f for f in forms_of(self.snapshot).values() if f.key != self.form.key)
        wanted = slug or self.form.key.replace("_", "-")
        if any(f.slug == wanted and f.channel == "public" and not f.retired for f in others):
            raise ValidationError(_("Another public form has this address."), code="taken")
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for part, to in (("mail", "mail_to"), ("opt_in_mail", "opt_in")):
            texts = [cleaned.get(f"{part}_{name}") for name in ("subject", "body")]
            if part == "mail" and cleaned.get(to) and not all(texts):
                self.add_error("mail_subject", _("A mail has a subject and a text."))
            if any(texts) and not all(texts) and not self.errors:
                self.add_error(f"{part}_subject", _("A mail has a subject and a text."))
        if any(cleaned.get(f"mail_{name}") for name in ("subject", "body")) and not (
            cleaned.get("mail_to") or cleaned.get("opt_in")
        ):
            self.add_error("mail_to", _("Say which item holds the address that the mail goes to."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Attributes of the model."""
        cleaned = self.cleaned_data
        texts = {
            name: merged(getattr(self.row, name), cleaned[name], self.languages)
            for name in TEXTS
            if name in cleaned
        }
        if self.form.channel == STAFF:
            given = {name: cleaned[name] for name in NAMES if name in cleaned}
            return {**texts, "settings": said({**self.row.settings, **given})}
        before = self.row.settings
        found = {name: cleaned[name] for name in PLAIN}
        found["closed"] = merged(before.get("closed"), cleaned["closed"], self.languages)
        for part in ("mail", "opt_in_mail"):
            found[part] = self._mail_said(part)
        least = found.pop("min_seconds")
        settings = {**before, **found}
        settings = said(settings) | ({} if least is None else {"min_seconds": least})
        return {**texts, "settings": settings if least is not None else _without(settings)}

    def _mail_said(self, part: str) -> dict[str, Any]:
        before = self.row.settings.get(part, {})
        found: dict[str, Any] = {
            name: merged(before.get(name), self.cleaned_data[f"{part}_{name}"], self.languages)
            for name in ("subject", "body")
        }
        if part == "mail":
            found["to"] = self.cleaned_data["mail_to"]
        return said(found) if found["subject"] else {}


def _without(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in settings.items() if k != "min_seconds"}
