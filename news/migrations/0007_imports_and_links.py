from django.db import migrations


class Migration(migrations.Migration):
    """Imports, link checks: helper F."""

    dependencies = [("news", "0006_royalty")]

    operations = []
