"""The working copy of pipelines. The running system reads `workflows.pipelines.live`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY
from crm_config.models.types import Keyed


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
