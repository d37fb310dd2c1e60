"""Everything that is kept of one case and of who sent it, for its sender to take away: words, dates, consents, files."""

import io
import json
import zipfile
from datetime import datetime
from typing import IO, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.cases.event_words import lines_of
from feedback.enums.cases import ConsentPurpose, FileState
from feedback.models import Case, CaseConsent, CaseEvent, CaseFile, CaseLetter, CaseSender
from feedback.rules import own as rules
from feedback.rules.consent import TEXTS, text_of
from portal.core.private_files import open_private
from portal.core.sealing import readable

_CHUNK: Final = 256 * 1024


def export_of(case: Case) -> bytes:
    """The whole archive in memory; views write it into a file (:func:`write_export`)."""
    target = io.BytesIO()
    write_export(case=case, target=target)
    return target.getvalue()


def write_export(*, case: Case, target: IO[bytes]) -> None:
    """Write the archive: one JSON of everything, and the files as they were re-encoded (without place and device)."""
    files = list(CaseFile.objects.filter(case=case).ready().exclude(private_path="").order_by("position", "pk"))
    names = {
        file.pk: f"tep/{number:02d}.{file.private_path.rsplit('.', 1)[-1]}" for number, file in enumerate(files, 1)
    }
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_STORED) as archive:
        text = json.dumps(facts_of(case, names), ensure_ascii=False, indent=2)
        archive.writestr(f"{case.code}.json", text, compress_type=zipfile.ZIP_DEFLATED)
        for file in files:
            _write(archive, names[file.pk], file.private_path)


def _write(archive: zipfile.ZipFile, name: str, path: str) -> None:
    """One file in pieces; a file that is gone from the disk leaves the rest whole."""
    try:
        stored = open_private(path)
    except OSError:
        return
    with stored, archive.open(name, "w") as inside:
        while piece := stored.read(_CHUNK):
            inside.write(piece)


def facts_of(case: Case, names: dict[int, str]) -> dict[str, Any]:
    """Everything in words, under Vietnamese names, for people before machines."""
    return {
        "ma_tra_cuu": case.code_words,
        "loai": case.get_kind_display(),
        "tinh_trang": case.get_status_display(),
        "nhan_luc": _moment(case.received_at),
        "noi_tiep_nhan": case.intake_unit.name,
        "noi_xu_ly": case.holder.name,
        "loai_phan_anh": case.category.name if case.category else "",
        "noi_xay_ra": {
            "phuong_xa": case.commune.name if case.commune else "", "cho": case.place_text,
            "vi_do": _number(case.latitude), "kinh_do": _number(case.longitude),
        },
        "noi_dung_da_viet": readable(case.sealed_text),
        "phan_con_lai_cua_don": _details(case),
        "ban_cong_khai": {
            "cho_phep": case.may_publish, "tinh_trang": case.get_moderation_display(), "tieu_de": case.title,
            "noi_dung": case.text, "tu_luc": _moment(case.published_at),
        },
        "han_tra_loi": case.due_on.isoformat() if case.due_on else "",
        "han_tra_loi_dau_tien": case.first_due_on.isoformat() if case.first_due_on else "",
        "tra_loi": {"noi_dung": case.answer, "chuc_vu": case.answer_post, "luc": _moment(case.answered_at)},
        "da_giai_quyet_chua": _said(case),
        "so_nguoi_cung_gap": case.joins,
        "nguoi_gui": _sender(case),
        "dong_y": _consents(case),
        "dien_bien": _timeline(case),
        "tep": _files(case, names),
        "thu_da_gui": _letters(case),
    }  # fmt: skip


def _said(case: Case) -> dict[str, str]:
    return {
        "tra_loi": case.get_solved_display() if case.solved else "", "luc": _moment(case.solved_at),
        "muc_hai_long": case.get_satisfaction_display() if case.satisfaction else "",
        "nhan_xet": case.satisfaction_text,
    }  # fmt: skip


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _details(case: Case) -> Any:
    """What else a request's form asked for."""
    text = readable(case.sealed_details)
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return text


def _sender(case: Case) -> dict[str, Any]:
    sender = CaseSender.everywhere.filter(case=case).first()
    if sender is None or sender.forgotten_at:
        return {"da_xoa_luc": _moment(sender.forgotten_at) if sender else ""}
    return {
        "ho_ten": readable(sender.sealed_name), "dien_thoai": readable(sender.sealed_phone),
        "thu_dien_tu": readable(sender.sealed_email), "dia_chi": readable(sender.sealed_address),
    }  # fmt: skip


def _consents(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "viec": row.get_purpose_display(), "phien_ban": row.version, "luc": _moment(row.at),
            "cau_da_dong_y": text_of(ConsentPurpose(row.purpose), row.version) if row.version in TEXTS else "",
            "rut_luc": _moment(row.withdrawn_at),
        }
        for row in CaseConsent.objects.filter(case=case).order_by("pk")
    ]  # fmt: skip


def _timeline(case: Case) -> list[dict[str, Any]]:
    made = []
    for event in CaseEvent.objects.filter(case=case).public().in_order()[: rules.EVENTS_SHOWN]:
        lines = lines_of(event, case, for_sender=True)
        words = [part for part in (lines.lead, lines.reason, lines.text, lines.signed) if part]
        made.append(
            {"luc": _moment(event.at), "viec": event.get_kind_display(), "don_vi": event.unit.name, "loi": words}
        )
    return made


def _files(case: Case, names: dict[int, str]) -> list[dict[str, Any]]:
    rows = CaseFile.objects.filter(case=case).order_by("position", "pk")
    return [
        {
            "tep": names.get(row.pk, ""), "loai": row.get_kind_display(), "cua_nguoi_gui": row.is_from_sender,
            "them_luc": _moment(row.added_at), "cong_khai": row.is_public, "sha256": row.sha256,
            "ghi_chu": "" if row.state == FileState.READY else row.refused_why or _("Đang chuyển đổi"),
        }
        for row in rows
    ]  # fmt: skip


def _letters(case: Case) -> list[dict[str, Any]]:
    rows = CaseLetter.objects.filter(case=case, join__isnull=True, staff__isnull=True).order_by("pk")
    return [
        {"ve_viec": row.get_kind_display(), "tinh_trang": row.get_state_display(), "luc": _moment(row.sent_at)}
        for row in rows[: rules.LETTERS_SHOWN]
    ]
