"""What was answered: one response a visit, one answer a question."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models import Record
from surveys.models.sending import Invitation, OpenLink, new_token

#: How the key of answers begins whose person was erased.
ERASED = "erased:"


class Response(models.Model):
    """`values` are raw, by question, as they were sent under the version `config_version`. `record` is what it is
    about, `person` who answered; in anonymous surveys both are empty, as is the invitation, and `completed_at` is
    the beginning of its day."""

    class Status(models.TextChoices):
        PARTIAL = "partial", _("begun")
        COMPLETED = "completed", _("completed")
        SCREENED = "screened", _("left out: its group was full")

    survey = models.CharField(_("survey"), max_length=50)
    config_version = models.PositiveIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PARTIAL
    )
    is_test = models.BooleanField(_("test"), default=False)
    #: What tells that the same page was sent twice; sealed into the page.
    key = models.CharField(max_length=80, unique=True)
    token = models.CharField(max_length=50, unique=True, default=new_token, editable=False)
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.SET_NULL, related_name="responses"
    )
    link = models.ForeignKey(
        OpenLink, null=True, on_delete=models.SET_NULL, related_name="responses"
    )
    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(_("language"), max_length=10, blank=True)
    values = models.JSONField(_("as sent"), default=dict, blank=True)
    fixed = models.JSONField(_("hidden values"), default=dict, blank=True)
    files = models.JSONField(default=dict, blank=True)
    #: What somebody is changing of answers that stand: it counts when it is sent as a whole.
    editing = models.JSONField(null=True, blank=True)
    #: Where the person is, and the end page that was reached.
    step = models.CharField(max_length=50, blank=True)
    end = models.CharField(_("end page"), max_length=50, blank=True)
    #: The sum that the survey's scoring gives, in points.
    score = models.FloatField(_("score"), null=True, blank=True)
    #: By page, seconds from being shown to being sent.
    seconds = models.JSONField(default=dict, blank=True)
    sender = models.CharField(max_length=32, blank=True)
    started_at = models.DateTimeField(_("begun"))
    touched_at = models.DateTimeField(auto_now=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["survey", "status", "completed_at"], name="response_of"),
            models.Index(fields=["person", "survey", "-id"], name="response_of_person"),
            models.Index(fields=["record"], name="response_about"),
            models.Index(fields=["status", "touched_at"], name="response_touched"),
        ]
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"

    @property
    def is_erased(self) -> bool:
        """Whoever answered was erased: no word is added to it any more."""
        return self.key.startswith(ERASED)


class Answer(models.Model):
    """One value of one question, for counting: several options are several rows, a matrix has one for each of its
    rows (`part`), a ranking one for each option with its place as `number`. Test answers have none of it."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=50)
    part = models.CharField(max_length=50, blank=True)
    option = models.CharField(_("option"), max_length=50, blank=True)
    number = models.FloatField(_("number"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "part", "option"], name="answer_once"
            )
        ]
        indexes = [models.Index(fields=["question", "response"], name="answer_to")]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.question} {self.pk}"
