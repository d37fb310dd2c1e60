"""Files that a sender sends with a case, or adds to it."""

from feedback.enums.cases import FileState
from feedback.models import Case, CaseEvent, CaseFile, CaseUpload
from feedback.rules import own as rules
from feedback.tasks.files import convert_files
from portal.core.tasks import start_after_commit


def attach(case: Case, event: CaseEvent | None, uploads: tuple[CaseUpload, ...]) -> int:
    """Make a draft's complete files the case's, beside the step they came with, if any; returns how many. Not public yet.

    The uploads' rows go, the files stay where they are. What is not re-encoded yet is converted by a worker.
    """
    # What the sender took away in another window since the page was read is gone from the disk too.
    there = set(CaseUpload.objects.filter(pk__in=[upload.pk for upload in uploads]).values_list("pk", flat=True))
    start = CaseFile.objects.filter(case=case).count()
    taken = [upload for upload in uploads if upload.pk in there][: max(0, rules.FILES_OF_CASE - start)]
    for position, upload in enumerate(taken, start):
        made = upload.prepared or {}
        ready = bool(made.get("private_path"))
        CaseFile(
            case=case, event=event, kind=upload.kind, position=position, size=upload.size,
            state=FileState.READY if ready else FileState.WAITING, raw_path="" if ready else upload.path,
            private_path=made.get("private_path", ""), private_small=made.get("private_small", ""),
            width=made.get("width", 0), height=made.get("height", 0), sha256=made.get("sha256", ""),
        ).save(force_insert=True)  # fmt: skip
        if not ready:
            start_after_commit(convert_files, unit_id=case.intake_unit_id)
    CaseUpload.objects.filter(pk__in=[upload.pk for upload in taken]).delete()
    return len(taken)
