"""Review and publish: the change-set in words, what stands in its way, and who publishes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from crm_config import publication, review_parts, words
from crm_config.errors import ConfigError
from crm_config.forms.publishing import CommentForm, ReasonForm
from crm_config.models import PublishRequest
from crm_config.problems import ConfigurationInvalid, Problem
from crm_config.sections.base import Path
from crm_config.views.base import ConfirmView, StudioFormView, Trail, waiting_request
from crm_config.views.impacts import shown_impacts
from crm_config.views.links import screen
from crm_config.words import Change, Group, Vocabulary, place
from crm_config.working_copy.reading import WorkingCopy, exists_in


@dataclass(frozen=True)
class ShownProblem:
    place: str
    message: str
    url: str
    warning: bool


def shown_problems(problems: Sequence[Problem], payload: Mapping[str, Any]) -> list[ShownProblem]:
    """Problems with the names people gave, each with the screen where it is put right."""
    names = Vocabulary.of(payload)
    return [
        ShownProblem(
            place(p.path, names),
            p.message,
            screen(p.path) if _reachable(p.path, payload) else "",
            p.warning,
        )
        for p in problems
    ]


def _reachable(path: Path, payload: Mapping[str, Any]) -> bool:
    """Whether the screen of the object would be found: the object is in the working copy."""
    end = 4 if path[2:3] == ("fields",) and len(path) >= 4 else 2
    return exists_in(payload, path[:end])


@dataclass(frozen=True)
class ShownGroup:
    group: Group
    url: str


def shown_groups(copy: WorkingCopy) -> list[ShownGroup]:
    groups = words.in_words(copy.changes, copy.published, copy.payload)
    return [
        ShownGroup(g, screen(g.path) if _reachable(g.path, copy.payload) else "") for g in groups
    ]


class ReviewView(StudioFormView):
    template_name = "crm_config/studio/review.html"
    form_class = ReasonForm
    page_title = gettext_lazy("Review and publish")
    header_icon = "clipboard-check"
    shows_bar = False
    refused = gettext_lazy("Not published: see what is marked below.")

    def get_success_url(self) -> str:
        return reverse("studio:review")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problems = publication.check(self.copy.payload) if self.copy.changes else []
        request = waiting_request()
        return super().get_context_data(
            groups=shown_groups(self.copy),
            count=len(self.copy.changes),
            version=self.copy.published_version,
            problems=shown_problems([p for p in problems if not p.warning], self.copy.payload),
            warnings=shown_problems([p for p in problems if p.warning], self.copy.payload),
            two_person=self.copy.two_person,
            waiting=request,
            is_mine=request is not None and request.requested_by_id == self.request.user.pk,
            refused_request=self.refused_request(),
            comment_form=CommentForm(),
            impacts=shown_impacts(self.copy, self.user),
            copy=self.copy,
            parts=review_parts.parts() if self.copy.published_version else [],
            **kwargs,
        )

    def refused_request(self) -> PublishRequest | None:
        """The last request, if it was refused and nothing was published since."""
        last = PublishRequest.objects.select_related("decided_by").first()
        refused = last is not None and last.state == PublishRequest.State.REFUSED
        return (
            last if last and refused and last.base_version == self.copy.published_version else None
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decide = {
            "publish": self.publish,
            "ask": self.ask,
            "approve": self.approve,
            "refuse": self.refuse,
        }.get(request.POST.get("decision", ""))
        if decide is None:
            return HttpResponseBadRequest()
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        return self.attempt(decide)

    def attempt(self, decide: Callable[[], str]) -> HttpResponse:
        """Do it, and say what came of it."""
        try:
            messages.success(self.request, decide())
        except ConfigurationInvalid as invalid:
            messages.error(
                self.request,
                ngettext(
                    "Not published: one problem is in the way, listed below.",
                    "Not published: %(count)s problems are in the way, listed below.",
                    len(invalid.problems),
                )
                % {"count": len(invalid.problems)},
            )
        except ConfigError as refusal:
            messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.get_success_url())

    @property
    def reason(self) -> str:
        return str(self.request.POST.get("reason", "")).strip()

    def publish(self) -> str:
        row = publication.publish(user=self.user, reason=self.reason)
        return _("Version %(version)s is published. Everybody works with it from now on.") % {
            "version": row.version
        }

    def ask(self) -> str:
        publication.ask(user=self.user, reason=self.reason)
        return _("Asked for approval. Another administrator can publish it now.")

    def approve(self) -> str:
        row = publication.approve(self.asked, user=self.user)
        return _("Approved: version %(version)s is published.") % {"version": row.version}

    def refuse(self) -> str:
        comment = str(self.request.POST.get("comment", "")).strip()
        publication.refuse(self.asked, user=self.user, comment=comment)
        return _("Refused. The changes stay in the working copy.")

    @property
    def asked(self) -> Any:
        request = waiting_request()
        if request is None or str(request.pk) != self.request.POST.get("request"):
            raise ConfigError(_("This request was decided already."))
        return request


class DiscardView(ConfirmView):
    """Puts one change back."""

    confirm_label = gettext_lazy("Discard this change")
    header_icon = "clipboard-check"
    shows_bar = False
    template_name = "crm_config/studio/discard.html"

    def trail(self) -> Trail:
        return [(_("Review and publish"), reverse("studio:review"))]

    def get_page_title(self) -> str:
        return _("Discard this change?")

    def get_success_url(self) -> str:
        return reverse("studio:review")

    @cached_property
    def change(self) -> tuple[Group, Change] | None:
        groups = words.in_words(self.copy.changes, self.copy.published, self.copy.payload)
        for group in groups:
            for change in group.changes:
                if change.id == self.kwargs["change"]:
                    return group, change
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.change else self._gone()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.change else self._gone()

    def _gone(self) -> HttpResponse:
        messages.warning(self.request, _("This change is not there any more: look again."))
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group, change = self.change or (None, None)
        return super().get_context_data(group=group, change=change, **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        assert self.change is not None
        change = self.change[1]
        publication.discard(change.difference)
        return self.done(_("Discarded: %(change)s") % {"change": change.sentence})


class DiscardAllView(ConfirmView):
    confirm_label = gettext_lazy("Discard all changes")
    header_icon = "clipboard-check"
    shows_bar = False
    page_title = gettext_lazy("Discard all changes?")

    def trail(self) -> Trail:
        return [(_("Review and publish"), reverse("studio:review"))]

    def get_success_url(self) -> str:
        return reverse("studio:review")

    @property
    def refusal(self) -> str:
        if self.copy.published_version:
            return ""
        return _("Nothing was published yet: there is nothing to go back to.")

    def explanation(self) -> Sequence[str]:
        count = len(self.copy.changes)
        said = ngettext(
            "%(count)s change is taken back; the working copy becomes what is published.",
            "%(count)s changes are taken back; the working copy becomes what is published.",
            count,
        )
        return [said % {"count": count}, _("This cannot be undone.")]

    def perform(self, form: Any) -> HttpResponse:
        publication.discard()
        return self.done(_("The working copy is what is published."))
