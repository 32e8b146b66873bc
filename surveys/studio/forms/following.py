"""What is done about an answer: for which, by whom, until when, and what is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from crm_config.segments import STATIC, segments_of
from forms_builder.studio.forms.handling import checked_user
from forms_builder.studio.forms.parts import editable, one_of, said, ticks, with_known
from records.access import Access
from records.forms.giving import GivingField
from surveys.piping import person_type
from surveys.studio.forms.flow import PartForm
from surveys.studio.sources import AnswerSources

OF = {"owner": _("Whoever owns the record"), "team": _("The team of the record")}


class FollowUpForm(PartForm):
    texts = ("labels",)
    fallback = "follow_up"

    def initially(self) -> dict[str, Any]:
        to, make = self.known.get("to", {}), self.known.get("make", {})
        found = {"days": 2, "notify": True, **self.known}
        found |= {f"to_{name}": to.get(name, "") for name in ("of", "role", "user")}
        return found | {f"make_{name}": make.get(name) for name in ("type", "link", "set")}

    def add(self) -> None:
        self.text("labels", _("Name"), required=True)
        self.when(
            _("If the answers are"), _("Each response that fits is followed up."), required=True
        )
        self.fields["days"] = forms.IntegerField(
            label=_("Somebody reacts within so many days"), min_value=0, max_value=365
        )
        self._whom()
        self._record()
        person = person_type(self.survey, self.snapshot)
        if person is not None and (self.known.get("set") or not self.survey.is_anonymous):
            self.fields["set"] = self._values(_("Set on the person"), person)
        self._lists()

    def _values(self, label: Any, record_type: TypeDef | None) -> GivingField:
        return GivingField(
            label=label,
            record_type=record_type,
            sources=AnswerSources(self.survey, self.snapshot),
            access=Access.of(self.user),
            required=False,
        )

    def _whom(self) -> None:
        to = self.known.get("to", {})
        roles = [(role.key, role.label) for role in self.snapshot.roles.values()]
        self.fields["to_of"] = one_of(_("It falls to"), list(OF.items()))
        self.fields["to_role"] = one_of(
            _("or to whoever of this role has the fewest"), with_known(roles, to.get("role"))
        )
        self.fields["to_user"] = forms.CharField(
            label=_("or to this person"),
            required=False,
            max_length=150,
            help_text=_("A user name."),
        )
        self.fields["notify"] = forms.BooleanField(label=_("They are told"), required=False)
        self.fields["outcome"] = forms.BooleanField(
            label=_("They say on the follow-up what came of it"),
            required=False,
            help_text=_("Otherwise it is closed when what was made for it is done."),
        )

    def _record(self) -> None:
        make = self.known.get("make", {})
        types = [(t.key, t.label) for t in self.snapshot.active_types]
        wanted = self.snapshot.types.get(self._wanted)
        links = {
            f.key: f.label if wanted else f"{f.label} ({t.label})"
            for t in ([wanted] if wanted else self.snapshot.active_types)
            for f in editable(t)
            if f.type.storage == "links"
        }
        self.fields["make_type"] = one_of(_("Makes a"), with_known(types, make.get("type")))
        self.fields["make_link"] = one_of(
            _("that points at the record with"),
            with_known(list(links.items()), make.get("link")),
        )
        self.fields["make_set"] = self._values(_("with these values"), wanted)

    @property
    def _wanted(self) -> str:
        """The type of what is made, as far as it was chosen."""
        if self.is_bound:
            return str(self.data.get("make_type", ""))
        return str(self.known.get("make", {}).get("type", ""))

    def _lists(self) -> None:
        person = person_type(self.survey, self.snapshot)
        kept = [
            (s.key, s.label)
            for s in segments_of(self.snapshot).values()
            if s.kind == STATIC and (person is None or s.record_type.key == person.key)
        ]
        choices = with_known(kept, *self.known.get("lists", ()))
        if choices:
            self.fields["lists"] = ticks(_("Put on these lists"), choices)

    def clean_to_user(self) -> str:
        return checked_user(self.cleaned_data["to_user"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = [name for name in ("of", "role", "user") if cleaned.get(f"to_{name}")]
        if len(named) > 1:
            self.add_error(f"to_{named[1]}", _("Say one: the record's, a role, or a person."))
        if cleaned.get("make_link") and not cleaned.get("make_type"):
            self.add_error("make_type", _("Say which record is made."))
        return cleaned

    def plain(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        found: dict[str, Any] = {
            name: cleaned.get(name, {}) for name in ("when", "days", "notify", "outcome", "set")
        }
        found["to"] = said({name: cleaned[f"to_{name}"] for name in ("of", "role", "user")})
        make = {name: cleaned[f"make_{name}"] for name in ("type", "link", "set")}
        found["make"] = said(make) if make["type"] else {}
        if "lists" in cleaned:
            found["lists"] = cleaned["lists"]
        return found

    def kept(self, found: dict[str, Any]) -> dict[str, Any]:
        """What is usual is left unsaid; nought days and telling nobody are no such thing."""
        days, notify = found.pop("days"), found.pop("notify")
        kept = {**said(found), "days": days}
        return kept if notify else {**kept, "notify": False}
