"""Business verbs of the news room: each atomic, audited, and visible to citizens within two seconds."""

from news.actions.articles import delete_article, load_articles, save_article
from news.actions.attachments import delete_attachment, name_attachment, set_attachments, take_attachment
from news.actions.following import handle_due, receive_due
from news.actions.library import Entry, delete_album, delete_video, save_album, save_video
from news.actions.media import add_picture, delete_picture, describe_picture, keep_picture, note_uses, take_picture
from news.actions.receiving import decline_share, dismiss_alert, place_copy, take_share
from news.actions.sections import delete_category, delete_page, delete_tag, save_category, save_page, save_tag
from news.actions.share_locks import is_locked_copy, refuse_locked_copy
from news.actions.sharing import offer_upwards, push_down
from news.actions.withdrawal import withdraw_article
from news.actions.workflow import (
    approve_article,
    confirm_second_look,
    expire_article,
    publish_article,
    publish_urgently,
    recall_article,
    reopen_article,
    return_article,
    schedule_article,
    submit_article,
    unschedule_article,
)

__all__ = [
    "Entry",
    "add_picture",
    "approve_article",
    "confirm_second_look",
    "decline_share",
    "delete_album",
    "delete_article",
    "delete_attachment",
    "delete_category",
    "delete_page",
    "delete_picture",
    "delete_tag",
    "delete_video",
    "describe_picture",
    "dismiss_alert",
    "expire_article",
    "handle_due",
    "is_locked_copy",
    "keep_picture",
    "load_articles",
    "name_attachment",
    "note_uses",
    "offer_upwards",
    "place_copy",
    "publish_article",
    "publish_urgently",
    "push_down",
    "recall_article",
    "receive_due",
    "refuse_locked_copy",
    "reopen_article",
    "return_article",
    "save_album",
    "save_article",
    "save_category",
    "save_page",
    "save_tag",
    "save_video",
    "schedule_article",
    "set_attachments",
    "submit_article",
    "take_attachment",
    "take_picture",
    "take_share",
    "unschedule_article",
    "withdraw_article",
]
