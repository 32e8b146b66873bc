"""Automations of the working copy, and what is under way of the published ones."""

import uuid

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY
from crm_config.models.types import Keyed


class Automation(Keyed):
    """As the section `automations` of a payload says it."""

    type = models.CharField(_("record type"), max_length=MAX_KEY)
    description = models.JSONField(_("description"), default=dict, blank=True)
    trigger = models.JSONField(_("trigger"), default=dict)
    condition = models.JSONField(_("condition"), null=True, blank=True)
    actions = models.JSONField(_("actions"), default=list)
    owner = models.CharField(_("owner"), max_length=150, null=True, blank=True)
    run_as = models.CharField(_("acts as"), max_length=10, default="system")
    enabled = models.BooleanField(_("switched on"), default=False)
    limits = models.JSONField(_("limits"), default=dict, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="automation_key")]
        verbose_name = _("automation")
        verbose_name_plural = _("automations")


class AutomationRun(models.Model):
    """One time that an automation works on a record. `occasion` names what set it off: together with the
    automation it is there once, so that being told twice does nothing twice.

    `todo` holds the keys of the actions still to be done, `position` how many were; whoever does the next one
    raises `position` first, so that two workers never do the same. `depth` counts the automations that one
    after the other led to this one."""

    class State(models.TextChoices):
        QUEUED = "queued", _("to be done")
        WAITING = "waiting", _("waiting")
        PAUSED = "paused", _("paused")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        CANCELLED = "cancelled", _("cancelled")

    id = models.BigAutoField(primary_key=True)
    automation = models.CharField(_("automation"), max_length=MAX_KEY)
    record_id = models.BigIntegerField(_("record"))
    occasion = models.CharField(max_length=100)
    event_id = models.BigIntegerField(null=True)
    config_version = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    todo = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)
    context = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set off by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    wake_at = models.DateTimeField(_("goes on at"), null=True)
    created_at = models.DateTimeField(_("began"), default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view", "change")
        verbose_name = _("run of an automation")
        verbose_name_plural = _("runs of automations")
        constraints = [
            models.UniqueConstraint(
                fields=["automation", "occasion", "record_id"], name="one_run_an_occasion"
            )
        ]
        indexes = [
            models.Index(fields=["record_id", "-id"], name="run_of_record"),
            models.Index(fields=["state", "wake_at"], name="run_to_wake"),
        ]

    def __str__(self) -> str:
        return f"{self.automation} #{self.pk}"

    @admin.display(description=_("done"))
    def steps_done(self) -> str:
        return "; ".join(f"{step.action}: {step.result}" for step in self.steps.all())

    @property
    def can_retry(self) -> bool:
        return self.state in (self.State.PAUSED, self.State.STOPPED, self.State.CANCELLED)

    @property
    def can_cancel(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.WAITING, self.State.PAUSED)


class StepRun(models.Model):
    """An action of a run. What an action writes and its being done commit together; one that reaches out of
    the house is marked `begun` first, and repeats itself under the same `key`."""

    class State(models.TextChoices):
        BEGUN = "begun", _("begun")
        DONE = "done", _("done")

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(AutomationRun, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=MAX_KEY)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.DONE)
    key = models.UUIDField(default=uuid.uuid4)
    batch = models.UUIDField(null=True, db_index=True)
    result = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["run", "action"], name="one_step_an_action")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.action}"


class BrokenAutomation(models.Model):
    """One that cannot work as it is published: what it names is gone, or it went in circles."""

    automation = models.CharField(max_length=MAX_KEY)
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["automation", "version"], name="broken_once_a_version")
        ]

    def __str__(self) -> str:
        return self.automation


class Rotation(models.Model):
    """Who got a record last, where an action deals them out in turn."""

    automation = models.CharField(max_length=MAX_KEY)
    action = models.CharField(max_length=MAX_KEY)
    last = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["automation", "action"], name="one_rotation")
        ]

    def __str__(self) -> str:
        return f"{self.automation}/{self.action}"


class Notification(models.Model):
    """A word to somebody, in the app."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    text = models.CharField(max_length=500)
    record_id = models.BigIntegerField(null=True)
    run = models.ForeignKey(AutomationRun, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["user", "read_at", "-id"], name="notification_unread")]

    def __str__(self) -> str:
        return self.text


class MailTemplate(Keyed):
    """As the section `templates` of a payload says it; texts by language."""

    type = models.CharField(_("record type"), max_length=MAX_KEY)
    subject = models.JSONField(_("subject"), default=dict)
    body = models.JSONField(_("text"), default=dict)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="mail_template_key")]
        verbose_name = _("mail template")
        verbose_name_plural = _("mail templates")
