"""The working copy of forms. The running system reads what is published: `forms_builder.definitions`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed


class Form(Keyed):
    record_type = models.CharField(_("record type"), max_length=50)
    channel = models.CharField(_("channel"), max_length=10, default="public")
    intro = models.JSONField(_("introduction"), default=dict, blank=True)
    submit = models.JSONField(_("button"), default=dict, blank=True)
    done = models.JSONField(_("text afterwards"), default=dict, blank=True)
    steps = models.JSONField(_("steps"), default=list)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    handling = models.JSONField(_("what becomes of it"), default=dict, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="form_key")]
        verbose_name = _("form")
        verbose_name_plural = _("forms")
