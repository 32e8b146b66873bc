"""A record type: its names, looks, place in the menu, title and traits."""

from collections.abc import Sequence
from string import Formatter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config import traits
from crm_config.forms.galleries import ColourField, IconField
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, is_key
from crm_config.models import RecordType
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key

TEXTS = ("labels", "plural", "description")
SIMPLE = ("icon", "colour", "menu_group", "menu_order", "traits")


class TraitsWidget(forms.CheckboxSelectMultiple):
    """Each trait as a card that says what it brings."""

    template_name = "crm_config/widgets/traits.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        trait = traits.get(str(value))
        option["description"] = trait.description
        option["brings"] = [label_here(field["labels"]) for field in trait.fields]
        return option


class RecordTypeForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        record_type: RecordType | None = None,
        **kwargs: Any,
    ) -> None:
        self.languages, self.record_type = languages, record_type
        if record_type is not None:
            kwargs.setdefault("initial", self._initial(record_type))
        super().__init__(*args, **kwargs)
        self._add_names()
        self._add_looks()

    def _initial(self, row: RecordType) -> dict[str, Any]:
        return {name: getattr(row, name) for name in (*TEXTS, *SIMPLE, "title_template")}

    def _add_names(self) -> None:
        self.fields["labels"] = LabelsField(
            label=_("Name"),
            languages=self.languages,
            max_length=100,
            help_text=_("Of one: Opportunity, Customer, Machine."),
        )
        self.fields["plural"] = LabelsField(
            label=_("Plural"),
            languages=self.languages,
            max_length=100,
            required=False,
            help_text=_("Of several, as the menu and the lists say it."),
        )
        if self.record_type is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=MAX_KEY,
                required=False,
                help_text=_(
                    "By it, formulas, files and other systems know the type. It never changes."
                ),
            )
        else:
            self.fields["title_template"] = forms.CharField(
                label=_("Title"),
                max_length=200,
                help_text=_(
                    "What a record is called in lists and links: keys of fields in braces, such as "
                    "{given_name} {family_name}."
                ),
            )
        self.fields["description"] = LabelsField(
            label=_("Description"), languages=self.languages, required=False, rows=2
        )

    def _add_looks(self) -> None:
        icon = self.record_type.icon if self.record_type else ""
        colour = self.record_type.colour if self.record_type else ""
        self.fields["traits"] = forms.MultipleChoiceField(
            label=_("Traits"),
            required=False,
            choices=[(key, trait.label) for key, trait in traits.all_traits().items()],
            widget=TraitsWidget,
            help_text=_("A trait brings fields and behaviour that go together."),
        )
        self.fields["icon"] = IconField(label=_("Icon"), current=icon, initial="doc-empty")
        self.fields["colour"] = ColourField(label=_("Colour"), current=colour)
        self.fields["menu_group"] = forms.CharField(
            label=_("Menu group"),
            max_length=50,
            required=False,
            help_text=_("Types of the same group stand under one heading in the menu."),
        )
        self.fields["menu_order"] = forms.IntegerField(
            label=_("Place in the menu"),
            min_value=0,
            max_value=32767,
            initial=100,
            help_text=_("Smaller numbers stand first."),
        )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        taken = set(RecordType.objects.values_list("key", flat=True))
        if not key:
            name = label_here(self.cleaned_data.get("labels"))
            return propose_key(name, taken=taken, fallback="type")
        if not is_key(key):
            raise ValidationError(
                _("Use small letters, digits and single underscores, starting with a letter."),
                code="key",
            )
        if key in taken:
            raise ValidationError(_("Another record type has this key."), code="taken")
        return key

    def clean_title_template(self) -> str:
        template = str(self.cleaned_data["title_template"])
        try:
            named = [
                name
                for _text, name, _spec, _conv in Formatter().parse(template)
                if name is not None
            ]
        except ValueError:
            raise ValidationError(_("The braces do not match.")) from None
        known = self._keys_in_use()
        for name in named:
            if name not in known:
                raise ValidationError(
                    _("There is no field “%(key)s” in use."), params={"key": name}, code="unknown"
                )
        if not named:
            raise ValidationError(_("Name at least one field, in braces."), code="no_field")
        return template

    def _keys_in_use(self) -> set[str]:
        if self.record_type is None:
            return set()
        return {f.key for f in self.record_type.fields.all() if not f.retired}

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        values = {name: data[name] for name in SIMPLE}
        values.update(
            {name: merged(self._before(name), data[name], self.languages) for name in TEXTS}
        )
        for name in ("key", "title_template"):
            if name in data:
                values[name] = data[name]
        return values

    def _before(self, name: str) -> dict[str, str]:
        return getattr(self.record_type, name) if self.record_type else {}
