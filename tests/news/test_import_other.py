"""RSS, Atom, CSV and JSON lines; what is wrong with a file is said line by line."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from news.actions.import_terms import ImportOptions
from news.actions.imports import Importer
from news.importing import ImportRefusedError, ImportReport, open_source
from news.models import Article, Category, ImportedItem
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.pictures import png_bytes
from tests.factories.visits import visit
from tests.factories.web import serve

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Cổng cũ</title><link>https://xa-cu.gov.vn/</link>
<item><title>Họp dân đầu năm</title><link>https://xa-cu.gov.vn/?gd=1&amp;cn=2&amp;tc=3</link><guid>tin-3</guid>
<category>Tin xã</category><category>Họp dân</category><pubDate>Tue, 12 May 2020 08:30:00 +0700</pubDate>
<description>Tóm tắt &lt;b&gt;họp&lt;/b&gt;</description>
<content:encoded><![CDATA[<p>Nội dung <a href="https://xa-cu.gov.vn/?tc=4&gd=1&cn=2">bài kia</a><script>x</script></p>]]></content:encoded>
<enclosure url="@@WEB@@/anh.png" type="image/png" length="1"/></item>
<item><title>Thu gom rác</title><link>https://xa-cu.gov.vn/?gd=1&amp;cn=2&amp;tc=4</link><guid>tin-4</guid>
<description>Rác thu sáng thứ Hai.</description></item>
<item><link>https://xa-cu.gov.vn/?tc=5</link><description>Không tiêu đề</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Cũ</title><link href="https://xa-cu.gov.vn/"/><id>urn:x</id>
<updated>2020-05-12T08:30:00+07:00</updated>
<entry><title>Tiêm phòng</title><link href="https://xa-cu.gov.vn/tin/tiem-phong.html"/><id>urn:x:1</id>
<published>2020-05-12T08:30:00+07:00</published><updated>2020-05-13T08:30:00+07:00</updated>
<author><name>Trạm y tế</name></author><content type="html">&lt;p&gt;Tiêm.&lt;/p&gt;</content></entry></feed>"""


def take(cast: Cast, path: Path, **options: Any) -> ImportReport:
    with unit_scope(cast.a.unit):
        return Importer(open_source(path, options={}), ImportOptions(**options))()


def put(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def titles(cast: Cast) -> dict[str, Article]:
    with unit_scope(cast.a.unit):
        rows = Article.objects.exclude(source_ref="").select_related("category", "picture")
        return {row.title: row for row in rows}


def test_rss_with_query_string_addresses(cast: Cast, tmp_path: Path, settings: Any) -> None:
    with serve() as web:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{web.port}"]
        web.put("/anh.png", png_bytes((44, 55, 66)))
        path = put(tmp_path, "tin.rss", RSS.replace("@@WEB@@", web.url("")))
        report = take(cast, path, fetch_media=True)
        assert take(cast, path, fetch_media=True).known == 2
    assert (report.added, report.pictures, report.skipped) == (2, 1, {"no_title": 1})
    found = titles(cast)
    first = found["Họp dân đầu năm"]
    assert first.category.name == "Tin xã"
    assert first.picture is not None
    assert first.summary == "Tóm tắt họp"
    assert first.published_at is not None
    assert first.published_at.isoformat() == "2020-05-12T01:30:00+00:00"
    assert "<script" not in first.body
    assert f'href="{found["Thu gom rác"].get_absolute_url()}"' in first.body
    for query in ("?gd=1&cn=2&tc=3", "?tc=3&cn=2&gd=1&fbclid=1"):
        assert visit(cast.a.host, f"/{query}").headers["Location"] == first.get_absolute_url()


def test_atom(cast: Cast, tmp_path: Path) -> None:
    assert take(cast, put(tmp_path, "tin.xml", ATOM)).added == 1
    row = titles(cast)["Tiêm phòng"]
    assert row.author_name == "Trạm y tế"
    assert visit(cast.a.host, "/tin/tiem-phong.html").headers["Location"] == row.get_absolute_url()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_with_vietnamese_headings(cast: Cast, tmp_path: Path, mark: str) -> None:
    rows = [
        ["Mã", "Tiêu đề", "Nội dung", "Chuyên mục", "Tác giả", "Thẻ", "Ngày đăng", "Địa chỉ cũ"],
        ["1", "Bài một", "Đoạn một", "Tin hoạt động", "Lê Tâm", "Lễ hội", "2019-03-02", "/Default.aspx?tabid=5&id=1"],
        ["2", "", "Thiếu tiêu đề", "", "", "", "", ""],
        ["3", "Bài ba", "<p>HTML</p>", "", "", "", "2019/03/04 08:00", "http://cu.vn/tin/3.html"],
    ]
    text = "\ufeff" + "\n".join(mark.join(row) for row in rows)
    report = take(cast, put(tmp_path, "bang.csv", text))
    assert (report.added, report.bad) == (2, 1)
    assert any("Dòng 3" in line for line in report.notes)
    found = titles(cast)
    assert found["Bài một"].author_name == "Lê Tâm"
    assert found["Bài một"].published_at is not None
    assert visit(cast.a.host, "/default.aspx?id=1&tabid=5").headers["Location"] == found["Bài một"].get_absolute_url()
    assert visit(cast.a.host, "/tin/3.html").headers["Location"] == found["Bài ba"].get_absolute_url()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", "a,b\n1,2\n", "phải có các cột id, title, body"),
        ("a.csv", "id,title,body\n1,\xe1,x\n".encode("latin-1"), "CSV UTF-8"),
        ("a.xml", "<rss version='2.0'><channel><item>", "không phải RSS hay Atom, hoặc bị hỏng"),
        ("a.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><rss version='2.0'><channel/></rss>", "ENTITY"),
        ("a.bin", b"\x00\x01", "Không nhận ra loại tệp"),
        ("a.jsonl.gz", b"\x1f\x8b\x08broken", "Không đọc được tệp"),
    ],
)
def test_files_that_can_not_be_read(cast: Cast, tmp_path: Path, name: str, data: str | bytes, words: str) -> None:
    with pytest.raises(ImportRefusedError, match=words):
        open_source(put(tmp_path, name, data), options={})


