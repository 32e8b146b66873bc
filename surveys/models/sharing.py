"""Results that were shared with people outside, by a link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.models.sending import new_token


class ResultShare(models.Model):
    """`questions` by key; `asked` is what stood in the address, see `surveys.results.asking`. It shows what whoever
    shared it may read, as long as they may."""

    survey = models.CharField(_("survey"), max_length=50)
    name = models.CharField(_("name"), max_length=200)
    token = models.CharField(max_length=50, unique=True, default=new_token, editable=False)
    questions = models.JSONField(_("questions"), default=list)
    asked = models.JSONField(default=dict, blank=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["survey", "-id"], name="result_share_of")]
        verbose_name = _("shared results")
        verbose_name_plural = _("shared results")

    def __str__(self) -> str:
        return self.name
