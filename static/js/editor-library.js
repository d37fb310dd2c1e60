// CKEditor: “Chèn ảnh từ thư viện” puts a figure with a described picture of the unit's own library into the text.
// The dialog is the library's own (js/library-dialog.js); what is saved is cleaned by the server all the same.

(function () {
  "use strict";

  var CHOOSE = "/quan-tri/news/picture/chon/";
  var base = CKEDITOR.plugins.getPath("conglibrary").split("?")[0];

  function addStyles() {
    var href = base.replace(/js\/$/, "css/admin-media.css");
    if (document.querySelector('link[href*="admin-media"]')) return;
    var link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }

  function figure(picture) {
    var encode = CKEDITOR.tools.htmlEncodeAttr;
    var words = CKEDITOR.tools.htmlEncode([picture.caption, picture.credit].filter(Boolean).join(" "));
    var image =
      '<img src="' + encode(picture.url) + '" alt="' + encode(picture.alt) +
      '" width="' + picture.width + '" height="' + picture.height + '">';
    return "<figure>" + image + (words ? "<figcaption>" + words + "</figcaption>" : "") + "</figure><p>&nbsp;</p>";
  }

  CKEDITOR.plugins.add("conglibrary", {
    init: function (editor) {
      editor.addCommand("conglibrary", {
        async: true,
        exec: function (instance) {
          var self = this;
          addStyles();
          import(base + "library-dialog.js").then(function (dialog) {
            dialog.openLibrary(CHOOSE, function (picture) {
              instance.focus();
              instance.insertHtml(figure(picture));
              instance.fire("saveSnapshot");
              instance.fire("afterCommandExec", { name: "conglibrary", command: self });
            });
          });
        },
      });
      editor.ui.addButton("CongLibrary", {
        label: "Chèn ảnh từ thư viện",
        command: "conglibrary",
        toolbar: "insert",
        icon: base.replace(/js\/$/, "icons/editor-picture.svg"),
      });
    },
  });
})();
