"""Screens on which nothing that is typed is lost: what is kept of their forms, and how one goes on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from records import typed
from records.forms import writable
from records.forms.record import RecordForm
from records.models import Event, TypedDraft
from records.selectors import RecordView
from records.selectors.past import values_at
from records.views.base import RecordMixin, RecordsMixin

#: The parameter that asks for what was begun, the control that says whose copy a form is, and the cookie by which
#: the browser learns what became of it.
DRAFT, TYPED, COOKIE = "draft", "typed", "typed"
TOKEN = re.compile(r"[A-Za-z0-9-]{8,36}")


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: what stands now, and what was typed here."""

    field: FieldDef
    theirs: Any
    mine: Any
    by: str

    @property
    def name(self) -> str:
        """Of the choice between the two in the form."""
        return f"take-{self.field.key}"


class KeepsTyped(RecordsMixin):
    """Mixed into a screen with forms, before it."""

    def may_type(self) -> None:
        """Raises `NotVisible` or `PermissionDenied` where the form is not there for this person."""
        raise NotImplementedError

    def typed_forms(self, data: Any = None) -> Sequence[forms.BaseForm]:
        """The forms that are filled in, with what was typed."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        token, user_id = self._token, self.access.user_id
        if token and user_id is not None and not self.access.read_only:
            sent = request.method == "POST" and self.went_through(answer)
            if sent:
                typed.end(user_id, token)
            state = "off" if sent else "on"
            answer.set_cookie(COOKIE, f"{token}.{state}", max_age=60, samesite="Lax")
        return answer

    def went_through(self, answer: HttpResponseBase) -> bool:
        """Whoever is done is led elsewhere, or told in JSON what was made."""
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status_code in (204, 302) or (answer.status_code == 200 and is_json)

    @property
    def _token(self) -> str:
        """Of what is being typed, where the browser or the address says so."""
        said = self.request.POST.get(TYPED, "") or self.request.GET.get(DRAFT, "")
        return said if TOKEN.fullmatch(said) else ""

    @cached_property
    def begun(self) -> TypedDraft | None:
        """What one goes on with."""
        if self.request.method != "GET" or self.access.read_only:
            return None
        found = typed.find(self.access.user_id, self.request.GET.get(DRAFT, ""))
        match = self.request.resolver_match
        return found if found and match and found.place == place_name(match) else None

    def go_on(self, *fresh: forms.BaseForm, keeping: bool = False) -> list[Conflict]:
        """Fill what was begun into forms that nobody filled in yet; returns what somebody else changed in the record
        meanwhile, with what was typed. It stays as it is now, unless the typed one is to be kept until one has
        chosen."""
        if self.begun is None:
            return []
        clashes: list[Conflict] = []
        for form, bound in zip(fresh, self.typed_forms(self.begun.data), strict=True):
            if isinstance(self, RecordMixin) and isinstance(bound, RecordForm):
                clashes += conflicts_of(self.record, bound, self.begun)
            leaving = set() if keeping else {each.field.key for each in clashes}
            fill(form, bound, self.begun, leaving=leaving)
        return clashes


def place_name(match: ResolverMatch) -> str:
    return ":".join([match.view_name, *(str(value) for value in match.kwargs.values())])


def typed_in(bound: forms.BaseForm, begun: TypedDraft) -> dict[str, Any]:
    """What was typed, by field, as far as the form still asks for it."""
    return {key: bound[key].value() for key in bound.fields if bound.add_prefix(key) in begun.keys}


def fill(
    form: forms.BaseForm,
    bound: forms.BaseForm,
    begun: TypedDraft,
    *,
    leaving: set[str] | frozenset[str] = frozenset(),
) -> None:
    found = typed_in(bound, begun).items()
    form.initial = {**form.initial, **{k: value for k, value in found if k not in leaving}}


def conflicts_of(record: RecordView, bound: RecordForm, begun: TypedDraft) -> list[Conflict]:
    """The fields that were typed into and that the record has changed since. `bound` holds only fields that the person
    may read."""
    base = begun.base_version
    if base is None or base >= record.version:
        return []
    before, now = values_at(record, base), values_at(record, record.version)
    bound.is_valid()
    found, people = [], _people(record, base)
    for key in typed_in(bound, begun):
        theirs, f = now.get(key), bound.definitions[key]
        if before.get(key) == theirs:
            continue
        try:
            mine = _value(bound, key)
        except (KeyError, ValueRefused):
            said = _raw(bound[key].value())
        else:
            if mine == theirs:
                continue
            said = "" if mine is None else f.type.render(f, mine, bound.choices.names_of(f, mine))
        found.append(Conflict(f, record.render(key), said, people.get(key, "")))
    return found


def _value(bound: RecordForm, key: str) -> Any:
    """What was typed, as the gate would read it. Raises `KeyError` and `ValueRefused` for what it would not take."""
    f = bound.definitions[key]
    return f.type.coerce(f, bound.cleaned_data[key], writable.reading(bound.choices.access))


def _raw(value: Any) -> str:
    parts = value if isinstance(value, (list, tuple)) else [value]
    return " ".join(str(part) for part in parts if part)


def _people(record: RecordView, base: int) -> dict[str, str]:
    """By field, who changed it last since a version."""
    rows = Event.objects.filter(record_id=record.id, version__gt=base).order_by("version")
    return {
        key: str(actor or "")
        for changes, actor in rows.values_list("changes", "actor__username")
        for key in changes
    }
