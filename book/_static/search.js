/* What the book's policy of contents keeps Sphinx's search from doing: sending a form, and a link that is a script. */
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form.bd-search, form[role=search], #search-form")) { return; }
    event.preventDefault();
    var target = new URL(form.getAttribute("action"), document.baseURI);  // "#" on the search page itself
    target.search = new URLSearchParams(new FormData(form));
    target.hash = "";
    location.assign(target);
  });
  document.addEventListener("DOMContentLoaded", function () {
    var link = document.querySelector("#searchbox .highlight-link a");
    if (!link) { return; }
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = link.textContent;
    button.addEventListener("click", function () {
      SphinxHighlight.hideSearchWords();
      document.querySelectorAll(".highlighted").forEach(function (mark) { mark.classList.remove("highlighted"); });  // those in drawings too
    });
    link.replaceWith(button);
  });
})();
