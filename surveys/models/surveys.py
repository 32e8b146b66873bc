"""The working copy of surveys. The running system reads what is published: `surveys.definitions`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed


class Survey(Keyed):
    #: The record type that it is about, such as requests that were solved.
    record_type = models.CharField(_("record type"), max_length=50)
    intro = models.JSONField(_("introduction"), default=dict, blank=True)
    submit = models.JSONField(_("button"), default=dict, blank=True)
    steps = models.JSONField(_("pages"), default=list)
    jumps = models.JSONField(_("jumps"), default=list, blank=True)
    ends = models.JSONField(_("end pages"), default=list)
    quotas = models.JSONField(_("quotas"), default=list, blank=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    sending = models.JSONField(_("sending"), default=dict, blank=True)
    follow_ups = models.JSONField(_("follow-up"), default=list, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="survey_key")]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
