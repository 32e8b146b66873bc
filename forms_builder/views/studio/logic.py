"""The logic of an item: its conditions, and its rules one by one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from crm_config import labels
from crm_config.errors import ChangedMeanwhile
from crm_config.views.base import StudioFormView, StudioMixin, Trail
from forms_builder.definitions import ItemDef
from forms_builder.studio import arrangement
from forms_builder.studio.arrangement import Raw, Steps
from forms_builder.studio.asking import in_words
from forms_builder.studio.forms.logic import LogicForm, RuleForm, field_of, rules_for
from forms_builder.views.studio.base import InForm

KINDS = {
    "options_when": (gettext_lazy("Options offered at times"), gettext_lazy("Limit an option")),
    "value_set_when": (gettext_lazy("Values given by themselves"), gettext_lazy("Give a value")),
    "message_when": (gettext_lazy("Messages"), gettext_lazy("Add a message")),
}


class OfItem(InForm):
    @cached_property
    def known(self) -> Raw:
        try:
            return arrangement.item_at(self.row.steps, self.kwargs["item"])
        except ChangedMeanwhile as error:
            raise Http404 from error

    @property
    def item(self) -> ItemDef:
        return self.definition.items[self.known["key"]]

    @property
    def item_url(self) -> str:
        return self.builder_url(self.known["key"])

    @property
    def logic_url(self) -> str:
        return self.at("logic", self.known["key"])

    def trail(self) -> Trail:
        label = self.of.canvas(self.row.key, self.copy.draft).label_of(self.item)
        return [*super().trail(), (label, self.item_url)]

    def about(self) -> dict[str, Any]:
        return {"form": self.definition, "snapshot": self.snapshot, "user": self.user}  # type: ignore[attr-defined]


class LogicView(OfItem, StudioFormView):
    template_name = "forms_builder/studio/logic.html"
    form_class = LogicForm
    page_title = gettext_lazy("Logic")

    def get_success_url(self) -> str:
        return self.item_url

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {**kwargs, **self.about(), "known": self.known}

    def form_valid(self, form: LogicForm) -> HttpResponse:
        raw = form.raw
        if not self.edit(lambda steps: arrangement.replaced(steps, raw)):
            return self.to(self.logic_url)
        return self.done(_("The logic was saved."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = rules_for(self.item, field_of(self.item, self.definition, self.snapshot))
        standing = [k for k in KINDS if k in kinds or self.known.get(k)]
        groups = [(kind, *KINDS[kind], self._rules(kind)) for kind in standing]
        return super().get_context_data(row=self.row, item=self.item, groups=groups, **kwargs)

    def _rules(self, kind: str) -> list[tuple[str, str]]:
        """What each does, and when."""
        return [
            (self._does(kind, rule), in_words(rule["when"], self.definition, self.snapshot))
            for rule in self.known.get(kind, ())
        ]

    def _does(self, kind: str, rule: Raw) -> str:
        f = field_of(self.item, self.definition, self.snapshot)
        choices = f.choice_map if f is not None and f.type.has_choices else {}
        if kind == "message_when":
            return labels.text(rule["message"])
        said = rule["option"] if kind == "options_when" else rule["value"]
        if isinstance(said, list):
            return ", ".join(choices[each].label if each in choices else str(each) for each in said)
        if isinstance(said, dict):
            return ", ".join(str(each) for each in said.values())
        return choices[said].label if said in choices else str(said)


class _RuleForm(OfItem, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = RuleForm
    submit_label = gettext_lazy("Save rule")

    @property
    def kind(self) -> str:
        kind: str = self.kwargs["kind"]
        if kind not in rules_for(self.item, field_of(self.item, self.definition, self.snapshot)):
            raise Http404
        return kind

    @property
    def rule(self) -> Raw:
        return {}

    def trail(self) -> Trail:
        return [*super().trail(), (_("Logic"), self.logic_url)]

    def get_page_title(self) -> str:
        return str(KINDS[self.kind][1])

    def get_success_url(self) -> str:
        return self.logic_url

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        more = {"kind": self.kind, "known": self.rule, "item": self.item}
        return {**kwargs, **self.about(), **more, "languages": self.languages}

    def form_valid(self, form: RuleForm) -> HttpResponse:
        raw, kind, item = form.raw, self.kind, self.known["key"]

        def change(steps: Steps) -> Steps:
            known = arrangement.item_at(steps, item)
            return arrangement.replaced(
                steps, {**known, kind: self.placed(known.get(kind, []), raw)}
            )

        if not self.edit(change):
            return self.to(self.logic_url)
        return self.done(_("The rule was saved."))

    def placed(self, rules: list[Raw], raw: Raw) -> list[Raw]:
        return [*rules, raw]


class AddRuleView(_RuleForm):
    pass


class _OneRule(OfItem):
    @cached_property
    def rule(self) -> Raw:
        try:
            found: Raw = self.known.get(self.kwargs["kind"], [])[self.kwargs["number"]]
        except IndexError as error:
            raise Http404 from error
        return found


class RuleView(_OneRule, _RuleForm):
    def placed(self, rules: list[Raw], raw: Raw) -> list[Raw]:
        """In the place of the one that was looked at, wherever that stands by now."""
        if self.rule not in rules:
            raise arrangement.gone()
        at = rules.index(self.rule)
        return [*rules[:at], raw, *rules[at + 1 :]]


class RemoveRuleView(_OneRule, StudioMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        item, rule = self.known["key"], self.rule

        def change(steps: Steps) -> Steps:
            known = arrangement.item_at(steps, item)
            left = [each for each in known.get(kind, []) if each != rule]
            rest = {k: v for k, v in known.items() if k != kind}
            return arrangement.replaced(steps, {**rest, **({kind: left} if left else {})})

        self.edit(change)
        return self.to(self.logic_url)
