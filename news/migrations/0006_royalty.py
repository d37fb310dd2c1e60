from django.db import migrations


class Migration(migrations.Migration):
    """Royalty: helper H."""

    dependencies = [("news", "0005_subscriptions")]

    operations = []
