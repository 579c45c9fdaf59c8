/* Shows what a mark of a drawing says while the pointer or the keyboard is on it; without scripts the page says the same in its tables. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var says = document.createElement("div");
    says.id = "mark-says";
    says.hidden = true;
    document.body.appendChild(says);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { document.documentElement.classList.add("quiet"); says.hidden = true; }
    });
    document.addEventListener("focusin", function () { document.documentElement.classList.remove("quiet"); });
    document.addEventListener("pointerover", function () { document.documentElement.classList.remove("quiet"); });
    document.addEventListener("pointermove", function (event) {
      var mark = event.target.closest ? event.target.closest('.drawing [role="graphics-symbol"][aria-label]') : null;
      says.hidden = !mark;
      if (!mark) { return; }
      says.textContent = mark.getAttribute("aria-label");
      var left = Math.min(event.clientX + 14, window.innerWidth - says.offsetWidth - 8);
      var top = event.clientY + 18 + says.offsetHeight > window.innerHeight ? event.clientY - says.offsetHeight - 12 : event.clientY + 18;
      says.style.left = Math.max(8, left) + "px";
      says.style.top = Math.max(8, top) + "px";
    });
  });
})();
