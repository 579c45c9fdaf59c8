/* Gives every citation a button that fills in the day of access and copies it; without scripts the text can be selected as it stands. */
(function () {
  "use strict";
  function dated(text) {
    var now = new Date(), year = now.getFullYear(), month = now.getMonth() + 1, day = now.getDate();
    var iso = year + "-" + String(month).padStart(2, "0") + "-" + String(day).padStart(2, "0");
    text = text.replace("○年○月○日", year + "年" + month + "月" + day + "日").replace("____-__-__", iso);
    return text.indexOf("urldate =") < 0 ? text.replace(/^( *)(url = .*)$/m, "$1$2\n$1urldate = {" + iso + "},") : text;
  }
  function copied(pre, done) {
    var text = pre.textContent = dated(pre.textContent);
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
