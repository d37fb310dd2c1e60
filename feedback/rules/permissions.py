"""What each role may do in the feedback room."""

from typing import Final

from units.enums import Role

_READ: Final = frozenset({"feedback.view_ratingtotal"})
_MODERATE: Final = _READ | {"feedback.view_comment", "feedback.moderate_comment"}
_POLLS: Final = frozenset(
    {
        *(
            f"feedback.{verb}_{name}"
            for verb in ("view", "add", "change")
            for name in ("poll", "polloption", "dialogue")
        ),
        *("feedback.view_dialoguequestion", "feedback.change_dialoguequestion", "feedback.run_dialogue"),
    }
)
_HANDLE: Final = _MODERATE | {
    *("feedback.view_case", "feedback.change_case", "feedback.handle_case", "feedback.moderate_case"),
    *("feedback.view_answertemplate", "feedback.add_answertemplate", "feedback.change_answertemplate"),
}
_LEAD: Final = _HANDLE | _POLLS | {"feedback.assign_case", "feedback.unmask_case", "feedback.view_caseforgetting"}
ROLE_PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.AUTHOR: _READ,
    Role.EDITOR: _HANDLE | _POLLS,
    Role.APPROVER: _LEAD,
    Role.UNIT_ADMIN: _LEAD
    | {
        "feedback.delete_answertemplate",
        "feedback.delete_poll",
        "feedback.delete_polloption",
        "feedback.delete_dialogue",
    },
}
