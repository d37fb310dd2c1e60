"""What the unit that holds a case does with it; one verb each, all through feedback.actions.case_steps.take_step.

Every verb works in the scope of the holding unit, is atomic, and raises:

* ``PermissionDenied`` – the actor has not the right in this unit;
* ``Stale`` – somebody else was faster, or the case is with another unit or in another state by now; nothing was written;
* ``ValidationError`` – with a sentence for the clerk.

``seen`` is the case's version when the actor's screen was opened.
"""

from feedback.actions.case_steps import Stale
from feedback.actions.handle_case.apologies import apologise, apology_draft, fill_template, was_apologised
from feedback.actions.handle_case.closing import answer, reject, reject_reasons
from feedback.actions.handle_case.merging import merge
from feedback.actions.handle_case.moving import transfer, transfer_late
from feedback.actions.handle_case.taking import accept, assign, note, sort
from feedback.actions.handle_case.talking import ask_sender, extend, report_progress, why_not_extended
from feedback.actions.handle_case.unmasking import SenderFacts, unmask

__all__ = [
    "SenderFacts",
    "Stale",
    "accept",
    "answer",
    "apologise",
    "apology_draft",
    "ask_sender",
    "assign",
    "extend",
    "fill_template",
    "merge",
    "note",
    "reject",
    "reject_reasons",
    "report_progress",
    "sort",
    "transfer",
    "transfer_late",
    "unmask",
    "was_apologised",
    "why_not_extended",
]
