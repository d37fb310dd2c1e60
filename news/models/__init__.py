"""What a unit publishes, and how it comes to be published."""

from news.models.articles import Article
from news.models.attachments import ArticleAttachment, Attachment
from news.models.consultations import Consultation, ConsultationFile, ConsultationPart, ConsultationRule
from news.models.disclosure import BudgetTable, DisclosureDuty, DisclosureEntry, DisclosureFile
from news.models.documents import (
    DisclosureRule,
    Document,
    DocumentField,
    DocumentFile,
    DocumentRelation,
    DocumentType,
)
from news.models.drafting import DraftAutosave, EditingSession, PreviewLink
from news.models.english import ArticleTranslation
from news.models.imports import ImportedItem, ImportRun
from news.models.library import Album, AlbumPicture, Video
from news.models.links import DeadLink, LinkRound
from news.models.media import Picture, PictureUse
from news.models.originality import OriginalityMonth, TextMark, TextPrint
from news.models.pages import Page
from news.models.royalty import RoyaltyFactor, RoyaltyGenre, RoyaltySupplement, RoyaltyTable
from news.models.royalty_sheets import ArticleRoyalty, Contributor, RoyaltyLine, RoyaltyShare, RoyaltySheet
from news.models.sections import Category, CategoryRight, Tag
from news.models.sharing import SharedArticle, ShareDelivery
from news.models.subscriptions import Subscription
from news.models.versions import ArticleVersion, PublicNote
from news.models.workflow import ArticleTransition

__all__ = [
    "Album",
    "AlbumPicture",
    "Article",
    "ArticleAttachment",
    "ArticleRoyalty",
    "ArticleTransition",
    "ArticleTranslation",
    "ArticleVersion",
    "Attachment",
    "BudgetTable",
    "Category",
    "CategoryRight",
    "Consultation",
    "ConsultationFile",
    "ConsultationPart",
    "ConsultationRule",
    "Contributor",
    "DeadLink",
    "DisclosureDuty",
    "DisclosureEntry",
    "DisclosureFile",
    "DisclosureRule",
    "Document",
    "DocumentField",
    "DocumentFile",
    "DocumentRelation",
    "DocumentType",
    "DraftAutosave",
    "EditingSession",
    "ImportRun",
    "ImportedItem",
    "LinkRound",
    "OriginalityMonth",
    "Page",
    "Picture",
    "PictureUse",
    "PreviewLink",
    "PublicNote",
    "RoyaltyFactor",
    "RoyaltyGenre",
    "RoyaltyLine",
    "RoyaltyShare",
    "RoyaltySheet",
    "RoyaltySupplement",
    "RoyaltyTable",
    "ShareDelivery",
    "SharedArticle",
    "Subscription",
    "Tag",
    "TextMark",
    "TextPrint",
    "Video",
]
