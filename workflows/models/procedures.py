"""The working copy of procedures, what their nightly look found, and the reasons given in spite of a warning."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed
from records.models import Record


class Procedure(Keyed):
    record_type = models.CharField(_("record type"), max_length=50)
    description = models.JSONField(_("description"), default=dict, blank=True)
    moments = models.JSONField(_("moments"), default=list)
    when = models.JSONField(_("when"), null=True, blank=True)
    must = models.JSONField(_("must"))
    message = models.JSONField(_("message"), default=dict)
    mode = models.CharField(_("mode"), max_length=10, default="block")
    approval = models.CharField(_("approval"), max_length=50, default="", blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="procedure_key")]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")


class ProcedureCheck(models.Model):
    """The last look at one procedure on all live records: how many break it, and the first of them."""

    key = models.CharField(max_length=50, unique=True)
    type = models.CharField(_("record type"), max_length=50)
    found = models.PositiveIntegerField(_("found"), default=0)
    first = models.JSONField(_("first"), default=list)
    #: Why it could not be checked.
    problem = models.TextField(_("problem"), blank=True)
    config_version = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        ordering = ["-found", "key"]
        default_permissions = ("view",)
        verbose_name = _("check of a procedure")
        verbose_name_plural = _("checks of procedures")

    def __str__(self) -> str:
        return self.key


class Acknowledgement(models.Model):
    """Somebody went on in spite of a warning, and said why. `version` is the record's that was made so."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    rule = models.CharField(_("rule"), max_length=150)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["record", "version"], name="acknowledgement_of")]
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")

    def __str__(self) -> str:
        return self.rule
