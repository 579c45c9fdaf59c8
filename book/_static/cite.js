/* Gives every citation a button that copies it; without scripts the text can be selected as it stands. */
(function () {
  "use strict";
  function copied(pre, done) {
    var text = pre.textContent;
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () { selected(pre, done); });
    } else { selected(pre, done); }
  }
  function selected(pre, done) {
    var range = document.createRange();
    range.selectNodeContents(pre);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) { done(); }
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("pre.citation[data-copy]").forEach(function (pre) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy-citation";
      button.textContent = pre.dataset.copy;
      button.setAttribute("aria-describedby", pre.getAttribute("aria-labelledby"));
      button.addEventListener("click", function () {
        copied(pre, function () {
          button.textContent = pre.dataset.copied;
          window.setTimeout(function () { button.textContent = pre.dataset.copy; }, 2000);
        });
      });
      pre.after(button);
    });
  });
})();
