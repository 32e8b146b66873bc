import django.db.models.deletion
from django.db import migrations, models

import crm_config.models.types


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_simulation"),
        ("workflows", "0005_automations"),
    ]

    operations = [
        migrations.CreateModel(
            name="BusinessCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        max_length=50,
                        validators=[crm_config.models.types.validate_key],
                        verbose_name="key",
                    ),
                ),
                ("labels", models.JSONField(default=dict, verbose_name="label")),
                (
                    "time_zone",
                    models.CharField(
                        blank=True, default="", max_length=50, verbose_name="time zone"
                    ),
                ),
                ("hours", models.JSONField(default=dict, verbose_name="hours")),
                (
                    "country",
                    models.CharField(
                        blank=True, default="", max_length=5, verbose_name="holidays of"
                    ),
                ),
                (
                    "subdivision",
                    models.CharField(
                        blank=True, default="", max_length=10, verbose_name="part of the country"
                    ),
                ),
                ("days", models.JSONField(blank=True, default=list, verbose_name="own days")),
                ("retired", models.BooleanField(default=False, verbose_name="archived")),
            ],
            options={
                "verbose_name": "business calendar",
                "verbose_name_plural": "business calendars",
                "ordering": ["key"],
                "constraints": [models.UniqueConstraint(fields=("key",), name="calendar_key")],
            },
        ),
        migrations.CreateModel(
            name="ServiceLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        max_length=50,
                        validators=[crm_config.models.types.validate_key],
                        verbose_name="key",
                    ),
                ),
                ("labels", models.JSONField(default=dict, verbose_name="label")),
                ("record_type", models.CharField(max_length=50, verbose_name="record type")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("calendar", models.CharField(max_length=50, verbose_name="calendar")),
                ("condition", models.JSONField(blank=True, null=True, verbose_name="condition")),
                ("starts", models.JSONField(blank=True, null=True, verbose_name="starts")),
                ("pauses", models.JSONField(blank=True, null=True, verbose_name="pauses")),
                ("targets", models.JSONField(default=list, verbose_name="targets")),
                ("warn_at", models.PositiveSmallIntegerField(default=80, verbose_name="warn at")),
                (
                    "escalations",
                    models.JSONField(blank=True, default=list, verbose_name="escalations"),
                ),
                ("retired", models.BooleanField(default=False, verbose_name="archived")),
            ],
            options={
                "verbose_name": "service level",
                "verbose_name_plural": "service levels",
                "ordering": ["record_type", "order", "key"],
                "constraints": [models.UniqueConstraint(fields=("key",), name="service_level_key")],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.CharField(max_length=50, verbose_name="record type")),
                ("level", models.CharField(max_length=50, verbose_name="service level")),
                ("target", models.CharField(max_length=50, verbose_name="target")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("paused", "paused"),
                            ("met", "met"),
                            ("dropped", "no longer asked for"),
                        ],
                        default="running",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("since", models.DateTimeField()),
                ("used", models.DurationField(verbose_name="time used")),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                ("next_at", models.DateTimeField(null=True)),
                ("passed", models.PositiveSmallIntegerField(default=0)),
                ("warned_at", models.DateTimeField(null=True, verbose_name="warned")),
                ("breached_at", models.DateTimeField(null=True, verbose_name="breached")),
                ("met_at", models.DateTimeField(null=True, verbose_name="met at")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadline",
                "verbose_name_plural": "deadlines",
                "ordering": ["due_at", "id"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["next_at"],
                        name="deadline_next",
                    ),
                    models.Index(fields=["type", "level", "started_at"], name="deadline_measured"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "level", "target"), name="one_deadline"
                    )
                ],
            },
        ),
    ]
