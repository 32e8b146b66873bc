"""The working copy of segments. The running system reads `crm_config.segments`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY
from crm_config.models.types import Keyed


class Segment(Keyed):
    """`roles` and `keepers` hold keys of roles."""

    class Kind(models.TextChoices):
        DYNAMIC = "dynamic", _("by condition")
        STATIC = "static", _("by hand")
        COMBINED = "combined", _("by condition and by hand")

    record_type = models.CharField(_("record type"), max_length=MAX_KEY)
    description = models.JSONField(_("description"), default=dict, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DYNAMIC)
    condition = models.JSONField(_("condition"), null=True, blank=True)
    roles = models.JSONField(_("shared with"), default=list, blank=True)
    keepers = models.JSONField(_("kept by"), default=list, blank=True)
    #: What its list shows; empty: what the type's does.
    columns = models.JSONField(_("columns"), default=list, blank=True)
    tracks = models.BooleanField(_("keeps who entered and left"), default=False)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["record_type", "key"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key"], name="segment_key")]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
