from django.db import migrations


class Migration(migrations.Migration):
    """The app's first tables come with its parts."""

    initial = True

    dependencies = [("records", "0009_simulation"), ("crm_config", "0006_promises")]

    operations: list[migrations.operations.base.Operation] = []
