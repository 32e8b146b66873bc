"""Promises: what holds, what does not and why, and writing new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.forms.promise import PromiseForm
from crm_config.models import Promise, PromiseCheck, User
from crm_config.promises import checking
from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from crm_config.promises.kinds.base import PromiseKind
from crm_config.promises.kinds.registry import KINDS
from crm_config.promises.naming import SnapshotNames, sentence
from crm_config.promises.telling import told
from crm_config.publication import as_published
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.words.sentence import Sentence
from crm_config.working_copy import promises
from crm_config.working_copy.reading import WorkingCopy


@dataclass(frozen=True)
class ShownPromise:
    """`state` is kept, broken or unknown: not looked at since it says what it says."""

    promise: PromiseDef
    sentence: Sentence
    state: str
    example: str = ""
    #: Title and address of the record of the counter-example, for those who may see it.
    record: tuple[str, str] | None = None
    checked_at: datetime | None = None
    #: Looked at under the working copy, not under what is published.
    draft: bool = False


def shown(promise: PromiseDef, copy: WorkingCopy, user: User) -> ShownPromise:
    snapshot = copy.draft.snapshot
    said = sentence(promise, SnapshotNames(snapshot))
    check = last_check(promise)
    if check is None:
        return ShownPromise(promise, said, "unknown")
    example = Example.from_json(check.example) if check.example else None
    record = example.record if example else None
    return ShownPromise(
        promise,
        said,
        "kept" if check.kept else "broken",
        example=told(example, snapshot) if example else "",
        record=checking.get().record(record, user) if record else None,
        checked_at=check.checked_at,
        draft=check.draft,
    )


def last_check(promise: PromiseDef) -> PromiseCheck | None:
    """Of what it says now: under the working copy or under what is published, whichever is newer."""
    digest = checking.get().digest(promise)
    checks = PromiseCheck.objects.filter(key=promise.key, digest=digest)
    return checks.order_by("-checked_at").first()


class PromisesView(StudioView):
    template_name = "crm_config/studio/promises.html"
    page_title = gettext_lazy("Promises")
    header_icon = "lock"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("studio:promise_kinds")
        return [HeaderButton(_("New promise"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.copy.payload.get("promises", [])
        rows = [shown(PromiseDef.of(raw), self.copy, self.user) for raw in held]
        return super().get_context_data(
            rows=[row for row in rows if not row.promise.retired],
            archived=[row for row in rows if row.promise.retired],
            job=checking.get().running(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at all of them."""
        checking.get().start(self.user)
        return HttpResponseRedirect(reverse("studio:promises"))


class _PromiseTrail:
    def trail(self) -> Trail:
        return [(_("Promises"), reverse("studio:promises"))]


class PromiseKindsView(_PromiseTrail, StudioView):
    """The kinds with examples; then, of one kind, the record types."""

    template_name = "crm_config/studio/promise_kinds.html"
    page_title = gettext_lazy("New promise")
    header_icon = "lock"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        return super().get_context_data(
            kinds=KINDS.values(),
            kind=KINDS.get(self.request.GET.get("kind", "")),
            types=snapshot.active_types,
            has_roles=bool(snapshot.roles),
            **kwargs,
        )


class _PromiseFormView(_PromiseTrail, StudioFormView):
    template_name = "crm_config/studio/promise_form.html"
    form_class = PromiseForm
    header_icon = "lock"
    promise: Promise | None = None

    @property
    def kind(self) -> PromiseKind:
        raise NotImplementedError

    @property
    def type_key(self) -> str:
        raise NotImplementedError

    @cached_property
    def record_type(self) -> TypeDef:
        try:
            return self.copy.draft.snapshot.types[self.type_key]
        except KeyError as error:
            raise Http404 from error

    def get_success_url(self) -> str:
        return reverse("studio:promises")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "kind": self.kind,
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
            "languages": self.languages,
            "promise": self.promise,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kind=self.kind, record_type=self.record_type, promise=self.promise, **kwargs
        )

    def form_valid(self, form: PromiseForm) -> HttpResponse:
        """Saved, and looked at once under the working copy as it is now."""
        row = promises.save_promise(form.raw)
        message = self.saved % {"name": row.label}
        if row.retired:
            return self.done(message)
        snapshot = as_published(WorkingCopy().payload).snapshot
        verdict = checking.get().look(snapshot, row.key)
        if verdict is None or verdict.example is None:
            return self.done(f"{message} {_('It holds.')}" if verdict else message)
        messages.warning(self.request, f"{message} {told(verdict.example, snapshot)}")
        return HttpResponseRedirect(self.get_success_url())

    saved: Any = gettext_lazy("The promise %(name)s was saved.")


class AddPromiseView(_PromiseFormView):
    page_title = gettext_lazy("New promise")
    submit_label = gettext_lazy("Add promise")
    saved = gettext_lazy("The promise %(name)s was added.")

    @property
    def kind(self) -> PromiseKind:
        try:
            return KINDS[self.request.GET.get("kind", "")]
        except KeyError as error:
            raise Http404 from error

    @property
    def type_key(self) -> str:
        return str(self.request.GET.get("type", ""))


class _OnePromise:
    kwargs: Mapping[str, Any]

    @cached_property
    def promise(self) -> Promise:
        return get_object_or_404(Promise, key=self.kwargs["promise"])


class PromiseView(_OnePromise, _PromiseFormView):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.promise.label)

    @property
    def kind(self) -> PromiseKind:
        try:
            return KINDS[self.promise.kind]
        except KeyError as error:
            raise Http404 from error

    @property
    def type_key(self) -> str:
        return str(self.promise.arguments.get("type", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        raw = next(r for r in self.copy.payload["promises"] if r["key"] == self.promise.key)
        return super().get_context_data(
            shown=shown(PromiseDef.of(raw), self.copy, self.user),
            delete_url=reverse("studio:promise_delete", args=[self.promise.key]),
            **kwargs,
        )


class DeletePromiseView(_PromiseTrail, _OnePromise, ConfirmView):
    confirm_label = gettext_lazy("Take the promise back")

    def get_page_title(self) -> str:
        return _("Take back the promise %(name)s?") % {"name": self.promise.label}

    def get_success_url(self) -> str:
        return reverse("studio:promise", args=[self.promise.key])

    def explanation(self) -> Sequence[str]:
        raw = next(r for r in self.copy.payload["promises"] if r["key"] == self.promise.key)
        names = SnapshotNames(self.copy.draft.snapshot)
        return [
            str(sentence(PromiseDef.of(raw), names)),
            _("Once this is published, nothing holds it any more."),
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.promise.label
        promises.remove_promise(self.promise)
        message = _("The promise %(name)s was taken back.") % {"name": name}
        return self.done(message, reverse("studio:promises"))
