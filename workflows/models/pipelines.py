"""The working copy of pipelines. The running system reads `workflows.pipelines.live`."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY
from crm_config.models.types import Keyed
from records.models import Record


class Pipeline(Keyed):
    """`stages` and `transitions` are lists of objects as the payload has them."""

    record_type = models.CharField(_("record type"), max_length=MAX_KEY)
    description = models.JSONField(_("description"), default=dict, blank=True)
    condition = models.JSONField(_("condition"), null=True, blank=True)
    #: A choice whose value tells records that came before the pipeline in which stage they are.
    from_field = models.CharField(_("stages so far"), max_length=MAX_KEY, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    no_skip = models.BooleanField(_("no stage is skipped"), default=False)
    no_backward = models.BooleanField(_("never backwards"), default=False)
    anywhere_by_import = models.BooleanField(
        _("imports bring records in at any stage"), default=True
    )
    stages = models.JSONField(_("stages"), default=list, blank=True)
    transitions = models.JSONField(_("transitions"), default=list, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["record_type", "order", "key"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key"], name="pipeline_key")]
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")


class ChecklistTick(models.Model):
    """Something on a stage's checklist was done with a record, by whom and when."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(_("stage"), max_length=MAX_KEY)
    item = models.CharField(_("entry"), max_length=MAX_KEY)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["record", "stage", "item"], name="one_tick_an_entry")
        ]
        verbose_name = _("tick of a checklist")
        verbose_name_plural = _("ticks of checklists")

    def __str__(self) -> str:
        return f"{self.record_id} {self.stage}/{self.item}"
