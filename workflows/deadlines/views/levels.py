"""Service levels in the studio, and their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from workflows.deadlines.definitions import LevelDef, TargetDef, calendars_of, levels_of
from workflows.deadlines.examples import example
from workflows.deadlines.forms.level import LevelForm, TargetForm
from workflows.deadlines.sections import LevelSection
from workflows.deadlines.words import in_hours
from workflows.models import ServiceLevel


class _Trail:
    def trail(self) -> Trail:
        return [(_("Service levels"), reverse("deadline_studio:levels"))]


class LevelsView(StudioView):
    template_name = "workflows/deadlines/studio/levels.html"
    page_title = gettext_lazy("Service levels")
    header_icon = "history"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("deadline_studio:types")
        return [HeaderButton(_("New service level"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        held = sorted(
            levels_of(snapshot).values(), key=lambda each: (each.type, each.order, each.key)
        )
        rows = [(level, snapshot.types.get(level.type), promised(level)) for level in held]
        return super().get_context_data(
            rows=rows, has_calendars=bool(calendars_of(snapshot)), **kwargs
        )


def promised(level: LevelDef) -> str:
    """“First response: 4 hours · Solution: 24 hours”."""
    return " · ".join(f"{each.label}: {in_hours(each.minutes)}" for each in level.targets)


class TypesView(_Trail, StudioView):
    """Of which records it is."""

    template_name = "workflows/deadlines/studio/types.html"
    page_title = gettext_lazy("New service level")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        return super().get_context_data(
            types=snapshot.active_types, has_calendars=bool(calendars_of(snapshot)), **kwargs
        )


class _FormView(_Trail, StudioFormView):
    template_name = "workflows/deadlines/studio/level.html"
    form_class = LevelForm
    header_icon = "history"
    row: ServiceLevel | None = None

    @cached_property
    def record_type(self) -> TypeDef:
        key = self.row.record_type if self.row else self.request.GET.get("type", "")
        try:
            return self.copy.draft.snapshot.types[key]
        except KeyError as error:
            raise Http404 from error

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
            "languages": self.languages,
            "level": self.row,
        }

    def get_success_url(self) -> str:
        return reverse("deadline_studio:levels")

    def form_valid(self, form: LevelForm) -> HttpResponse:
        raw = form.raw
        LevelSection().load([raw], replace=False)
        message = _("The service level was saved. It counts once it is published.")
        return self.done(message, reverse("deadline_studio:level", args=[raw["key"]]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = [_("About: %(type)s.") % {"type": self.record_type.plural_label}]
        return super().get_context_data(about=about, row=self.row, **kwargs)


class AddLevelView(_FormView):
    page_title = gettext_lazy("New service level")
    submit_label = gettext_lazy("Add service level")


class _One:
    kwargs: Mapping[str, Any]

    @cached_property
    def row(self) -> ServiceLevel:
        return get_object_or_404(ServiceLevel, key=self.kwargs["level"])


class LevelView(_One, _FormView):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot, now = self.copy.draft.snapshot, timezone.now()
        level = levels_of(snapshot)[self.row.key]
        calendar = calendars_of(snapshot).get(level.calendar)
        targets = [
            (
                target,
                in_hours(target.minutes),
                example(calendar, target.length, now) if calendar else "",
            )
            for target in level.targets
        ]
        return super().get_context_data(
            targets=targets,
            delete_url=reverse("deadline_studio:level_delete", args=[self.row.key]),
            **kwargs,
        )


class DeleteLevelView(_Trail, _One, ConfirmView):
    confirm_label = gettext_lazy("Delete the service level")

    def get_page_title(self) -> str:
        return _("Delete the service level %(name)s?") % {"name": self.row.label}

    def get_success_url(self) -> str:
        return reverse("deadline_studio:levels")

    def explanation(self) -> Sequence[str]:
        return [_("Once this is published, its deadlines end, and its figures are not shown.")]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("The service level was deleted."))


class _TargetFormView(_One, StudioFormView):
    template_name = "workflows/deadlines/studio/form.html"
    form_class = TargetForm
    header_icon = "history"
    target: Mapping[str, Any] | None = None

    def trail(self) -> Trail:
        return [
            (_("Service levels"), reverse("deadline_studio:levels")),
            (self.row.label, self.get_success_url()),
        ]

    def get_success_url(self) -> str:
        return reverse("deadline_studio:level", args=[self.row.key])

    def get_form_kwargs(self) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        record_type = snapshot.types.get(self.row.record_type)
        if record_type is None:
            raise Http404
        return {
            **super().get_form_kwargs(),
            "record_type": record_type,
            "snapshot": snapshot,
            "user": self.user,
            "languages": self.languages,
            "target": self.target,
            "taken": [each["key"] for each in self.row.targets],
        }

    def form_valid(self, form: TargetForm) -> HttpResponse:
        said = form.raw
        with transaction.atomic():
            row = ServiceLevel.objects.select_for_update().get(pk=self.row.pk)
            known = any(each["key"] == said["key"] for each in row.targets)
            kept = [said if each["key"] == said["key"] else each for each in row.targets]
            row.targets = kept if known else [*row.targets, said]
            row.save(update_fields=["targets"])
        return self.done(_("The target was saved."))


class AddTargetView(_TargetFormView):
    page_title = gettext_lazy("New target")
    submit_label = gettext_lazy("Add target")


class _OneTarget(_One):
    @cached_property
    def target(self) -> Mapping[str, Any]:
        for each in self.row.targets:
            if each["key"] == self.kwargs["target"]:
                return dict(each)
        raise Http404

    def get_page_title(self) -> str:
        return label_of(self.target)


class TargetView(_OneTarget, _TargetFormView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        args = [self.row.key, self.target["key"]]
        url = reverse("deadline_studio:target_delete", args=args)
        return super().get_context_data(delete_url=url, **kwargs)


class DeleteTargetView(_OneTarget, ConfirmView):
    confirm_label = gettext_lazy("Delete the target")

    def get_page_title(self) -> str:
        return _("Delete the target %(name)s?") % {"name": label_of(self.target)}

    def trail(self) -> Trail:
        return [(self.row.label, self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("deadline_studio:level", args=[self.row.key])

    def explanation(self) -> Sequence[str]:
        return [_("Once this is published, its deadlines end.")]

    def perform(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            row = ServiceLevel.objects.select_for_update().get(pk=self.row.pk)
            row.targets = [each for each in row.targets if each["key"] != self.target["key"]]
            row.save(update_fields=["targets"])
        return self.done(_("The target was deleted."))


def label_of(target: Mapping[str, Any]) -> str:
    return TargetDef(**target).label
