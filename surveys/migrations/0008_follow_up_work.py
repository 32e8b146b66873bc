from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_following")]

    operations = [
        migrations.AlterField(
            model_name="followupstep",
            name="what",
            field=models.CharField(
                choices=[
                    ("made", "asked to follow up"),
                    ("taken", "took the follow-up"),
                    ("noted", "noted on the follow-up"),
                    ("mended", "had the follow-up tried again"),
                    ("closed", "closed the follow-up"),
                    ("reopened", "opened the follow-up again"),
                    ("finished", "did what was to be done, and closed the follow-up"),
                    ("done", "did what was to be done for the follow-up"),
                    ("went_on", "goes on with a next step for the follow-up"),
                    ("lost", "took away what was made for the follow-up"),
                ],
                max_length=10,
            ),
        ),
    ]
