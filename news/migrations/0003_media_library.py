from django.db import migrations


class Migration(migrations.Migration):
    """Media library: helper D."""

    dependencies = [("news", "0002_workflow_and_versions")]

    operations = []
