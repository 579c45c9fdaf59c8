/* The search on the front page: leads to the search of the newest edition in the language of the button; without scripts there is none. */
(function () {
  "use strict";
  var form = document.querySelector("form[role=search]");
  if (!form) { return; }
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var button = event.submitter || form.querySelector("button");
    location.assign(button.dataset.to + "?q=" + encodeURIComponent(form.querySelector("input").value));
  });
})();
