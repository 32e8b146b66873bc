"""Published versions: looked at, compared, taken out as files, gone back to."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from crm_config import payload, publication, words
from crm_config.diff import diff
from crm_config.errors import ConfigError, UnknownVersion
from crm_config.forms.publishing import RollbackForm
from crm_config.models import ConfigSnapshot
from crm_config.problems import ConfigurationInvalid
from crm_config.views.base import AdministratorsOnly, ConfirmView, StudioView, Trail
from crm_config.words import Group

ON_A_PAGE = 25
WORKING_COPY = "working"


def version_or_404(number: int) -> ConfigSnapshot:
    try:
        return publication.version(number)
    except UnknownVersion as unknown:
        raise Http404(str(unknown)) from unknown


def told(before: payload.Payload, after: payload.Payload) -> list[Group]:
    return words.in_words(diff(before, after), before, after)


class VersionsView(StudioView):
    template_name = "crm_config/studio/versions.html"
    page_title = gettext_lazy("Versions")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ConfigSnapshot.objects.defer("payload").select_related("author", "approved_by")
        page = Paginator(rows, ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, live=self.copy.published_version, **kwargs)


class _VersionTrail:
    kwargs: dict[str, Any]

    def trail(self) -> Trail:
        return [(_("Versions"), reverse("studio:versions"))]

    @cached_property
    def version(self) -> ConfigSnapshot:
        return version_or_404(self.kwargs["version"])


class VersionView(_VersionTrail, StudioView):
    """What one version changed."""

    template_name = "crm_config/studio/version.html"
    header_icon = "history"

    def get_page_title(self) -> str:
        return _("Version %(version)s") % {"version": self.version.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = ConfigSnapshot.objects.filter(version=self.version.version - 1).first()
        return super().get_context_data(
            version=self.version,
            groups=told(before.payload if before else publication.EMPTY, self.version.payload),
            is_live=self.version.version == self.copy.published_version,
            **kwargs,
        )


class CompareView(StudioView):
    """Any two versions, or one and the working copy."""

    template_name = "crm_config/studio/compare.html"
    header_icon = "history"
    page_title = gettext_lazy("Compare")

    def trail(self) -> Trail:
        return [(_("Versions"), reverse("studio:versions"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [self.request.GET.get("from", ""), self.request.GET.get("to", WORKING_COPY)]
        before, after = (self._side(name) for name in names)
        return super().get_context_data(
            before=self._label(names[0]),
            after=self._label(names[1]),
            groups=told(before, after),
            **kwargs,
        )

    def _side(self, name: str) -> payload.Payload:
        if name == WORKING_COPY:
            return self.copy.payload
        if not name.isdecimal():
            raise Http404
        return version_or_404(int(name)).payload

    def _label(self, name: str) -> str:
        if name == WORKING_COPY:
            return _("Working copy")
        return _("Version %(version)s") % {"version": name}


def as_file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class VersionFileView(AdministratorsOnly, View):
    def get(self, request: HttpRequest, version: int) -> HttpResponse:
        row = version_or_404(version)
        return as_file(payload.to_bytes(row.payload), f"relata-v{row.version}.json")


class WorkingCopyFileView(AdministratorsOnly, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return as_file(payload.to_bytes(payload.dump()), "relata-working-copy.json")


class RollbackView(_VersionTrail, ConfirmView):
    """Publishes an older version again. Where two persons publish, it becomes the working copy, to be
    reviewed and approved."""

    template_name = "crm_config/studio/rollback.html"
    form_class = RollbackForm
    header_icon = "history"

    def trail(self) -> Trail:
        url = reverse("studio:version", args=[self.version.version])
        return [
            *super().trail(),
            (_("Version %(version)s") % {"version": self.version.version}, url),
        ]

    def get_page_title(self) -> str:
        return _("Go back to version %(version)s?") % {"version": self.version.version}

    def get_success_url(self) -> str:
        return reverse("studio:versions")

    def get_form(self, form_class: Any = None) -> Any:
        return None if self.copy.two_person else super().get_form(form_class)

    @property
    def confirm_label(self) -> str:
        if self.copy.two_person:
            return _("Take it into the working copy")
        return _("Go back to this version")

    def explanation(self) -> Sequence[str]:
        said = [
            _(
                "It is published again as a new version: no version is lost. Records keep their "
                "values; those of fields that the older version does not have are kept unseen."
            )
        ]
        if self.copy.changes:
            said.append(_("Changes that are not published yet are lost."))
        if self.copy.two_person:
            said.append(
                _("A second person must approve: it becomes the working copy, for you to review.")
            )
        return said

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = told(self.copy.published, self.version.payload)
        return super().get_context_data(groups=groups, version=self.version, **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        try:
            return self._take() if self.copy.two_person else self._publish(form)
        except ConfigurationInvalid as invalid:
            messages.error(self.request, "; ".join(str(problem) for problem in invalid.problems))
        except ConfigError as refusal:
            messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.get_success_url())

    def _publish(self, form: RollbackForm) -> HttpResponse:
        row = publication.rollback(
            self.version.version, user=self.user, reason=form.cleaned_data["reason"]
        )
        message = _("Version %(old)s is published again, as version %(new)s.")
        return self.done(message % {"old": self.version.version, "new": row.version})

    def _take(self) -> HttpResponse:
        publication.raise_for(self.version.payload)
        payload.load(self.version.payload, replace=True)
        message = _("Version %(version)s is the working copy now: review it and ask for approval.")
        return self.done(message % {"version": self.version.version}, reverse("studio:review"))
