"""What each role may do in the news room."""

from typing import Final

from units.enums import Role

_WRITE: Final = frozenset(
    {
        *("news.view_article", "news.add_article", "news.change_article"),
        *("news.view_category", "news.view_picture", "news.add_picture", "news.change_picture"),
        *("news.view_tag", "news.add_tag", "news.view_own_royalty"),
        *("news.view_document", "news.add_document", "news.change_document"),
        *("news.view_consultation", "news.add_consultation", "news.change_consultation"),
        *("news.view_disclosureentry", "news.add_disclosureentry", "news.change_disclosureentry"),
        *(
            "news.view_attachment",
            "news.add_attachment",
            "news.change_attachment",
            "news.view_album",
            "news.view_video",
        ),
    }
)
_EDIT: Final = _WRITE | {
    *("news.view_deadlink", "news.change_deadlink"),
    *("news.offer_article", "news.view_originalitymonth"),
    *("news.add_album", "news.change_album", "news.add_video", "news.change_video"),
    *("news.enter_royalty", "news.view_royaltysheet", "news.compute_royaltysheet", "news.view_royaltytable"),
    *("news.view_contributor", "news.add_contributor", "news.change_contributor"),
    *("news.change_any_article", "news.change_tag", "news.delete_tag", "news.view_page", "news.change_page"),
    *("news.delete_document", "news.delete_disclosureentry"),
}
_APPROVE: Final = _EDIT | {
    *("news.publish_article", "news.share_article", "news.add_page", "news.delete_article", "news.check_royaltysheet"),
    *("news.publish_document", "news.publish_consultation", "news.publish_disclosureentry"),
}
_ADMIN: Final = _APPROVE | {
    *("news.view_importrun", "news.add_importrun"),
    *("news.lock_royaltysheet", "news.add_royaltytable", "news.change_royaltytable", "news.delete_royaltytable"),
    *("news.view_royaltyfactor", "news.add_royaltyfactor", "news.change_royaltyfactor", "news.delete_royaltyfactor"),
    "news.delete_contributor",
    *("news.add_category", "news.change_category", "news.delete_category", "news.delete_page", "news.delete_picture"),
    *("news.view_subscription", "news.delete_subscription"),
    *("news.delete_attachment", "news.delete_album", "news.delete_video"),
}
ROLE_PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.AUTHOR: _WRITE,
    Role.EDITOR: _EDIT,
    Role.APPROVER: _APPROVE,
    Role.UNIT_ADMIN: _ADMIN,
}
