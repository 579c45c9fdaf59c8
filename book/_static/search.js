/* Sends a search form to its page by address: the book's policy of contents lets no form be sent by itself. */
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form.bd-search, form[role=search], #search-form")) { return; }
    event.preventDefault();
    location.assign(form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form)));
  });
})();
