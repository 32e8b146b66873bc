"""API tokens: everyone sees and makes their own; administrators see, and can revoke, all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import Snapshot
from crm_config.models import User
from crm_config.permissions import ADMINISTER
from records import token_scopes, tokens
from records.asker import access_of
from records.forms.token import TokenForm
from records.models import ApiToken


class TokenScreen(WagtailAdminTemplateMixin):
    request: HttpRequest
    header_icon = "key"

    @property
    def user(self) -> User:
        """The admin lets in nobody who is not logged in."""
        return cast(User, self.request.user)

    @cached_property
    def administers(self) -> bool:
        return self.user.has_perm(ADMINISTER)

    @cached_property
    def snapshot(self) -> Snapshot:
        return access_of(self.request).snapshot

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("API tokens"), "url": reverse("api_tokens:index")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]


@dataclass(frozen=True)
class Row:
    token: ApiToken
    may: str
    state: ApiToken.State


class TokensView(TokenScreen, TemplateView):
    template_name = "records/tokens/index.html"
    page_title = gettext_lazy("API tokens")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_header_buttons(self) -> list[HeaderButton]:
        url = reverse("api_tokens:add")
        return [HeaderButton(_("New API token"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=list(self.rows()),
            administers=self.administers,
            docs_url=reverse("api:openapi-view"),
            **kwargs,
        )

    def rows(self) -> Iterator[Row]:
        for token in tokens.visible(self.user):
            yield Row(token, words(token, self.snapshot), token.state())


class NewTokenView(TokenScreen, FormView):
    template_name = "records/tokens/form.html"
    form_class = TokenForm
    page_title = gettext_lazy("New API token")

    def get_form_kwargs(self) -> dict[str, Any]:
        types = access_of(self.request).visible_types()
        return {**super().get_form_kwargs(), "types": types}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action_url=self.request.path,
            submit_button_label=_("Make the token"),
            submit_button_active_label=_("Making…"),
            **kwargs,
        )

    def form_valid(self, form: TokenForm) -> HttpResponse:
        """The secret is in this answer and nowhere else; the admin's pages are never cached."""
        token, secret = tokens.issue(
            user=self.user,
            name=form.cleaned_data["name"],
            scopes=form.scopes(),
            expires_at=form.expires_at(),
        )
        context = self.get_context_data(
            form=form,
            token=token,
            secret=secret,
            may=words(token, self.snapshot),
            example_url=self.request.build_absolute_uri(reverse("api:me")),
            docs_url=reverse("api:openapi-view"),
        )
        return render(self.request, "records/tokens/made.html", context)


class RevokeTokenView(TokenScreen, TemplateView):
    template_name = "records/tokens/revoke.html"
    page_title = gettext_lazy("Revoke the token")

    @cached_property
    def token(self) -> ApiToken:
        return get_object_or_404(tokens.visible(self.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(token=self.token, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tokens.revoke(self.token, by=self.user)
        messages.success(request, _("“%(name)s” was revoked.") % {"name": self.token.name})
        return redirect("api_tokens:index")


def words(token: ApiToken, snapshot: Snapshot) -> str:
    """What it may, as its maker chose it."""
    scopes = token_scopes.parse(token.scopes)
    said = []
    for verb, keys in ((_("read"), scopes.read), (_("read and write"), scopes.write)):
        if token_scopes.EVERY_TYPE in keys:
            said.append(_("%(verb)s everything") % {"verb": verb})
        elif keys:
            types = ", ".join(sorted(_plural(key, snapshot) for key in keys))
            said.append(_("%(verb)s: %(types)s") % {"verb": verb, "types": types})
    return "; ".join(said)


def _plural(key: str, snapshot: Snapshot) -> str:
    found = snapshot.types.get(key)
    return found.plural_label if found else key
