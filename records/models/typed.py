"""What people began to type into a form and did not send: kept until it is sent, discarded or too old."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models.record import Record


class TypedDraft(models.Model):
    """`token` is drawn by the browser when a form opens; `place` names the form, `address` leads to it. `values` hold
    what its controls of the fields in `keys` say, as they would be sent. One that `ended_at` was sent or
    discarded: it holds nothing, and is there so that a copy that comes late is not taken for a new one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="typed_drafts"
    )
    token = models.CharField(max_length=36)
    place = models.CharField(max_length=200)
    address = models.CharField(max_length=1000)
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    base_version = models.PositiveIntegerField(null=True)
    keys = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    began_at = models.DateTimeField(default=timezone.now)
    typed_at = models.DateTimeField(default=timezone.now, db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-typed_at", "-id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="one_typed_draft")]
        indexes = [
            models.Index(
                fields=["user", "place"], condition=Q(ended_at=None), name="open_typed_drafts"
            )
        ]
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")

    def __str__(self) -> str:
        return f"{self.user_id} {self.place}"

    @property
    def data(self) -> QueryDict:
        """As a form takes it."""
        found = QueryDict(mutable=True)
        for name, values in self.values.items():
            found.setlist(name, values)
        return found
