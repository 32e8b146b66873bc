"""Sharing the results by a link, and taking it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from records.errors import NotVisible
from surveys.results import sharing
from surveys.results.views.base import ResultsScreen, SurveyMixin


class ShareForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Questions"),
        help_text=gettext_lazy("Only counts and scores are shown: no words, no record, no name."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until it expires"),
        min_value=1,
        max_value=sharing.LONGEST,
        initial=sharing.USUAL,
    )


class ShareView(ResultsScreen):
    template_name = "surveys/results/share.html"

    def get_page_title(self) -> str:
        return _("Share results")

    def get_page_subtitle(self) -> str:
        return self.survey.label

    def form(self, data: Any = None) -> ShareForm:
        questions = self.chosen.questions.values()
        offered = [(q.key, q.label) for q in questions if q.measure not in ("", "text")]
        found = ShareForm(data, initial={"name": self.survey.label})
        choices = found.fields["questions"]
        choices.choices = offered  # type: ignore[attr-defined]
        choices.initial = [key for key, _label in offered]
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(sharing.may_share(self.survey, self.access))
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(sharing.may_share(self.survey, self.access))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        said = form.cleaned_data
        row = sharing.share(
            self.survey,
            access=self.access,
            questions=said["questions"],
            asked=self.chosen.asked,
            name=said["name"],
            days=said["days"],
        )
        url = request.build_absolute_uri(reverse("shared_results", args=[row.token]))
        messages.success(request, _("Shared: %(url)s") % {"url": url})
        return HttpResponseRedirect(self.address("results"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.address("share"), **kwargs)


class RevokeView(SurveyMixin, View):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = sharing.shares_of(self.survey, self.access).filter(pk=self.kwargs["share"]).first()
        if row is None or self.access.read_only:
            raise NotVisible(self.kwargs["share"])
        sharing.revoke(row, access=self.access)
        messages.success(request, _("The link shows nothing any more."))
        return HttpResponseRedirect(self.address("results"))
