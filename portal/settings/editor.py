"""CKEditor 4, locked down (docs/decisions/0002-ckeditor.md).

The editor is a comfort; the boundary is :func:`portal.core.richtext.clean_html`, which runs on every save and import.
"""

from typing import Any, Final

_TOOLBAR: Final = [
    ["Format", "Bold", "Italic", "RemoveFormat"],
    ["BulletedList", "NumberedList", "Blockquote"],
    ["Link", "Unlink", "Table", "CongLibrary"],
    ["Undo", "Redo", "PasteFromWord", "Maximize"],
]

# `ajax` and `xml` must stay: pastetools needs them.
_REMOVED_PLUGINS: Final = (
    "codesnippet,codesnippetgeshi,exportpdf,scayt,wsc,sourcearea,sourcedialog,iframe,iframedialog,embed,embedsemantic,"
    "autoembed,flash,forms,docprops,preview,print,newpage,save,templates,about,bbcode,devtools,adobeair,mathjax,"
    "uploadimage,uploadwidget,smiley,stylesheetparser,pastefromgdocs,image,image2,exportpdf,elementspath"
)

# The same as portal.core.richtext keeps (tests/core/test_word_paste.py compares them): what is seen is what is saved.
_ALLOWED: Final = (
    "p h2 h3 h4 blockquote pre hr br strong em u s sub sup ul ol li table thead tbody tr caption;"
    " th[colspan,rowspan,scope]; td[colspan,rowspan]; a[!href,title];"
    " figure(picture)[data-picture]; img[!src,alt,width,height,data-picture]; figcaption"
)
_DISALLOWED: Final = (
    "script style iframe object embed link meta base form input button textarea select svg math noscript template xmp"
    " title; *[on*]"
)

CONFIGS: Final[dict[str, dict[str, Any]]] = {
    "default": {
        "language": "vi",
        "toolbar": _TOOLBAR,
        "removePlugins": _REMOVED_PLUGINS,
        # “Chèn ảnh từ thư viện”: our own button over the unit's library (static/js/editor-library.js).
        "extra_plugins": ["conglibrary"],
        "external_plugin_resources": [("conglibrary", "/static/js/", "editor-library.js")],
        "allowedContent": _ALLOWED,
        "disallowedContent": _DISALLOWED,
        # Pictures come from the library, with their description; what is pasted has none and would be lost on saving.
        "clipboard_handleImages": False,
        "pasteFromWord_inlineImages": False,
        "pasteFromWordPromptCleanup": False,
        # The article's screen names the file by its lasting name; screens without that script take this one.
        "contentsCss": "/static/css/admin-editor.css",
        "format_tags": "p;h2;h3;h4;pre",
        "fullPage": False,
        "versionCheck": False,
        "entities": False,
        "basicEntities": True,
        "disableNativeSpellChecker": False,
        "removeDialogTabs": "link:advanced;link:target",
        "linkShowAdvancedTab": False,
        "height": 420,
        "width": "100%",
        "contentsLangDirection": "ltr",
        "contentsLanguage": "vi",
        "title": "Nội dung",
    }
}
