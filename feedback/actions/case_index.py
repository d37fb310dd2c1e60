"""Keeping the search index beside public cases."""

from feedback.models import Case
from portal.search.actions import mark_changed

LABEL = Case._meta.label


def index_case(case: Case) -> None:
    """Remember that what others find of this case has changed; call inside the transaction of a step that shows or hides it.

    The document stands under the unit that holds the case now; after a transfer it simply moves there, and what is no longer
    public, or was merged, is taken out.
    """
    mark_changed(unit_id=case.holder_id, model_label=LABEL, object_id=case.pk)


__all__ = ["index_case"]
