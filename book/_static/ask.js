/* Shows the button with which a reader asks for the series of a figure, and loads what draws them when it is pressed, or when the address asks. */
(function () {
  "use strict";
  function load(address, done) {
    var script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    document.head.appendChild(script);
  }
  document.addEventListener("DOMContentLoaded", function () {
    var asked = new URLSearchParams(location.search).get("explore");
    document.querySelectorAll("button.explore-ask").forEach(function (button) {
      function ask() {
        button.disabled = true;
        load(button.dataset.from + "/explore.js", function () {
          load(button.dataset.from + "/" + button.dataset.id + ".js", function () { window.evidenceExplore.open(button, window.evidenceAsked); });
        });
      }
      button.hidden = false;
      button.addEventListener("click", ask);
      if (button.dataset.id === asked) { ask(); }
    });
  });
})();
