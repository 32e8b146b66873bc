"""The working copy of roles and what they are granted."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY
from crm_config.models.types import Keyed


class RolesInUse(models.Manager["Role"]):
    """The roles that the working copy describes."""

    def get_queryset(self) -> "models.QuerySet[Role]":
        return super().get_queryset().filter(removed=False)


class Role(Keyed):
    """A role is carried by a Django group, so that Wagtail's user screens hand it out.

    The row also says whose role of this key somebody has, so one that is taken out of the working copy stays,
    marked as `removed`: nobody loses rights by a change that nobody published, and a role that comes back
    (discarded, rolled back, loaded from a pack) finds its own group again. A key that is not published grants
    nothing.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role")
    administers = models.BooleanField(
        _("administers"), default=False, help_text=_("May change and publish the configuration.")
    )

    removed = models.BooleanField(default=False, editable=False)

    objects = models.Manager()
    in_use = RolesInUse()

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="role_key")]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever has a role works in the admin, so its group lets them in."""
        super().save(*args, **kwargs)
        may_enter = Permission.objects.filter(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
        self.group.permissions.add(*may_enter)


class TypeGrant(models.Model):
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    record_type = models.CharField(max_length=MAX_KEY)
    action = models.CharField(max_length=20)
    scope = models.CharField(max_length=20)
    condition = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["record_type", "action"]
        constraints = [
            models.UniqueConstraint(fields=["role", "record_type", "action"], name="one_grant")
        ]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.record_type}.{self.action} {self.scope}"


class FieldGrant(models.Model):
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="field_grants")
    record_type = models.CharField(max_length=MAX_KEY)
    field = models.CharField(max_length=MAX_KEY)
    access = models.CharField(max_length=10)
    condition = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["record_type", "field"]
        constraints = [
            models.UniqueConstraint(fields=["role", "record_type", "field"], name="one_field_grant")
        ]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.record_type}.{self.field} {self.access}"
