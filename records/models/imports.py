"""Imports: one run per file, its rows in chunks with what became of them, and mappings kept for the next file."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedMapping(models.Model):
    """A mapping under a name. Shared ones are offered to everyone who may import into the type."""

    name = models.CharField(_("name"), max_length=100)
    type = models.CharField(_("type"), max_length=50)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_mappings"
    )
    shared = models.BooleanField(_("shared with everyone"), default=False)
    mapping = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_mapping_name"),
        ]
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """`profile` describes the file's columns, `mapping` says where they go, `file_settings` how the file is read;
    `staged` are the settings with which its chunks were made. `counts` and `summary` tell of the last dry
    run or of the run. `authority` marks runs by the command line, which are nobody's."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Columns to be chosen")
        CHECKING = "checking", _("Dry run going on")
        CHECKED = "checked", _("Dry run done")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Failed")

    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    type = models.CharField(_("type"), max_length=50)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    file_settings = models.JSONField(default=dict)
    staged = models.JSONField(null=True, blank=True)
    profile = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    authority = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="import_runs",
    )
    job = models.ForeignKey(
        "jobs.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    emptied_at = models.DateTimeField(_("rows removed"), null=True, blank=True)

    # Rows are kept as they came; nothing in them refers to Wagtail's objects.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["owner", "-id"], name="import_by_owner")]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.RUNNING)

    @property
    def can_change(self) -> bool:
        """Whether its columns can still be chosen: nothing was written yet."""
        return self.state in (self.State.DRAFT, self.State.CHECKED)

    @property
    def can_run(self) -> bool:
        return self.state == self.State.CHECKED

    @property
    def can_resume(self) -> bool:
        return self.state in (self.State.STOPPED, self.State.FAILED)

    @property
    def is_real(self) -> bool:
        """Whether its outcomes tell of records written, rather than of a dry run."""
        return self.started_at is not None


class ImportChunk(models.Model):
    """Some rows of a run: `[number, cells]`, with a third member where the file itself was at fault.

    `outcomes` stand in the same order. `passes` is the mark that makes a chunk count once: it is written in
    the transaction of the records themselves (1: written; 2: links between rows of the file, too).
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    outcomes = models.JSONField(default=list)
    passes = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["run", "number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_chunk")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
