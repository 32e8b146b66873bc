"""Teams, their members and leads; members of roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.models import Team, User


class PeopleField(forms.ModelMultipleChoiceField):
    """Active users, by name. Those who were chosen before may stay."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "queryset", User.objects.filter(is_active=True).order_by("last_name", "username")
        )
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", PeopleWidget)
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        name, login = obj.get_full_name(), obj.get_username()
        return f"{name} ({login})" if name else login


class PeopleWidget(forms.CheckboxSelectMultiple):
    """Boxes with a search over them, for a long list of people."""

    template_name = "crm_config/widgets/people.html"


class TeamForm(forms.ModelForm):
    members = PeopleField(label=_("Members"))
    leads = PeopleField(
        label=_("Leads"),
        help_text=_("They lead the team; they are members of it too."),
    )

    class Meta:
        model = Team
        fields = ("name", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            memberships = list(self.instance.memberships.all())
            self.initial["members"] = [m.user_id for m in memberships]
            self.initial["leads"] = [m.user_id for m in memberships if m.lead]

    def clean_parent(self) -> Team | None:
        parent: Team | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("A team cannot be part of itself."), code="cycle")
            above = above.parent
        return parent


class RoleMembersForm(forms.Form):
    members = PeopleField(label=_("Members"))
