"""How long names and numbers of people who registered to be received are kept after their session.

The law sets no number: personal data is kept no longer than its purpose needs (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
The portal's is thirty days, so that a question about the session can still be answered; an office that needs another one
changes the row.
"""

from datetime import date
from typing import Any

from django.db import migrations

CODE = "RECEPTION_KEEP_DAYS"
SOURCE = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: không giữ lâu hơn mục đích cần; số ngày do cơ quan đặt"


def add(apps: Any, schema_editor: Any) -> None:
    apps.get_model("units", "LegalTerm").objects.get_or_create(
        code=CODE, kind="", valid_from=date(2026, 1, 1), defaults={"number": 30, "source": SOURCE}
    )


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("units", "LegalTerm").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("units", "0008_rooms_and_terms_of_law")]

    operations = [migrations.RunPython(add, remove)]
