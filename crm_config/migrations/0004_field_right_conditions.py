from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm_config", "0003_role_removed")]

    operations = [
        migrations.AddField(
            model_name="fieldgrant",
            name="condition",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
