/* Says on a page whether its edition was corrected or followed by a newer one. The page itself never changes; what there is to say of each edition
   stands in the list beside them. */
(function () {
  "use strict";
  var root = document.documentElement.dataset.content_root || "./";
  var list = document.createElement("script");
  list.src = root + "../../editions.js";
  list.onload = function () {
    var parts = new URL(root + "../", location.href).pathname.split("/").filter(Boolean);
    var edition = parts[parts.length - 1], lang = document.documentElement.lang;
    var told = (window.evidenceEditions || []).filter(function (one) { return one.id === edition && one.read; })[0];
    if (!told) { return; }
    var words = document.getElementById("edition-words");
    var notice = document.createElement("p"), link = document.createElement("a");
    notice.className = "edition-notice";
    notice.setAttribute("role", "note");
    link.href = root + "../../" + told.read + "/" + lang + "/index.html";
    link.textContent = words.dataset[told.why].replace("{name}", told.read);
    notice.appendChild(link);
    var article = document.querySelector("article.bd-article");
    if (article) { article.insertBefore(notice, article.firstChild); }
  };
  document.addEventListener("DOMContentLoaded", function () { document.head.appendChild(list); });
})();
