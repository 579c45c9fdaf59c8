/* Says on a page whether its edition was corrected or followed by a newer one; the page itself never changes, the list of editions beside it does. */
(function () {
  "use strict";
  var root = document.documentElement.dataset.content_root || "./";
  var list = document.createElement("script");
  list.src = root + "../../editions.js";
  list.onload = function () {
    var parts = new URL(root + "../", location.href).pathname.split("/").filter(Boolean);
    var edition = parts[parts.length - 1], lang = document.documentElement.lang;
    var names = (window.evidenceEditions || []).slice().sort();
    var base = edition.replace(/-[cr]\d+$/, "");
    var number = function (name) { return parseInt((/-[cr](\d+)$/.exec(name) || [0, 0])[1], 10); };
    var corrected = names.filter(function (name) { return name.indexOf(base + "-c") === 0 && number(name) > number(edition); }).pop();
    var newer = names.filter(function (name) { return name > edition && name.indexOf(base) !== 0; }).pop();
    var told = corrected || newer;
    if (!told) { return; }
    var key = corrected ? "corrected" : "newer";
    var words = document.getElementById("edition-words");
    var notice = document.createElement("p"), link = document.createElement("a");
    notice.className = "edition-notice";
    notice.setAttribute("role", "note");
    link.href = root + "../../" + told + "/" + lang + "/index.html";
    link.textContent = words.dataset[key].replace("{name}", told);
    notice.appendChild(link);
    var article = document.querySelector("article.bd-article");
    if (article) { article.insertBefore(notice, article.firstChild); }
  };
  document.addEventListener("DOMContentLoaded", function () { document.head.appendChild(list); });
})();
