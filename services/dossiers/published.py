"""The one source that every installation has: a CSV or JSON file which the unit's one-stop system publishes.

The file is fetched safely (portal.core.fetching), bounded in size and rows, and read as data only. docs/dossier-feed.md is
its description for whoever writes the file.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.fetching import FetchError, fetch
from portal.core.text import one_line
from services.dossiers.headings import HEADINGS, Columns, columns_of
from services.dossiers.source import MOST_ROWS, Reading, SourceError, SourceRow
from services.dossiers.tables import Record, csv_records, json_records
from services.rules import dossiers as rules

MOST_BYTES: Final = 25_000_000
SECONDS: Final = 90.0
_OK: Final = 200
_FETCH_WORDS: Final[dict[str, Any]] = {
    FetchError.BAD_ADDRESS: gettext_lazy("Địa chỉ tệp viết sai. Địa chỉ phải bắt đầu bằng https:// hoặc http://."),
    FetchError.INSIDE: gettext_lazy(
        "Địa chỉ này nằm trong mạng riêng. Nhờ người vận hành cho phép (FETCH_ALLOWED_HOSTS)."
    ),
    FetchError.NO_HOST: gettext_lazy("Không tìm thấy máy chủ có tên này. Xem lại địa chỉ tệp."),
    FetchError.TIMEOUT: gettext_lazy("Máy chủ của tệp trả lời quá chậm. Máy sẽ thử lại."),
    FetchError.CERTIFICATE: gettext_lazy(
        "Chứng thư số của máy chủ không đúng hoặc hết hạn. Báo nơi quản lý máy chủ ấy."
    ),
    FetchError.UNREACHABLE: gettext_lazy("Không nối được tới máy chủ của tệp. Máy sẽ thử lại."),
    FetchError.TOO_BIG: gettext_lazy("Tệp lớn quá 25 MB. Chỉ để trong tệp hồ sơ của mười hai tháng gần đây."),
    FetchError.TOO_MANY_REDIRECTS: gettext_lazy("Địa chỉ tệp chuyển hướng vòng quanh. Ghi địa chỉ cuối cùng của tệp."),
}


def fetch_feed(url: str) -> bytes:
    """The body at ``url``; raises SourceError with what to do about it."""
    try:
        answer = fetch(url, limit=MOST_BYTES, seconds=SECONDS)
    except FetchError as error:
        raise SourceError(str(_FETCH_WORDS.get(error.why, _("Không đọc được tệp.")))) from error
    if answer.status != _OK:
        words = _("Máy chủ của tệp trả lời mã %(status)d thay vì đưa tệp. Xem lại địa chỉ.")
        raise SourceError(words % {"status": answer.status})
    return answer.body


class PublishedFile:
    """A published file; what its bytes mean is said by the two classes below."""

    label: Any = ""

    def records(self, body: bytes) -> Iterable[Record]:
        """Lines of the file with their headings; raises SourceError."""
        raise NotImplementedError

    def read(self, url: str, *, known_digest: str = "") -> Reading:
        """Fetch and read; see DossierSource."""
        body = fetch_feed(url)
        digest = hashlib.sha256(body).hexdigest()
        if digest == known_digest:
            return Reading(digest=digest, is_unchanged=True)
        reading = self.parse(body)
        reading.digest = digest
        return reading

    def parse(self, body: bytes) -> Reading:
        """What a file says. A bad line is left out and named; a file that is no such file raises SourceError."""
        reading = Reading()
        columns: Columns | None = None
        seen: dict[str, int] = {}
        today = timezone.localdate()
        for number, record in enumerate(self.records(body), 1):
            if columns is None or record.headings is not None:
                columns = _columns(record, reading, columns)
            if number > MOST_ROWS:
                reading.complain(record.line, _("Tệp quá 100.000 hồ sơ. Các dòng từ đây không được đọc."))
                break
            try:
                row = _row(record, columns, reading, today)
            except ValueError as error:
                reading.complain(record.line, error)
                continue
            key = rules.dossier_key(row.number)
            if key in seen:
                words = _("Số hồ sơ lặp lại dòng %(line)d; dòng này không được đọc.")
                reading.complain(record.line, words % {"line": seen[key]})
                continue
            seen[key] = record.line
            reading.rows.append(row)
        return reading


def _columns(record: Record, reading: Reading, before: Columns | None) -> Columns:
    """The columns of a file, from its headings (CSV) or from the names in its first object (JSON)."""
    columns = columns_of(record.headings or tuple(record.cells))
    if columns.missing and before is None:
        words = _("Tệp thiếu cột: %(columns)s. Xem “Tệp cần có gì” ở trang này.")
        raise SourceError(words % {"columns": ", ".join(columns.missing)})
    for heading in columns.refused if before is None else ():
        words = _(
            "Cột “%(heading)s” là thông tin riêng của người dân. Cột bị bỏ, không lưu. "
            "Gỡ cột khỏi tệp, vì tệp ai cũng đọc được."
        )
        reading.complain(1, words % {"heading": heading})
    return columns


class PublishedCsv(PublishedFile):
    """Lines with headings, divided by comma, semicolon or tab."""

    label = gettext_lazy("Tệp CSV công bố trên mạng")

    def records(self, body: bytes) -> Iterable[Record]:
        """The lines below the headings."""
        return csv_records(body)


class PublishedJson(PublishedFile):
    """A list of objects, alone or as the only list of an object."""

    label = gettext_lazy("Tệp JSON công bố trên mạng")

    def records(self, body: bytes) -> Iterable[Record]:
        """The objects."""
        return json_records(body)


# --- one line ---------------------------------------------------------------------------------------------------------


def _row(record: Record, columns: Columns, reading: Reading, today: date) -> SourceRow:
    """One dossier; raises ValueError with words for the office when the line can not be believed."""
    found = {key: one_line(record.cells.get(heading, "")) for key, heading in columns.places.items()}
    cells = {**dict.fromkeys(HEADINGS, ""), **found}
    number = cells["number"]
    if not rules.is_number(number) or len(number) > max(rules.KEY_LENGTHS):
        raise ValueError(_("Số hồ sơ trống, quá ngắn hoặc giống số căn cước, số điện thoại."))
    received_on, due_on, finished_on = (_day(cells, key) for key in ("received_on", "due_on", "finished_on"))
    if received_on is None:
        raise ValueError(_("Thiếu ngày nhận."))
    _check_order(received_on, due_on, finished_on, today)
    status = rules.status_of(cells["status"])
    if status in rules.FINISHED and finished_on is None:
        reading.complain(record.line, _("Hồ sơ đã xong nhưng thiếu ngày có kết quả: không tính được đúng hạn hay trễ."))
    return SourceRow(
        number=number,
        status=status,
        status_words=_words(record, reading, cells["status"], 160),
        received_on=received_on,
        due_on=due_on,
        finished_on=finished_on,
        office=_words(record, reading, cells["office"], 200),
        field_name=_words(record, reading, cells["field_name"], 250),
        procedure_code=_code(cells["procedure_code"]),
    )


def _day(cells: Mapping[str, str], key: str) -> date | None:
    try:
        return rules.day_of(cells[key])
    except ValueError as error:
        words = _("“%(cell)s” không phải ngày. Viết 22/11/2026 hoặc 2026-11-22.")
        raise ValueError(words % {"cell": cells[key][:40]}) from error


def _check_order(received_on: date, due_on: date | None, finished_on: date | None, today: date) -> None:
    if received_on > today + timedelta(days=1):
        raise ValueError(_("Ngày nhận nằm ở tương lai."))
    if due_on and due_on < received_on:
        raise ValueError(_("Ngày hẹn trả trước ngày nhận."))
    if finished_on and not received_on <= finished_on <= today + timedelta(days=1):
        raise ValueError(_("Ngày có kết quả trước ngày nhận hoặc nằm ở tương lai."))


def _words(record: Record, reading: Reading, cell: str, limit: int) -> str:
    """A cell that citizens will read: without a person's name, bounded."""
    clean = "" if rules.is_person(cell) else rules.without_persons(cell)
    if cell and not clean:
        reading.complain(record.line, _("Một ô có tên người. Ô ấy bị bỏ, không lưu."))
    return clean[:limit]


def _code(cell: str) -> str:
    return cell if len(cell) <= 40 and all(char.isalnum() or char in ".-" for char in cell) else ""  # noqa: PLR2004 - the column's width
