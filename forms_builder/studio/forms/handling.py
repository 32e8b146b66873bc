"""What becomes of what was sent: how records are found again, whom it goes to, what else is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.options import LinesField
from crm_config.models import Team, User
from crm_config.segments import STATIC, segments_of
from crm_config.working_copy.keys import propose_key
from forms_builder.definitions import FormDef
from forms_builder.items.linked_field import target_of
from forms_builder.studio.asking import asking_field
from forms_builder.studio.forms.parts import (
    ValuesField,
    editable,
    named,
    one_of,
    said,
    ticks,
    with_known,
)

UPDATES = [
    ("fill", _("Fill in what is empty")),
    ("overwrite", _("Overwrite what it holds")),
    ("never", _("Leave it as it is")),
]
SET = _('Values of a new record besides, by field: {"channel": "web"}.')
#: Fields that tell records apart.
TELLING = frozenset({"text", "email", "phone", "url", "integer", "date", "auto_number", "choice"})


def matching(record_type: TypeDef, known: Sequence[str]) -> forms.Field:
    choices = named(f for f in editable(record_type) if f.type.key in TELLING)
    return ticks(
        _("Found again by"),
        with_known(choices, *known),
        _("A record that has the same in all of them is taken. With none ticked, each is new."),
    )


def updating() -> forms.Field:
    return forms.ChoiceField(
        label=_("If it is found"), choices=UPDATES, widget=forms.RadioSelect, initial="fill"
    )


class HandlingForm(forms.Form):
    use_required_attribute = False

    def __init__(
        self, *args: Any, form: FormDef, snapshot: Snapshot, record_type: TypeDef, **kwargs: Any
    ) -> None:
        self.form, self.snapshot = form, snapshot
        self.known = dict(form.handling)
        activity = self.known.get("activity", {})
        initial = {"update": "fill", **self.known}
        initial |= {
            f"activity_{name}": activity.get(name) for name in ("type", "link", "of", "set")
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["match"] = matching(record_type, self.known.get("match", ()))
        self.fields["update"] = updating()
        self.fields["set"] = ValuesField(label=_("Set besides"), required=False, help_text=SET)
        self._activity(record_type)
        self._lists()
        self.fields["by"] = forms.CharField(
            label=_("On behalf of"),
            required=False,
            max_length=150,
            help_text=_("The user name of who answers for what the form writes."),
        )

    def _activity(self, record_type: TypeDef) -> None:
        activity, types = self.known.get("activity", {}), self.snapshot.active_types
        kinds = [(t.key, t.label) for t in types if "activity" in t.traits]
        links = {
            f.key: f"{f.label} ({t.label})"
            for t in types
            if "activity" in t.traits
            for f in t.active
            if f.type.storage == "links"
        }
        own = named(f for f in record_type.active if f.type.storage == "links")
        self.fields["activity_type"] = one_of(
            _("Log an activity"),
            with_known(kinds, activity.get("type")),
            _("It stands on the timeline of the record."),
        )
        self.fields["activity_link"] = one_of(
            _("that points with"), with_known(list(links.items()), activity.get("link"))
        )
        self.fields["activity_of"] = one_of(
            _("at the record linked by"),
            with_known(own, activity.get("of")),
            _("Empty: the form's own record."),
        )
        self.fields["activity_set"] = ValuesField(
            label=_("with these values"), required=False, help_text='{"direction": "in"}'
        )

    def _lists(self) -> None:
        kept = [(s.key, s.label) for s in segments_of(self.snapshot).values() if s.kind == STATIC]
        choices = with_known(kept, *self.known.get("lists", ()))
        if choices:
            self.fields["lists"] = ticks(_("Put on these lists"), choices)

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        return [
            ("match", _("The record"), self._bound("match", "update", "set", "by", "lists")),
            ("activity", _("Activity"), self._bound(*(f"activity_{n}" for n in ACTIVITY))),
        ]

    def clean_by(self) -> str:
        return checked_user(self.cleaned_data["by"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("activity_type")) != bool(cleaned.get("activity_link")):
            self.add_error("activity_link", _("Say which activity, and with which link it points."))
        return cleaned

    def values(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """`handling` with what was said here; links and routes have screens of their own."""
        cleaned = self.cleaned_data
        found = {**before, **{name: cleaned[name] for name in ("match", "set", "by")}}
        found["update"] = cleaned["update"] if cleaned["update"] != "fill" else ""
        if "lists" in cleaned:
            found["lists"] = cleaned["lists"]
        activity = {name: cleaned[f"activity_{name}"] for name in ACTIVITY}
        found["activity"] = said(activity) if activity["type"] else {}
        return said(found)


ACTIVITY = ("type", "link", "of", "set")


class LinkForm(forms.Form):
    """A linked record: which type, how it is found again."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, link: str, form: FormDef, snapshot: Snapshot, **kwargs: Any
    ) -> None:
        self.link = link
        links = form.handling.get("links", ())
        self.known = next((dict(each) for each in links if each["link"] == link), {"link": link})
        target = target_of(snapshot.types[form.type], link, form, snapshot)
        kwargs["initial"] = {"update": "fill", "type": target.key if target else "", **self.known}
        super().__init__(*args, **kwargs)
        f = snapshot.types[form.type].all_fields[link]
        types = [
            (t.key, t.label) for t in snapshot.active_types if t.key in f.options.get("targets", ())
        ]
        self.fields["type"] = one_of(
            _("Its type"), with_known(types, self.known.get("type")), required=True
        )
        if target is not None:
            self.fields["match"] = matching(target, self.known.get("match", ()))
        self.fields["update"] = updating()
        self.fields["set"] = ValuesField(label=_("Set besides"), required=False, help_text=SET)

    def values(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """`handling` with this link."""
        cleaned = self.cleaned_data
        update = cleaned["update"] if cleaned["update"] != "fill" else ""
        found = said({**self.known, **cleaned, "update": update, "link": self.link})
        if found.get("type") != self.known.get("type"):
            found.pop("match", None) if "type" in self.known else None
        links = [found if each["link"] == self.link else each for each in before.get("links", ())]
        if all(each["link"] != self.link for each in links):
            links.append(found)
        return {**before, "links": links}


class RouteForm(forms.Form):
    """`known` is its JSON, None for a new one."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        known: Mapping[str, Any] | None,
        form: FormDef,
        snapshot: Snapshot,
        user: User,
        taken: Collection[str],
        **kwargs: Any,
    ) -> None:
        self.known, self.taken = dict(known or {}), taken
        kwargs["initial"] = self.known
        super().__init__(*args, **kwargs)
        self.fields["when"] = asking_field(
            form,
            snapshot,
            user,
            label=_("If"),
            help_text=_("Empty: always. The first route that fits counts."),
        )
        teams = [
            (name, name) for name in Team.objects.order_by("name").values_list("name", flat=True)
        ]
        roles = [(role.key, role.label) for role in snapshot.roles.values()]
        self.fields["team"] = one_of(_("Team"), with_known(teams, self.known.get("team")))
        self.fields["role"] = one_of(
            _("Owner: whoever of this role has the fewest"),
            with_known(roles, self.known.get("role")),
        )
        self.fields["users"] = LinesField(
            label=_("Owner: the first of these who is here"),
            required=False,
            help_text=_("User names, one a line. They go before the role."),
        )
        self.fields["set"] = ValuesField(
            label=_("Set besides"), required=False, help_text='{"priority": "high"}'
        )

    def clean_users(self) -> list[str]:
        return [checked_user(name) for name in self.cleaned_data["users"]]

    @property
    def raw(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        base = str(cleaned.get("team") or cleaned.get("role") or "")
        key = self.known.get("key") or propose_key(base, taken=self.taken, fallback="route")
        return {"key": key, **said({k: v for k, v in cleaned.items() if v is not None})}


def checked_user(typed: str) -> str:
    """Raises `ValidationError` for who does not work here."""
    name = str(typed).strip()
    if name and not User.objects.filter(username=name, is_active=True).exists():
        raise ValidationError(
            _("Nobody who works here has the user name “%(name)s”."),
            code="user",
            params={"name": name},
        )
    return name
