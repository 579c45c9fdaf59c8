/* Says on a page whether its edition was corrected or followed by a newer one. The page itself never changes; what there is to say of each edition
   stands in the list beside them. */
(function () {
  "use strict";
  function tell(notices) {
    var article = document.querySelector("article.bd-article");
    notices.forEach(function (notice) {
      var asked = notice.dataset, link = document.createElement("a"), lang = notice.closest("[lang]").lang;
      var told = (window.evidenceEditions || []).filter(function (one) { return one.id === asked.edition && one.read; })[0];
      if (!told) { return; }
      link.href = asked.top + told.read + "/" + lang + "/index.html";
      link.textContent = asked[told.why].replace("{name}", told.read);
      notice.appendChild(link);
      notice.hidden = false;
      if (article) { article.insertBefore(notice, article.firstChild); }
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    var notices = document.querySelectorAll(".edition-notice[data-edition]"), list = document.createElement("script");
    if (!notices.length) { return; }
    list.src = notices[0].dataset.top + "editions.js";
    list.onload = function () { tell(notices); };
    document.head.appendChild(list);
  });
})();
