from django.db import migrations


class Migration(migrations.Migration):
    """Subscriptions: helper G."""

    dependencies = [("news", "0004_sharing_across_units")]

    operations = []
