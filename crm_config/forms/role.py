"""A role: its name, and what it is granted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import ACTIONS, FIELD_ACCESS, SCOPES
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, is_key
from crm_config.models import Role
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key

GRANT, RIGHT = "grant", "right"


class RoleForm(forms.Form):
    administers = forms.BooleanField(
        label=_("Administers"),
        required=False,
        help_text=_("Its members may change and publish the configuration."),
    )

    def __init__(
        self, *args: Any, languages: Sequence[str], role: Role | None = None, **kwargs: Any
    ) -> None:
        self.languages, self.role = languages, role
        if role is not None:
            kwargs.setdefault("initial", {"labels": role.labels, "administers": role.administers})
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        if role is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=MAX_KEY,
                required=False,
                help_text=_("By it, files and rules know the role. It never changes."),
            )
            self.fields["like"] = forms.ModelChoiceField(
                label=_("Start with the rights of"),
                queryset=Role.in_use.all(),
                required=False,
                empty_label=_("no role: nothing is granted"),
            )
        self.order_fields(["labels", "key", "like", "administers"])

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        taken = set(Role.in_use.values_list("key", flat=True))
        if not key:
            name = label_here(self.cleaned_data.get("labels"))
            return propose_key(name, taken=taken, fallback="role")
        if not is_key(key):
            raise ValidationError(
                _("Use small letters, digits and single underscores, starting with a letter."),
                code="key",
            )
        if key in taken:
            raise ValidationError(_("Another role has this key."), code="taken")
        return key

    @property
    def labels(self) -> dict[str, str]:
        before = self.role.labels if self.role else {}
        return merged(before, self.cleaned_data["labels"], self.languages)


class RightsForm:
    """Reads the matrix: one value per role, type and action, named `grant:role:type:action`, and one per role,
    type and field, named `right:role:type:field`. Not a Django form: a company has thousands of cells."""

    def __init__(
        self, data: Mapping[str, Any], *, roles: Iterable[Role], fields: Mapping[str, Iterable[str]]
    ) -> None:
        """`fields` gives the keys of each type's fields: other names are not the matrix's."""
        self.data = data
        self.roles = {role.key: role for role in roles}
        self.fields = {key: frozenset(keys) for key, keys in fields.items()}
        self.errors: list[str] = []
        self.scopes: dict[str, dict[tuple[str, str], str]] = {key: {} for key in self.roles}
        self.rights: dict[str, dict[tuple[str, str], str]] = {key: {} for key in self.roles}

    def is_valid(self) -> bool:
        for name, value in self.data.items():
            parts = name.split(":")
            if len(parts) == 4 and parts[0] in (GRANT, RIGHT) and not self._take(parts, value):
                self.errors.append(str(_("There is no such right: %s.") % f"{name} = {value}"))
        return not self.errors

    def _take(self, parts: list[str], value: str) -> bool:
        kind, role, record_type, what = parts
        if role not in self.roles or record_type not in self.fields:
            return False
        if kind == GRANT:
            self.scopes[role][record_type, what] = value
            return what in ACTIONS and value in SCOPES
        self.rights[role][record_type, what] = value
        return what in self.fields[record_type] and value in ("", *FIELD_ACCESS)
