"""Articles that explain one administrative procedure in everyday words, with the official source linked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from portal.pages.demo.records import procedure_notes
from portal.pages.demo.units_facts import load
from portal.pages.demo.wording import capital, listed, lower_first

from .draft import Draft, paragraphs
from .festivals import tidy_lines

NATIONAL = "Cổng Dịch vụ công quốc gia"
FORMS = (
    ("{Do}: mang gì, nộp ở đâu", "{who}",
     "{who}\n\n## Giấy tờ\n\n{bring}\n\n## Thời hạn\n\n{time}\n\n> {tip}\n\n{src}"),
    ("{Do}: đọc trước để khỏi đi hai lần", "{tip}",
     "{tip}\n\n**Ai cần làm.** {who}\n\n**Mang theo.** {bring}\n\n**Bao lâu.** {time}\n\n{place} {src}"),
    ("Hỏi và đáp về {it}", "{who} {tip}",
     "## Ai phải làm?\n\n{who}\n\n## Cần giấy gì?\n\n{bring}\n\n## Khi nào có kết quả?\n\n{time}\n\n"
     "## Có gì cần nhớ?\n\n{tip}\n\n{src}"),
    ("Ba bước để {do}", "{who}",
     "1. **Chuẩn bị.** {bring}\n2. **Nộp.** {place}\n3. **Nhận kết quả.** {time}\n\n{who} {tip}\n\n{src}"),
    ("{Do} trên mạng được không", "{place}",
     "{place}\n\n{who}\n\n## Danh mục giấy tờ\n\n{bring}\n\n{time}\n\n{tip} {src}"),
    ("Lời dặn của bộ phận một cửa cho người {do}", "{tip}",
     "Câu được nhắc nhiều nhất tại bàn tiếp nhận khi có người đến {do}:\n\n> {tip}\n\n{bring}\n\n{time} {place}\n\n{who}\n\n{src}"),
    ("{P}: tên quen và tên trên giấy", "{official}",
     "{official} {who}\n\n{bring}\n\n{time}\n\n{tip}\n\n{src}"),
    ("Phiếu ghi nhớ khi {do}", "{bring}",
     "| Mục | Nội dung |\n| Tên thủ tục | {name} |\n| Mã | {code} |\n| Lĩnh vực | {field} |\n| Thời hạn | {short} |\n\n"
     "{who} {bring}\n\n{tip} {src}"),
    ("{U} hướng dẫn {do}", "{who}",
     "{place}\n\n{bring}\n\n{who}\n\n## Lưu ý\n\n{tip} {time}\n\n{src}"),
    ("Trước khi đi {do}", "{bring}",
     "Kiểm lại túi hồ sơ trước khi ra khỏi nhà. {bring}\n\n{tip}\n\n## Hạn trả\n\n{time}\n\n{who} {src}"),
    ("Khi nào cần {do}", "{who}",
     "{who}\n\n{official}\n\n## Cách làm\n\n- {bring}\n- {place}\n- {time}\n\n{tip}\n\n{src}"),
    ("{Do}, việc nhỏ mà hay vướng", "{tip} {who}",
     "Chỗ vướng thường gặp khi {do}:\n\n> {tip}\n\n{who}\n\n{bring}\n\n{place} {time}\n\n{src}"),
    ("Người lớn tuổi đi {do}", "{bring}",
     "Không quen dùng điện thoại thì cứ đến tận nơi, có người giúp {do}.\n\n{bring}\n\n{time}\n\n{tip}\n\n{who}\n\n{src}"),
    ("{Do}: hạn trả và giấy tờ", "{time}", "{time}\n\n{bring}\n\n{place}\n\n## Ai nên làm sớm\n\n{who} {tip}\n\n{src}"),
)  # fmt: skip
_BRING = (
    "Để {do}, bạn mang: {x}", "Hồ sơ {p} gồm: {x}", "Cần có khi {do}: {x}", "Giấy tờ xếp sẵn để {do}: {x}",
    "Bộ giấy của {it} không dài: {x}",
)  # fmt: skip
_SOURCE = (
    "Nội dung đầy đủ, mã {code}: [{name}]({url}) trên {nat}.",
    "Xem từng bước và mẫu tờ khai ở [{nat}, mã {code}]({url}).",
    "Nguồn: {nat}, thủ tục {code}, [bản gốc tại đây]({url}).",
    "Đối chiếu với [bản gốc mã {code}]({url}) của {nat} trước khi nộp.",
)
_PLACE = (
    "Với {it}, nơi nhận là {u}, hoặc nộp qua {nat}.",
    "{U} nhận hồ sơ {p} trong giờ hành chính; {ch}.",
    "Hồ sơ {p} gửi tại {u}; {ch}.",
    "Muốn {do}, bạn đến quầy tiếp nhận của {u}; {ch}.",
)


_POLICE = ("Đăng ký, quản lý cư trú", "Cấp, quản lý căn cước", "Định danh", "Quản lý xuất nhập cảnh")
_VERBS = (
    "khai", "báo", "đăng ký", "xin", "nhận", "nhập", "thông báo", "đổi", "tạm ngừng", "chấm dứt", "hòa giải", "xác định",
    "chuyển", "kiểm tra", "công nhận", "chứng thực", "cấp lại", "làm", "sửa", "giao", "công bố", "kết hôn", "đề nghị",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of the national portal with our plain words; `times` are (channel, limit as the source writes it)."""

    code: str
    name: str
    field: str
    level: str
    times: tuple[tuple[str, str], ...]
    fee: str
    url: str
    channels: str
    plain: str
    who: str
    bring: str
    tip: str

    @property
    def is_errand(self) -> bool:
        """Whether the everyday name is already something one does ("đăng ký tạm trú"), not a paper one gets."""
        return self.plain.startswith(_VERBS)

    @property
    def do(self) -> str:
        """What the citizen does: "làm giấy độc thân", "đăng ký tạm trú"."""
        return self.plain if self.is_errand else f"làm {self.plain}"

    @property
    def it(self) -> str:
        """The thing itself: "giấy độc thân", "thủ tục đăng ký tạm trú"."""
        return f"thủ tục {self.plain}" if self.is_errand else self.plain


