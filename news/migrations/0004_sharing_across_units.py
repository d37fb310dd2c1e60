from django.db import migrations


class Migration(migrations.Migration):
    """Sharing: helper E."""

    dependencies = [("news", "0003_media_library")]

    operations = []
