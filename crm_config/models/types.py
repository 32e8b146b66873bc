"""The working copy of record types. The running system never reads these: see `crm_config.live`."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.keys import MAX_KEY, is_key


def validate_key(value: str) -> None:
    if not is_key(value):
        raise ValidationError(
            _("Use small letters, digits and single underscores, starting with a letter."),
            code="key",
        )


class Keyed(models.Model):
    """Something with a key that never changes and a label per language."""

    key = models.CharField(_("key"), max_length=MAX_KEY, validators=[validate_key])
    labels = models.JSONField(_("label"), default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


class RecordType(Keyed):
    plural = models.JSONField(_("plural"), default=dict)
    description = models.JSONField(_("description"), default=dict, blank=True)
    icon = models.CharField(_("icon"), max_length=50, default="doc-empty")
    colour = models.CharField(_("colour"), max_length=20, blank=True)
    title_template = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Field keys in braces: {given_name} {family_name}"),
    )
    columns = models.JSONField(_("columns"), default=list, blank=True)
    sort = models.JSONField(_("sort"), default=list, blank=True)
    menu_group = models.CharField(_("menu group"), max_length=50, blank=True)
    menu_order = models.PositiveSmallIntegerField(_("menu order"), default=100)
    traits = models.JSONField(_("traits"), default=list, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["menu_order", "key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="record_type_key")]
        verbose_name = _("record type")
        verbose_name_plural = _("record types")


class Section(Keyed):
    record_type = models.ForeignKey(RecordType, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["record_type", "key"], name="section_key")]
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class Field(Keyed):
    record_type = models.ForeignKey(RecordType, on_delete=models.CASCADE, related_name="fields")
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="fields",
        verbose_name=_("section"),
    )
    order = models.PositiveSmallIntegerField(default=0)
    type = models.CharField(_("kind"), max_length=MAX_KEY)
    options = models.JSONField(_("options"), default=dict, blank=True)
    help = models.JSONField(_("help"), default=dict, blank=True)
    placeholder = models.JSONField(_("placeholder"), default=dict, blank=True)
    default = models.JSONField(_("default"), null=True, blank=True)
    required = models.BooleanField(_("required"), default=False)
    unique = models.BooleanField(_("unique"), default=False)
    filterable = models.BooleanField(_("filterable"), default=False)
    sortable = models.BooleanField(_("sortable"), default=False)
    searchable = models.BooleanField(_("searchable"), default=False)
    personal = models.BooleanField(_("personal data"), default=False)
    readonly_after_creation = models.BooleanField(_("read-only after creation"), default=False)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["record_type", "key"], name="field_key")]
        verbose_name = _("field")
        verbose_name_plural = _("fields")


class Option(Keyed):
    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(_("colour"), max_length=20, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["field", "key"], name="option_key")]
        verbose_name = _("option")
        verbose_name_plural = _("options")