@cache
def procedures() -> dict[str, Procedure]:
    """Every procedure of the data file, by code."""
    notes = procedure_notes()
    return {
        row["code"]: Procedure(
            row["code"], row["name"], row["field"], row["level"], tuple((c, t) for c, t in row["times"]), row["fee"],
            row["url"], row["channels"], *notes[row["code"]],
        )
        for row in load("procedures.json")
    }  # fmt: skip


def _limits(procedure: Procedure) -> list[str]:
    """Distinct limits with their channels; a limit whose source gives no unit keeps that remark."""
    grouped: dict[str, list[str]] = {}
    for channel, limit in procedure.times:
        channels = grouped.setdefault(limit, [])
        if channel.lower() not in channels:
            channels.append(channel.lower())
    return [f"{listed(channels)}: {limit}" if len(grouped) > 1 else limit for limit, channels in grouped.items()]


def _time(procedure: Procedure, turn: int) -> str:
    limits = _limits(procedure)
    fee = f" Mục lệ phí của nguồn ghi “{procedure.fee}”." if procedure.fee and turn % 2 else ""
    if not limits or procedure.code == "1.005136":
        return f"{NATIONAL} chưa ghi thời hạn của {procedure.it}; ngày trả có trong giấy hẹn.{fee}"
    said = "; ".join(limits)
    forms = (
        f"Thời hạn giải quyết {procedure.it}: {said}.{fee}", f"Hạn trả kết quả {procedure.it} theo nguồn: {said}.{fee}",
        f"Hạn của {procedure.it} là {said}.{fee}", f"Từ khi đủ giấy để {procedure.do} đến khi có kết quả: {said}.{fee}",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _channels(procedure: Procedure) -> str:
    ways = {"Trực tuyến": "nộp trên mạng", "Dịch vụ bưu chính": "gửi bưu điện", "Trực tiếp": "đến tận nơi"}
    found = [ways[part.strip()] for part in procedure.channels.split(";") if part.strip() in ways]
    return "có thể " + listed(found, "hoặc") if found else "hỏi trước khi gửi từ xa"


def procedure_draft(procedure: Procedure, unit_name: str, unit_low: str, form: int, owner: str) -> Draft:
    """One explanation of `procedure` on the site of `unit_name`.

    Residence and identity papers are received by the police of the commune, not by its one-stop desk.
    """
    if unit_name.startswith(("Phường", "Xã")) and procedure.field.startswith(_POLICE):
        unit_name, unit_low = f"Công an {unit_low}", f"Công an {unit_low}"
    title, summary, body = FORMS[form % len(FORMS)]
    turn = sum(map(ord, procedure.code + owner))
    base = {
        "p": procedure.plain, "P": capital(procedure.plain), "u": unit_low, "U": capital(unit_name), "code": procedure.code,
        "name": procedure.name, "url": procedure.url, "nat": NATIONAL, "ch": _channels(procedure), "who": procedure.who,
        "tip": procedure.tip, "do": procedure.do, "Do": capital(procedure.do), "it": procedure.it, "field": procedure.field, "x": lower_first(procedure.bring),
        "short": "; ".join(_limits(procedure)) or "nguồn không ghi",
        "official": f"“{capital(procedure.plain)}” là cách gọi quen. Tên trên giấy là “{procedure.name}”, mã {procedure.code}.",
    }  # fmt: skip
    slots = base | {
        "bring": _BRING[turn % len(_BRING)].format(**base), "time": _time(procedure, turn),
        "src": _SOURCE[turn % len(_SOURCE)].format(**base), "place": _PLACE[(turn // 2) % len(_PLACE)].format(**base),
    }  # fmt: skip
    return Draft(
        title=title.format(**slots), summary=tidy_lines(summary.format(**slots)),
        body=paragraphs(tidy_lines(body.format(**slots))), scene="paper", tags=("thủ tục", procedure.field.split(",")[0]),
        caption="Giấy tờ cần chuẩn bị. Tranh minh họa.", ref=f"procedure-{procedure.code}-{owner}", source=NATIONAL,
    )  # fmt: skip
