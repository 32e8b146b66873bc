"""What every screen of the studio has: the right asked for, breadcrumbs, and the bar of unpublished changes."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from crm_config.forms.languages import company_languages
from crm_config.models import PublishRequest, User
from crm_config.permissions import ADMINISTER
from crm_config.references import Reference
from crm_config.views.links import Use, uses
from crm_config.words import Vocabulary
from crm_config.working_copy.reading import WorkingCopy

Trail = Sequence[tuple[Any, str]]


class AdministratorsOnly:
    """Wagtail answers the refusal with its own message and the way home."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(ADMINISTER):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class StudioMixin(AdministratorsOnly, WagtailAdminTemplateMixin):
    """`trail` names the screens above this one."""

    header_icon = "cogs"
    #: Off on the review itself.
    shows_bar = True

    @property
    def user(self) -> User:
        """Nobody else gets in."""
        return cast(User, self.request.user)

    @cached_property
    def copy(self) -> WorkingCopy:
        return WorkingCopy()

    @cached_property
    def languages(self) -> list[str]:
        return company_languages(self.copy.payload.get("company", {}).get("languages"))

    def trail(self) -> Trail:
        return ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [(gettext_lazy("Studio"), reverse("studio:home")), *self.trail()]
        return [
            *self.breadcrumbs_items,
            *({"label": label, "url": url} for label, url in above),
            {"label": self.get_page_title(), "url": ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.shows_bar:
            context["unpublished"] = len(self.copy.changes)
            context["waiting"] = waiting_request()
        return context

    def uses(self, references: Sequence[Reference]) -> list[Use]:
        return uses(references, Vocabulary.of(self.copy.payload))


def waiting_request() -> PublishRequest | None:
    """The request that waits for a second person, if one does."""
    waiting = PublishRequest.objects.filter(state=PublishRequest.State.WAITING)
    return waiting.select_related("requested_by").first()


class StudioView(StudioMixin, TemplateView):
    """A screen to look at."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without the parts of the address in the context: keys there would hide what they name."""
        return self.render_to_response(self.get_context_data())


class StudioFormView(StudioMixin, FormView):
    """A screen with one form. What was typed stays when it is refused."""

    template_name = "crm_config/studio/form.html"
    submit_label: Any = gettext_lazy("Save")
    #: Said when the form was refused.
    refused: Any = gettext_lazy("Not saved yet: see what is marked below.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context.get("form")
        context.setdefault("media", form.media if form is not None else None)
        return {
            **context,
            "submit_button_label": self.submit_label,
            "submit_button_active_label": _("Saving…"),
            "cancel_url": self.get_success_url(),
        }

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        messages.error(self.request, self.refused)
        return self.render_to_response(self.get_context_data(form=form))

    def done(self, message: str, url: str = "") -> HttpResponseRedirect:
        """Say what happened, and go on."""
        messages.success(self.request, message)
        return HttpResponseRedirect(url or self.get_success_url())


class ConfirmView(StudioFormView):
    """Asks before something that matters, showing what it does. `blocking` lists what must change first."""

    template_name = "crm_config/studio/confirm.html"
    confirm_label: Any = gettext_lazy("Yes, do it")
    danger = True
    form_class: Any = None

    @cached_property
    def blocking(self) -> list[Reference]:
        return []

    @cached_property
    def going_along(self) -> list[Reference]:
        """What goes with it."""
        return []

    @property
    def refusal(self) -> str:
        """Why it cannot be done at all; empty when it can."""
        return ""

    def explanation(self) -> Sequence[str]:
        """Paragraphs: what happens, and whether it can be undone."""
        return ()

    def get_form(self, form_class: Any = None) -> Any:
        return self.form_class(**self.get_form_kwargs()) if self.form_class else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "explanation": self.explanation(),
            "blocking": self.uses(self.blocking),
            "going_along": self.uses(self.going_along),
            "refusal": self.refusal,
            "confirm_label": self.confirm_label,
            "danger": self.danger,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if self.blocking or self.refusal:
            return self.render_to_response(self.get_context_data(form=form))
        if form is not None and not form.is_valid():
            return self.form_invalid(form)
        return self.perform(form)

    def perform(self, form: Any) -> HttpResponse:
        raise NotImplementedError
