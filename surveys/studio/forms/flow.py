"""Where answers lead: a jump, an end page, a quota."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from forms_builder.studio.asking import asking_field
from forms_builder.studio.forms.parts import one_of, said, with_known
from surveys.definitions import END_KINDS, SurveyDef
from surveys.studio.canvas import SurveyCanvas

LONG = 5000


class PartForm(forms.Form):
    """`known` is its JSON, empty for a new one; `texts` are its labels by language."""

    use_required_attribute = False
    texts: tuple[str, ...] = ()
    fallback = "part"

    def __init__(
        self,
        *args: Any,
        known: Mapping[str, Any],
        survey: SurveyDef,
        canvas: SurveyCanvas,
        snapshot: Snapshot,
        languages: Sequence[str],
        user: User,
        **kwargs: Any,
    ) -> None:
        self.known, self.survey, self.canvas = known, survey, canvas
        self.snapshot, self.languages, self.user = snapshot, languages, user
        kwargs["initial"] = self.initially()
        super().__init__(*args, **kwargs)
        self.add()

    def initially(self) -> dict[str, Any]:
        return dict(self.known)

    def add(self) -> None:
        raise NotImplementedError

    def text(self, name: str, label: Any, **more: Any) -> None:
        more = {"required": False, "max_length": 200, **more}
        self.fields[name] = LabelsField(label=label, languages=self.languages, **more)

    def when(self, label: Any, help_text: Any, *, required: bool = False) -> None:
        self.fields["when"] = asking_field(
            self.survey.form,
            self.snapshot,
            self.user,
            label=label,
            help_text=help_text,
            required=required,
        )

    def raw(self, taken: set[str]) -> dict[str, Any]:
        """As a payload says it."""
        found: dict[str, Any] = {**self.known, **self.plain()}
        for name in self.texts:
            found[name] = merged(self.known.get(name), self.cleaned_data[name], self.languages)
        if "key" not in found:
            name = label_here(found.get("labels", {}))
            found = {"key": propose_key(name, taken=taken, fallback=self.fallback), **found}
        return self.kept(found)

    def kept(self, found: dict[str, Any]) -> dict[str, Any]:
        return said(found)

    def plain(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in self.texts}


class JumpForm(PartForm):
    """Only what lies ahead is offered, so that nobody goes in circles."""

    def __init__(self, *args: Any, after: str, **kwargs: Any) -> None:
        self.after = after
        super().__init__(*args, **kwargs)

    def add(self) -> None:
        pages = [page.key for page in self.survey.steps]
        ahead = pages[pages.index(self.after) + 1 :] if self.after in pages else []
        names = self.canvas.page_names
        ends = [(end.key, names[end.key]) for end in self.survey.ends]
        choices = [
            (_("Pages further on"), [(key, names[key]) for key in ahead]),
            (_("End pages"), ends),
        ]
        flat = {*ahead, *(key for key, _name in ends)}
        gone = self.known.get("to")
        if gone and gone not in flat:
            choices.append((_("Not ahead any more"), [(gone, names.get(gone, gone))]))
        self.fields["to"] = forms.ChoiceField(label=_("Goes on with"), choices=choices)
        self.when(_("If"), _("Empty: always. The first jump of a page that fits counts."))

    def clean_to(self) -> str:
        to: str = self.cleaned_data["to"]
        pages = [page.key for page in self.survey.steps]
        if to in pages and self.after in pages and pages.index(to) <= pages.index(self.after):
            raise ValidationError(_("A jump leads forward alone."), code="back")
        return to

    def raw(self, taken: set[str]) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return said({"after": self.after, "to": cleaned["to"], "when": cleaned["when"]})


class EndForm(PartForm):
    texts = ("labels", "text", "button")
    fallback = "end"

    def initially(self) -> dict[str, Any]:
        return {"kind": "thanks", **self.known}

    def add(self) -> None:
        self.text("labels", _("Heading"), required=True)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What it does"), choices=list(END_KINDS.items()), widget=forms.RadioSelect
        )
        self.text("text", _("Text"), rows=4, max_length=LONG)
        self.when(
            _("For whom"),
            _(
                "Empty: for all that come this far. The first that fits is shown; the last fits all."
            ),
        )
        self.fields["url"] = forms.CharField(
            label=_("Leads to"),
            required=False,
            max_length=500,
            help_text=_("An address: https://… or /…, as of a page for reviews."),
        )
        self.text("button", _("Words of the button"), max_length=60)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if url and not url.startswith(("https://", "http://", "/")):
            raise ValidationError(_("An address begins with https:// or /."), code="address")
        return url

    def kept(self, found: dict[str, Any]) -> dict[str, Any]:
        kept = said(found)
        return {k: v for k, v in kept.items() if (k, v) != ("kind", "thanks")}


class QuotaForm(PartForm):
    texts = ("labels",)
    fallback = "quota"

    def add(self) -> None:
        self.text("labels", _("Name"), required=True)
        self.fields["most"] = forms.IntegerField(
            label=_("So many are wanted"), min_value=1, max_value=1_000_000
        )
        self.when(_("Of those who answer"), _("Empty: of all."))
        names = self.canvas.page_names
        ends = [(e.key, names[e.key]) for e in self.survey.ends if e.kind == "screened"]
        self.fields["then"] = one_of(
            _("Further ones come to"),
            with_known(ends, self.known.get("then")),
            _("Empty: the first end page for full groups."),
        )
