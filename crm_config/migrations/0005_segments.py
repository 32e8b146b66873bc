from django.db import migrations, models

import crm_config.models.types


class Migration(migrations.Migration):
    dependencies = [
        ("crm_config", "0004_field_right_conditions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Segment",
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
                (
                    "description",
                    models.JSONField(blank=True, default=dict, verbose_name="description"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dynamic", "by condition"),
                            ("static", "by hand"),
                            ("combined", "by condition and by hand"),
                        ],
                        default="dynamic",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("condition", models.JSONField(blank=True, null=True, verbose_name="condition")),
                ("roles", models.JSONField(blank=True, default=list, verbose_name="shared with")),
                ("keepers", models.JSONField(blank=True, default=list, verbose_name="kept by")),
                (
                    "tracks",
                    models.BooleanField(default=False, verbose_name="keeps who entered and left"),
                ),
                ("retired", models.BooleanField(default=False, verbose_name="archived")),
            ],
            options={
                "verbose_name": "segment",
                "verbose_name_plural": "segments",
                "ordering": ["record_type", "key"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("key",), name="segment_key")],
            },
        ),
    ]
