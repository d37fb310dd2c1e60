from django.db import migrations


class Migration(migrations.Migration):
    """English versions."""

    dependencies = [("news", "0007_imports_and_links")]

    operations = []
