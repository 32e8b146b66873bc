"""The working copy of promises, and what became of them when they were last checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed


class Promise(Keyed):
    kind = models.CharField(_("kind"), max_length=30)
    arguments = models.JSONField(_("arguments"), default=dict)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="promise_key")]
        verbose_name = _("promise")
        verbose_name_plural = _("promises")


class PromiseCheck(models.Model):
    """The last look at one promise: under what is published, or under the working copy."""

    key = models.CharField(max_length=50)
    draft = models.BooleanField(_("working copy"), default=False)
    #: Of what was promised: a promise that says something else by now has to be looked at again.
    digest = models.CharField(max_length=64)
    kept = models.BooleanField(_("holds"))
    example = models.JSONField(_("counter-example"), null=True)
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        ordering = ["kept", "key"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["key", "draft"], name="one_promise_check")]
        verbose_name = _("check of a promise")
        verbose_name_plural = _("checks of promises")

    def __str__(self) -> str:
        return self.key
