"""What each role may do in the news room."""

from typing import Final

from units.enums import Role

_WRITE: Final = frozenset(
    {
        *("news.view_article", "news.add_article", "news.change_article"),
        *("news.view_category", "news.view_picture", "news.add_picture", "news.change_picture"),
        *("news.view_tag", "news.add_tag"),
    }
)
_EDIT: Final = _WRITE | {
    *("news.change_any_article", "news.change_tag", "news.delete_tag", "news.view_page", "news.change_page"),
}
_APPROVE: Final = _EDIT | {"news.publish_article", "news.add_page", "news.delete_article"}
_ADMIN: Final = _APPROVE | {
    *("news.add_category", "news.change_category", "news.delete_category", "news.delete_page", "news.delete_picture"),
}
ROLE_PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.AUTHOR: _WRITE,
    Role.EDITOR: _EDIT,
    Role.APPROVER: _APPROVE,
    Role.UNIT_ADMIN: _ADMIN,
}
