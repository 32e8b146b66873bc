"""The studio's form of an approval process, with its steps as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from workflows.approvals.asked import choices, token, who_of
from workflows.approvals.definitions import NEEDS, ORDERS
from workflows.pipelines.forms import KeyedForm, several

#: Rows to fill in besides those that are there: saving gives the next.
EMPTY_ROWS = 2
MOST_STEPS = 50


class StepForm(forms.Form):
    """`held` are the steps so far, by key; `known` names the one that a row is about."""

    use_required_attribute = False
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        record_type: TypeDef,
        snapshot: Snapshot,
        held: Mapping[str, Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages, self.held = languages, held
        before = self.before
        self.fields["labels"] = LabelsField(
            label=gettext_lazy("Name"), languages=languages, max_length=100, required=False
        )
        asked = [who for who in before.get("approvers", ()) if "user" not in who]
        self.fields["approvers"] = several(
            gettext_lazy("Who is asked"), choices(record_type, snapshot, named=asked)
        )
        self.fields["people"] = forms.CharField(
            label=gettext_lazy("and these people"),
            required=False,
            max_length=1000,
            help_text=gettext_lazy("User names, with commas between them."),
        )
        self.fields["needs"] = forms.ChoiceField(
            label=gettext_lazy("Who must agree"), choices=list(NEEDS.items()), initial="any"
        )
        self.fields["n"] = forms.IntegerField(
            label=gettext_lazy("How many"), min_value=1, max_value=100, required=False
        )
        self.fields["due_hours"] = forms.IntegerField(
            label=gettext_lazy("Within so many hours"),
            min_value=1,
            max_value=8760,
            required=False,
        )
        self.fields["escalate_to"] = several(
            gettext_lazy("Who is asked when the time is over, or nobody is left"),
            choices(record_type, snapshot, named=before.get("escalate_to", ())),
        )

    @property
    def before(self) -> Mapping[str, Any]:
        key = self.data.get(self.add_prefix("known")) if self.is_bound else None
        return self.held.get(key or self.initial.get("known", ""), {})

    def clean_people(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["people"].split(",")]
        wanted = list(dict.fromkeys(filter(None, names)))
        here = User.objects.filter(username__in=wanted, is_active=True)
        found = set(here.values_list("username", flat=True))
        if missing := [name for name in wanted if name not in found]:
            message = _("Nobody who works here has this user name: %(names)s")
            raise ValidationError(message % {"names": ", ".join(missing)}, code="people")
        return wanted

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (self.errors or cleaned["approvers"] or cleaned["people"]):
            self.add_error("approvers", _("This step asks nobody."))
        if cleaned.get("needs") == "n" and not cleaned.get("n") and "n" not in self.errors:
            self.add_error("n", _("Say how many must agree."))
        return cleaned

    def raw(self, taken: set[str]) -> dict[str, Any]:
        """As a payload says it; `taken` are the keys of the other steps."""
        given, before = self.cleaned_data, self.before
        people = [{"user": name} for name in given["people"]]
        said = {
            "labels": merged(before.get("labels"), given["labels"], self.languages),
            "approvers": [*map(who_of, given["approvers"]), *people],
            "needs": given["needs"] if given["needs"] != "any" else "",
            "n": given["n"] if given["needs"] == "n" else None,
            "due_hours": given["due_hours"],
            "escalate_to": [who_of(text) for text in given["escalate_to"]],
        }
        name = label_here(given["labels"])
        key = before.get("key") or propose_key(name, taken=taken, fallback="step")
        return {"key": key, **{name: value for name, value in said.items() if value}}


def initial_of(step: Mapping[str, Any]) -> dict[str, Any]:
    people = [who["user"] for who in step.get("approvers", ()) if "user" in who]
    return {
        "known": step["key"],
        "labels": step.get("labels", {}),
        "approvers": [token(who) for who in step.get("approvers", ()) if "user" not in who],
        "people": ", ".join(people),
        "needs": step.get("needs", "any"),
        "n": step.get("n"),
        "due_hours": step.get("due_hours"),
        "escalate_to": [token(who) for who in step.get("escalate_to", ())],
    }


class StepFormSet(BaseFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = gettext_lazy("Place among the steps")
        form.fields["DELETE"].label = gettext_lazy("Take this step out")

    @property
    def raws(self) -> list[dict[str, Any]]:
        """The steps in order; a row that was left empty is none."""
        kept = [form for form in self.ordered_forms if form.has_changed() or form.before]
        taken = {key for form in kept if (key := form.before.get("key"))}
        found = []
        for form in kept:
            found.append(form.raw(taken))
            taken.add(found[-1]["key"])
        return found


_Steps = formset_factory(
    StepForm,
    formset=StepFormSet,
    extra=EMPTY_ROWS,
    can_order=True,
    can_delete=True,
    max_num=MOST_STEPS,
    absolute_max=MOST_STEPS + EMPTY_ROWS,
)


class ProcessForm(KeyedForm):
    fallback = "approval"

    def __init__(self, *args: Any, record_type: TypeDef, snapshot: Snapshot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"] = forms.ChoiceField(
            label=gettext_lazy("Order"),
            choices=list(ORDERS.items()),
            widget=forms.RadioSelect,
            initial="sequence",
        )
        self.fields["different_from_requester"] = forms.BooleanField(
            label=gettext_lazy("Nobody approves what they asked for themselves"),
            required=False,
            initial=True,
        )
        held = (self.known or {}).get("steps", ())
        said = {
            "languages": self.languages,
            "record_type": record_type,
            "snapshot": snapshot,
            "held": {step["key"]: step for step in held},
        }
        data = self.data if self.is_bound else None
        self.steps: StepFormSet = _Steps(  # type: ignore[assignment]
            data, prefix="steps", initial=[initial_of(step) for step in held], form_kwargs=said
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.steps.is_valid():
            raise ValidationError(_("See what is marked in the steps."), code="steps")
        if not self.steps.raws:
            raise ValidationError(_("It needs at least one step."), code="steps")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        names = ("order", "different_from_requester")
        return {
            "labels": self.texts("labels"),
            "steps": self.steps.raws,
            **{name: self.cleaned_data[name] for name in names},
        }
