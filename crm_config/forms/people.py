"""Teams, their members and leads; members of roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.members import OWN_ROLE, OWN_TEAM, OWN_TEAM_ABOVE, takes_two, would_take
from crm_config.models import Role, Team, User


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

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
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
        if "parent" in self.changed_data and self._widens(parent):
            raise ValidationError(OWN_TEAM_ABOVE, code="own_team")
        return parent

    def _widens(self, parent: Team | None) -> bool:
        """Whether more teams would be below one that the person is in."""
        own = set(self.by.memberships.values_list("team", flat=True)) if takes_two() else set()
        above = parent
        while above is not None and above.pk not in own:
            above = above.parent
        return above is not None

    def clean_members(self) -> Any:
        return self._others_alone("members")

    def clean_leads(self) -> Any:
        return self._others_alone("leads")

    def _others_alone(self, name: str) -> Any:
        before = {*self.initial.get("leads", ())}
        if name == "members":
            before |= {*self.initial.get("members", ())}
        chosen = self.cleaned_data[name]
        if takes_two() and self.by in chosen and self.by.pk not in before:
            raise ValidationError(OWN_TEAM, code="own_team")
        return chosen


class RoleMembersForm(forms.Form):
    members = PeopleField(label=_("Members"))

    def __init__(self, *args: Any, role: Role, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role, self.by = role, by

    def clean_members(self) -> Any:
        chosen = self.cleaned_data["members"]
        if self.by in chosen and would_take(self.by, [self.role.group]):
            raise ValidationError(OWN_ROLE, code="own_role")
        return chosen