def test_json_lines_keep_their_contract(cast: Cast, tmp_path: Path) -> None:
    lines: list[Any] = [
        {"id": "1", "title": "Một", "body": "Đoạn một  Đoạn hai", "old_url": "/mot.html"},
        {
            "id": "2",
            "title": "Hai",
            "body": "<p>Hai</p>",
            "category": "Tin xã",
            "tags": ["Họp dân"],
            "old_urls": ["/a", "/b?id=2"],
        },
        {"id": "3", "body": "không tiêu đề"},
        ["x"],
    ]
    raw = "\n".join(json.dumps(line) for line in lines) + "\nhỏng\n"
    path = tmp_path / "bai.jsonl.gz"
    path.write_bytes(gzip.compress(raw.encode()))
    out, err = StringIO(), StringIO()
    call_command("import_articles", str(path), "--unit", "thuan-an", stdout=out, stderr=err)
    assert "added 2, already there 0, bad lines 3" in out.getvalue()
    assert "title is missing" in err.getvalue()
    again = StringIO()
    call_command("import_articles", str(path), "--unit", "thuan-an", stdout=again, stderr=StringIO())
    assert "added 0, already there 2, bad lines 3" in again.getvalue()
    with unit_scope(cast.a.unit):
        assert Category.objects.get(slug="tin-nhap").name == "Tin nhập"
        assert ImportedItem.objects.count() == 2
        assert Article.objects.get(source_ref="import:1").body == "<p>Đoạn một</p><p>Đoạn hai</p>"
    for old in ("/mot.html", "/a/", "/b?x=1&id=2"):
        assert visit(cast.a.host, old).status_code == 301


def test_articles_of_an_import_before_this_one_are_known(cast: Cast, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", json.dumps({"id": "7", "title": "Bảy", "body": "x"}))
    take(cast, path)
    with unit_scope(cast.a.unit):
        ImportedItem.objects.all().delete()
    assert take(cast, path).known == 1


def test_a_zip_bomb_of_one_line_is_one_bad_line(cast: Cast, tmp_path: Path) -> None:
    import tracemalloc

    path = put(tmp_path, "bom.jsonl.gz", gzip.compress(b'{"id":"1","title":"x","body":"' + b"a" * 80_000_000 + b'"}\n'))
    tracemalloc.start()
    report = take(cast, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.added, report.bad) == (0, 1)
    assert peak < 40_000_000


def test_the_command_names_what_is_wrong(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such unit"):
        call_command("import_articles", "x", "--unit", "khong-co")
    with pytest.raises(CommandError, match=r"khong-co\.xml"):
        call_command("import_articles", str(tmp_path / "khong-co.xml"), "--unit", "thuan-an")
    with pytest.raises(CommandError, match="media-folder"):
        call_command("import_articles", "x", "--unit", "thuan-an", "--media-folder", str(tmp_path / "khong"))
