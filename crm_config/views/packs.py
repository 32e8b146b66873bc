"""Packs: shipped ones and files, checked and told in words before they go into the working copy."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from crm_config import packs, payload, publication, words
from crm_config.diff import diff
from crm_config.errors import ConfigError
from crm_config.packs import Pack
from crm_config.problems import ConfigurationInvalid
from crm_config.views.base import StudioFormView, Trail
from crm_config.views.review import shown_problems

LARGEST = 5 * 1024 * 1024


class PackFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Pack or version"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy("A JSON file, as it is downloaded here."),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Replace the working copy"),
        required=False,
        help_text=gettext_lazy(
            "What the file does not hold is removed from the working copy. Otherwise the file only "
            "adds and changes."
        ),
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large for a pack."))
        try:
            return str(file.read().decode())
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not a JSON file.")) from None


class CheckedPackForm(forms.Form):
    """What was uploaded and looked at, on its way back to be loaded."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST, strip=False)
    replace = forms.BooleanField(widget=forms.HiddenInput, required=False)


class PacksView(StudioFormView):
    """The shipped packs, and a form for a file of one's own."""

    template_name = "crm_config/studio/packs.html"
    form_class = PackFileForm
    page_title = gettext_lazy("Packs")
    header_icon = "box-seam"
    submit_label = gettext_lazy("Check the file")

    def get_success_url(self) -> str:
        return reverse("studio:packs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            shipped=[packs.read(key) for key in packs.shipped()],
            version=self.copy.published_version,
            **kwargs,
        )

    def form_valid(self, form: PackFileForm) -> HttpResponse:
        """Shows the report; the file travels with the page and is kept nowhere."""
        content, replace = form.cleaned_data["file"], form.cleaned_data["replace"]
        report = Report.of(content, replace=replace)
        checked = CheckedPackForm(initial={"content": content, "replace": replace})
        return self.render_to_response(
            super().get_context_data(report=report, checked=checked, form=form),
            template="crm_config/studio/pack.html",
        )

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        self.template_name = kwargs.pop("template", self.template_name)
        return super().render_to_response(context, **kwargs)


class Report:
    """What loading a pack would do: problems, or the changes in words."""

    def __init__(self, pack: Pack | None, problems: list[Any], groups: list[Any]) -> None:
        self.pack, self.problems, self.groups = pack, problems, groups

    @property
    def count(self) -> int:
        return sum(len(group.changes) for group in self.groups)

    @classmethod
    def of(cls, content: str, *, replace: bool) -> "Report":
        try:
            return cls.of_pack(packs.parse(content.encode()), replace=replace)
        except ConfigurationInvalid as invalid:
            return cls(None, shown_problems(invalid.problems, {}), [])
        except ConfigError as refusal:
            return cls(None, [{"place": "", "message": str(refusal), "url": ""}], [])

    @classmethod
    def of_pack(cls, pack: Pack, *, replace: bool = False) -> "Report":
        """Raises `ConfigError` where a pack that it builds on is not there."""
        before, after = payload.dump(), packs.preview(pack, replace=replace)
        known = publication.check(before)
        problems = [p for p in publication.check(after) if p not in known and not p.warning]
        groups = words.in_words(diff(before, after), before, after)
        return cls(pack, shown_problems(problems, after), groups)


class PackView(StudioFormView):
    """One shipped pack."""

    template_name = "crm_config/studio/pack.html"
    header_icon = "box-seam"

    @cached_property
    def pack(self) -> Pack:
        if self.kwargs["pack"] not in packs.shipped():
            raise Http404
        return packs.read(self.kwargs["pack"])

    def get_form(self, form_class: Any = None) -> None:
        return None

    def trail(self) -> Trail:
        return [(_("Packs"), reverse("studio:packs"))]

    def get_page_title(self) -> str:
        return self.pack.label

    def get_success_url(self) -> str:
        return reverse("studio:packs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(report=Report.of_pack(self.pack), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return install(request, self.pack, replace=False)


class LoadPackView(StudioFormView):
    """Loads a file that was checked."""

    http_method_names = ["post"]
    form_class = CheckedPackForm

    def get_success_url(self) -> str:
        return reverse("studio:packs")

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Choose the file again."))
        return HttpResponseRedirect(self.get_success_url())

    def form_valid(self, form: CheckedPackForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            pack = packs.parse(data["content"].encode())
        except (ConfigError, ConfigurationInvalid):
            return self.form_invalid(form)
        return install(self.request, pack, replace=data["replace"])


def install(request: HttpRequest, pack: Pack, *, replace: bool) -> HttpResponse:
    """Into the working copy; then to the review, or back with what is in the way."""
    try:
        changed = packs.install(pack, replace=replace)
    except ConfigurationInvalid as invalid:
        messages.error(request, "; ".join(str(problem) for problem in invalid.problems))
    except ConfigError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "Loaded into the working copy: %(count)s change. Review it, then publish.",
            "Loaded into the working copy: %(count)s changes. Review them, then publish.",
            len(changed),
        )
        messages.success(request, said % {"count": len(changed)})
        return HttpResponseRedirect(reverse("studio:review"))
    return HttpResponseRedirect(reverse("studio:packs"))
