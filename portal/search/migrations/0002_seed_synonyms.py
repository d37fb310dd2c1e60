"""Abbreviations and everyday words of Vietnamese administration; operators add to them later."""

from typing import Any

from django.db import migrations

from portal.search.folding import phrase_key

# Abbreviations: whoever types one side should find texts that write the other.
TWO_WAY = [
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("CCCD", "căn cước công dân"),
    ("CMND", "chứng minh nhân dân"),
    ("TTHC", "thủ tục hành chính"),
    ("DVC", "dịch vụ công"),
    ("BHXH", "bảo hiểm xã hội"),
    ("BHYT", "bảo hiểm y tế"),
    ("GPLX", "giấy phép lái xe"),
    ("GPXD", "giấy phép xây dựng"),
    ("QSDĐ", "quyền sử dụng đất"),
    ("GCN QSDĐ", "giấy chứng nhận quyền sử dụng đất"),
    ("GCNQSDĐ", "giấy chứng nhận quyền sử dụng đất"),
    ("GKS", "giấy khai sinh"),
    ("HKTT", "hộ khẩu thường trú"),
    ("TTHN", "tình trạng hôn nhân"),
    ("LLTP", "lý lịch tư pháp"),
    ("PCCC", "phòng cháy chữa cháy"),
    ("PCTN", "phòng chống tham nhũng"),
    ("ATTP", "an toàn thực phẩm"),
    ("VSATTP", "vệ sinh an toàn thực phẩm"),
    ("GPMB", "giải phóng mặt bằng"),
    ("CCHC", "cải cách hành chính"),
    ("CĐS", "chuyển đổi số"),
    ("CNTT", "công nghệ thông tin"),
    ("KHCN", "khoa học và công nghệ"),
    ("NTM", "nông thôn mới"),
    ("KT-XH", "kinh tế - xã hội"),
    ("THCS", "trung học cơ sở"),
    ("THPT", "trung học phổ thông"),
    ("GDĐT", "giáo dục và đào tạo"),
    ("GD&ĐT", "giáo dục và đào tạo"),
    ("LĐTBXH", "Lao động - Thương binh và Xã hội"),
    ("NN&PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("NNPTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("NN&MT", "Nông nghiệp và Môi trường"),
    ("TN&MT", "Tài nguyên và Môi trường"),
    ("TNMT", "Tài nguyên và Môi trường"),
    ("TT&TT", "Thông tin và Truyền thông"),
    ("KH&ĐT", "Kế hoạch và Đầu tư"),
    ("VH&TT", "Văn hóa và Thể thao"),
    ("STTTT", "Sở Thông tin và Truyền thông"),
    ("STNMT", "Sở Tài nguyên và Môi trường"),
    ("SGTVT", "Sở Giao thông vận tải"),
    ("GTVT", "giao thông vận tải"),
]

# Everyday words: they should find the official wording, but not the other way round.
ONE_WAY = [
    ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
    ("sổ hồng", "giấy chứng nhận quyền sử dụng đất quyền sở hữu nhà ở"),
    ("bìa đỏ", "giấy chứng nhận quyền sử dụng đất"),
    ("sang tên sổ đỏ", "đăng ký biến động đất đai"),
    ("báo tử", "khai tử"),
    ("giấy chứng tử", "khai tử"),
    ("giấy độc thân", "giấy xác nhận tình trạng hôn nhân"),
    ("xác nhận độc thân", "giấy xác nhận tình trạng hôn nhân"),
    ("làm giấy cưới", "đăng ký kết hôn"),
    ("giấy cưới", "đăng ký kết hôn"),
    ("giấy kết hôn", "đăng ký kết hôn"),
    ("làm khai sinh", "đăng ký khai sinh"),
    ("nhận cha con", "đăng ký nhận cha mẹ con"),
    ("hộ khẩu", "đăng ký thường trú"),
    ("nhập khẩu", "đăng ký thường trú"),
    ("cắt khẩu", "xóa đăng ký thường trú"),
    ("tạm vắng", "khai báo tạm vắng"),
    ("chứng minh thư", "căn cước"),
    ("thẻ căn cước", "căn cước công dân"),
    ("bằng lái", "giấy phép lái xe"),
    ("công chứng", "chứng thực"),
    ("sao y", "chứng thực bản sao từ bản chính"),
    ("mở quán", "đăng ký hộ kinh doanh"),
    ("giấy phép kinh doanh", "đăng ký hộ kinh doanh"),
    ("xây nhà", "cấp giấy phép xây dựng"),
    ("tiền tuất", "trợ cấp tuất"),
    ("trợ cấp người già", "trợ cấp hưu trí xã hội"),
    ("một cửa", "Trung tâm Phục vụ hành chính công"),
    ("dk", "đăng ký"),
    ("tp", "thành phố"),
    ("ubnd tp", "Ủy ban nhân dân thành phố"),
]


def seed(apps: Any, _schema_editor: Any) -> None:
    synonym = apps.get_model("search", "Synonym")
    rows = [(term, expansion, True) for term, expansion in TWO_WAY]
    rows += [(term, expansion, False) for term, expansion in ONE_WAY]
    synonym.objects.bulk_create(
        synonym(
            term=term,
            expansion=expansion,
            is_two_way=two_way,
            # Historical models have no save() of ours.
            key=phrase_key(term),
            expansion_key=phrase_key(expansion),
        )
        for term, expansion, two_way in rows
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0001_outbox_and_synonyms")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=False)]
