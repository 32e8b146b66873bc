"""What was sent, what became of it, and what was agreed to with it."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models import Record

#: Without what is mistaken for something else when it is read out.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Ten letters in two groups: nobody guesses another's."""
    drawn = "".join(secrets.choice(LETTERS) for _n in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Submission(models.Model):
    """`values` and `fixed` are as they were sent, under the version `config_version` of the form: what is done
    with them is decided anew each time they are handled. `key` tells what is sent twice; `person` whoever may
    send a form once."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        WAITING = "waiting", _("waiting for the confirmation of the address")
        ACCEPTED = "accepted", _("accepted")
        HELD = "held", _("held for a person")
        REFUSED = "refused", _("refused as spam")

    class Channel(models.TextChoices):
        PAGE = "page", _("page")
        API = "api", _("API")
        HOOK = "hook", _("inbound hook")
        STAFF = "staff", _("staff")

    reference = models.CharField(
        _("reference"), max_length=12, unique=True, default=new_reference, editable=False
    )
    form = models.CharField(_("form"), max_length=50)
    config_version = models.PositiveIntegerField(_("version"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED
    )
    why = models.JSONField(_("why"), default=list, blank=True)
    values = models.JSONField(_("as sent"), default=dict)
    fixed = models.JSONField(_("given by the page"), default=dict, blank=True)
    records = models.JSONField(_("records"), default=list, blank=True)
    key = models.CharField(max_length=80, unique=True)
    person = models.CharField(max_length=64, null=True, blank=True)
    token = models.CharField(max_length=50, unique=True, default=new_token)
    language = models.CharField(_("language"), max_length=10, blank=True)
    #: Of the network address, sealed: to tell whether one sends too much, not who it is.
    sender = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["form", "person"], name="submission_once"),
        ]
        indexes = [
            models.Index(fields=["form", "-id"], name="submission_of_form"),
            models.Index(fields=["sender", "created_at"], name="submission_sender"),
            models.Index(fields=["status", "created_at"], name="submission_status"),
        ]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return self.reference

    @property
    def can_replay(self) -> bool:
        return self.status in (self.Status.HELD, self.Status.RECEIVED, self.Status.REFUSED)


class Place(models.Model):
    """How many places of a form, or of an option of it, are taken. Claimed by a conditional update."""

    form = models.CharField(max_length=50)
    item = models.CharField(max_length=50, blank=True)
    option = models.CharField(max_length=50, blank=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["form", "item", "option"], name="form_place")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.item} {self.option}: {self.taken}"


class Consent(models.Model):
    """That somebody agreed, or took it back: to which text, for what, when. Never changed afterwards."""

    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.SET_NULL, related_name="consents"
    )
    purpose = models.CharField(_("purpose"), max_length=50)
    given = models.BooleanField(_("given"), default=True)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=10)
    form = models.CharField(_("form"), max_length=50)
    item = models.CharField(max_length=50)
    config_version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["record", "purpose"], name="consent_of")]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return self.purpose


class FormDraft(models.Model):
    """What was filled in so far, found again by its token: between two steps, and for whoever goes on later.
    `files` holds the ids of what was uploaded, by item, with kind and name."""

    token = models.CharField(max_length=50, unique=True, default=new_token)
    form = models.CharField(max_length=50)
    values = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    step = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=10, blank=True)
    sender = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["touched_at"], name="form_draft_touched"),
            models.Index(fields=["sender", "created_at"], name="form_draft_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.pk}"
