from django.db import migrations, models


class Migration(migrations.Migration):
    """When somebody was last reminded of a review; featured articles found without walking the archive."""

    dependencies = [("news", "0007_imports_and_links")]

    operations = [
        migrations.AddField(
            "article", "review_reminded_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField("page", "review_reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddIndex(
            "article",
            models.Index(
                condition=models.Q(("is_featured", True)), fields=["unit", "-published_at"], name="article_featured"
            ),
        ),
        migrations.AddIndex(
            "page",
            models.Index(
                condition=models.Q(("review_by__isnull", False)), fields=["unit", "review_by"], name="page_review_by"
            ),
        ),
    ]
