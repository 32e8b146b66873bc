"""Published versions, requests to publish, and the numbers that record types keep for ever."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY


class ConfigSnapshot(models.Model):
    """One published version. Never changed after it is written."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    payload = models.JSONField()
    #: Where the values of its fields stand: see `crm_config.stored_keys`.
    stored_keys = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("approved by"),
    )
    rolled_back_to = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return f"v{self.version}"


class PublishRequest(models.Model):
    """A change-set that waits for a second person. It names the exact payload by its digest: a working
    copy changed meanwhile needs a new request."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    digest = models.CharField(max_length=64)
    base_version = models.PositiveIntegerField()
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.state}"


class TypeNumber(models.Model):
    """The number in the ids of a type's records. Given at its first publication, never given again."""

    key = models.CharField(max_length=MAX_KEY, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.key} = {self.number}"
