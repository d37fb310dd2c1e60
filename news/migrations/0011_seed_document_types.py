"""The types of documents and the fields of the register that every unit has; the operators may add more as rows.

Types: Luật Ban hành văn bản quy phạm pháp luật (forms of legal documents); Nghị định 30/2020/NĐ-CP Điều 7 and Phụ lục III
(administrative documents and their abbreviations). Groups: what a type usually is; each document says its own.
"""

from typing import Any

from django.db import migrations

NORMATIVE, STEERING, PLAN, GUIDANCE, NOTICE = "NORMATIVE", "STEERING", "PLAN", "GUIDANCE", "NOTICE"

# (name, address, abbreviation in numbers, usual group)
TYPES = (
    ("Nghị quyết", "nghi-quyet", "NQ", NORMATIVE),
    ("Quyết định", "quyet-dinh", "QĐ", STEERING),
    ("Chỉ thị", "chi-thi", "CT", STEERING),
    ("Công điện", "cong-dien", "CĐ", STEERING),
    ("Kế hoạch", "ke-hoach", "KH", PLAN),
    ("Thông báo", "thong-bao", "TB", NOTICE),
    ("Công văn", "cong-van", "", STEERING),
    ("Hướng dẫn", "huong-dan", "HD", GUIDANCE),
    ("Chương trình", "chuong-trinh", "CTr", PLAN),
    ("Đề án", "de-an", "ĐA", PLAN),
    ("Phương án", "phuong-an", "PA", PLAN),
    ("Dự án", "du-an", "DA", PLAN),
    ("Quy hoạch", "quy-hoach", "", PLAN),
    ("Quy chế", "quy-che", "QC", STEERING),
    ("Quy định", "quy-dinh", "QyĐ", STEERING),
    ("Thông cáo", "thong-cao", "TC", NOTICE),
    ("Báo cáo", "bao-cao", "BC", NOTICE),
    ("Tờ trình", "to-trinh", "TTr", STEERING),
    ("Biên bản", "bien-ban", "BB", NOTICE),
    ("Giấy mời", "giay-moi", "GM", NOTICE),
    ("Bản ghi nhớ", "ban-ghi-nho", "BGN", STEERING),
    ("Bản thỏa thuận", "ban-thoa-thuan", "BTT", STEERING),
    ("Hiến pháp", "hien-phap", "", NORMATIVE),
    ("Bộ luật", "bo-luat", "", NORMATIVE),
    ("Luật", "luat", "", NORMATIVE),
    ("Pháp lệnh", "phap-lenh", "", NORMATIVE),
    ("Lệnh", "lenh", "L", NORMATIVE),
    ("Nghị định", "nghi-dinh", "NĐ", NORMATIVE),
    ("Thông tư", "thong-tu", "TT", NORMATIVE),
    ("Thông tư liên tịch", "thong-tu-lien-tich", "TTLT", NORMATIVE),
    ("Nghị quyết liên tịch", "nghi-quyet-lien-tich", "NQLT", NORMATIVE),
    ("Văn bản hợp nhất", "van-ban-hop-nhat", "VBHN", NORMATIVE),
)

FIELDS = (
    ("Tổ chức bộ máy, cán bộ", "to-chuc-can-bo"),
    ("Cải cách hành chính", "cai-cach-hanh-chinh"),
    ("Tư pháp, hộ tịch", "tu-phap-ho-tich"),
    ("Đất đai", "dat-dai"),
    ("Môi trường", "moi-truong"),
    ("Xây dựng, nhà ở", "xay-dung-nha-o"),
    ("Quy hoạch, đô thị", "quy-hoach-do-thi"),
    ("Giao thông vận tải", "giao-thong-van-tai"),
    ("Tài chính, ngân sách", "tai-chinh-ngan-sach"),
    ("Thuế, phí, lệ phí", "thue-phi-le-phi"),
    ("Đầu tư, đấu thầu", "dau-tu-dau-thau"),
    ("Doanh nghiệp, hộ kinh doanh", "doanh-nghiep"),
    ("Công nghiệp, thương mại", "cong-nghiep-thuong-mai"),
    ("Nông nghiệp, thủy sản", "nong-nghiep-thuy-san"),
    ("Phòng, chống thiên tai", "phong-chong-thien-tai"),
    ("Giáo dục, đào tạo", "giao-duc-dao-tao"),
    ("Y tế", "y-te"),
    ("Lao động, việc làm", "lao-dong-viec-lam"),
    ("Người có công, bảo trợ xã hội", "nguoi-co-cong-bao-tro"),
    ("Dân tộc, tôn giáo", "dan-toc-ton-giao"),
    ("Văn hóa, thể thao", "van-hoa-the-thao"),
    ("Du lịch", "du-lich"),
    ("Báo chí, truyền thông", "bao-chi-truyen-thong"),
    ("Khoa học, chuyển đổi số", "khoa-hoc-chuyen-doi-so"),
    ("Quốc phòng, an ninh, trật tự", "quoc-phong-an-ninh"),
    ("Thi đua, khen thưởng", "thi-dua-khen-thuong"),
    ("Khiếu nại, tố cáo, tiếp công dân", "khieu-nai-to-cao"),
    ("Lĩnh vực khác", "linh-vuc-khac"),
)


def add(apps: Any, schema_editor: Any) -> None:
    types, fields = apps.get_model("news", "DocumentType"), apps.get_model("news", "DocumentField")
    for place, (name, slug, abbreviation, group) in enumerate(TYPES, start=1):
        values = {"name": name, "abbreviation": abbreviation, "group": group, "order": place * 10}
        types.objects.get_or_create(slug=slug, defaults=values)
    for place, (name, slug) in enumerate(FIELDS, start=1):
        fields.objects.get_or_create(slug=slug, defaults={"name": name, "order": place * 10})


def remove(apps: Any, schema_editor: Any) -> None:
    """Only what no document uses: what was filed under a type stays readable."""
    documents = apps.get_model("news", "Document")._base_manager
    for model, column, rows in (("DocumentType", "type", TYPES), ("DocumentField", "field", FIELDS)):
        used = documents.exclude(**{f"{column}_id": None}).values(f"{column}_id")
        apps.get_model("news", model).objects.filter(slug__in=[row[1] for row in rows]).exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("news", "0010_documents_and_consultations")]

    operations = [migrations.RunPython(add, remove)]
