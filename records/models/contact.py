"""How much the people of the company are written to: the rules of the working copy, what was sent, who wants none."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed
from records.models.record import Record


class ContactKind(models.TextChoices):
    SURVEY = "survey", _("survey")
    CAMPAIGN = "campaign", _("campaign")
    AUTOMATIC = "automatic", _("automatic mail")
    TRANSACTIONAL = "transactional", _("transactional mail")


class BudgetRule(Keyed):
    """At most `most` messages of these kinds in `days` days. Of a `segment`: only for who is in it; of a `survey`:
    only its own messages count. `roles` may pass it over, with a reason."""

    most = models.PositiveSmallIntegerField(_("at most"), default=1)
    days = models.PositiveSmallIntegerField(_("in days"), default=30)
    kinds = models.JSONField(_("kinds"), default=list)
    segment = models.CharField(_("segment"), max_length=50, default="", blank=True)
    survey = models.CharField(_("survey"), max_length=50, default="", blank=True)
    roles = models.JSONField(_("who may pass it over"), default=list, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="budget_rule_key")]
        verbose_name = _("rule of the contact budget")
        verbose_name_plural = _("contact budget")


class ContactPeople(models.Model):
    """How the records of a type, whose key it has, are written to: which of its fields hold what."""

    key = models.CharField(_("record type"), max_length=50)
    email = models.CharField(_("e-mail"), max_length=50, default="", blank=True)
    language = models.CharField(_("language"), max_length=50, default="", blank=True)
    consent = models.CharField(_("agrees"), max_length=50, default="", blank=True)
    option = models.CharField(_("by the option"), max_length=50, default="", blank=True)
    refuses = models.CharField(_("wants no mail"), max_length=50, default="", blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="contact_people_key")]
        verbose_name = _("people to write to")
        verbose_name_plural = _("people to write to")

    def __str__(self) -> str:
        return self.key


class ContactEntry(models.Model):
    """A line of the ledger: somebody was written to, or was left out. The address stands here sealed, so that it
    is known again and tells nothing; `record` is emptied when the record is erased.

    `key` is that of the message: asked for again under it, it is allowed again and counts once. `thread` is shared
    by a message and its reminders, which do not stand in each other's way."""

    class Status(models.TextChoices):
        ALLOWED = "allowed", _("sent")
        SKIPPED = "skipped", _("left out")
        RELEASED = "released", _("not sent after all")

    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed = models.CharField(max_length=64, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=ContactKind.choices)
    what = models.CharField(_("what"), max_length=110)
    purpose = models.CharField(_("purpose"), max_length=50, blank=True)
    channel = models.CharField(_("channel"), max_length=10, default="email")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ALLOWED
    )
    key = models.CharField(max_length=200, null=True, unique=True)
    thread = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(_("at"))
    #: Why it was left out: a code of `records.contact.answers`, and the rule of the budget.
    code = models.CharField(max_length=20, blank=True)
    rule = models.CharField(_("rule"), max_length=50, blank=True)
    next_free = models.DateTimeField(_("free again"), null=True, blank=True)
    #: Who sent it; where a rule of the budget was passed over, with the reason.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    override = models.CharField(_("passed over because"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["record", "-at"], name="contact_of_record"),
            models.Index(fields=["sealed", "-at"], name="contact_of_address"),
            models.Index(fields=["status", "-at"], name="contact_by_status"),
        ]
        verbose_name = _("line of the contact ledger")
        verbose_name_plural = _("contact ledger")

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"


class Unsubscription(models.Model):
    """An address that is not written to any more: for one purpose, or for any where `purpose` is empty."""

    class How(models.TextChoices):
        PAGE = "page", _("on the page of preferences")
        ONE_CLICK = "one_click", _("by one click in the mail program")
        COMPLAINT = "complaint", _("reported as spam")
        BOUNCE = "bounce", _("the address does not exist")
        STAFF = "staff", _("told to a person")

    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed = models.CharField(max_length=64)
    purpose = models.CharField(_("purpose"), max_length=50, blank=True)
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["sealed", "purpose"], name="unsubscribed_once")
        ]
        indexes = [models.Index(fields=["record"], name="unsubscribed_record")]
        verbose_name = _("unsubscription")
        verbose_name_plural = _("unsubscriptions")

    def __str__(self) -> str:
        return self.purpose or str(_("everything"))
