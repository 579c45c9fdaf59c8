/* What a page does around its text: colours by day and by night, the bars beside it, the field to search with, the way to the same place in the other
   language. It runs in the head, so that no page is shown in the wrong colours first; without scripts the page is whole, only less handy. */
(function () {
  "use strict";
  var MODES = ["auto", "light", "dark"], WIDE = "(min-width: 992px)", BELOW_HEAD = 120;
  var html = document.documentElement, night = window.matchMedia("(prefers-color-scheme: dark)");

  function kept(name) { try { return localStorage.getItem(name); } catch (refused) { return null; } }
  function keep(name, text) { try { localStorage.setItem(name, text); } catch (refused) { /* a browser that keeps nothing shows all the same */ } }

  function colour(mode) {
    html.dataset.mode = MODES.indexOf(mode) < 0 ? "auto" : mode;
    html.dataset.theme = html.dataset.mode === "auto" ? (night.matches ? "dark" : "light") : html.dataset.mode;
  }
  colour(kept("mode"));
  night.addEventListener("change", function () { colour(html.dataset.mode); });

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  function byId(id) { return document.getElementById(id); }

  function switchColours() {
    each(".theme-switch-button", function (button) {
      button.addEventListener("click", function () {
        colour(MODES[(MODES.indexOf(html.dataset.mode) + 1) % MODES.length]);
        keep("mode", html.dataset.mode);
      });
    });
  }

  function closedBeside(dialog) {
    dialog.addEventListener("click", function (event) { if (event.target === dialog) { dialog.close(); } });
  }

  /* On a narrow screen a bar is shown in a dialog, into which its parts move; on a wide one the first bar is folded away. */
  function bar(name) {
    var button = document.querySelector("." + name + "-toggle"), side = byId("pst-" + name + "-sidebar"), dialog = byId("pst-" + name + "-sidebar-modal");
    if (!button || !side || !dialog) { return; }
    function moved(from, to) {
      while (from.firstChild) { to.appendChild(from.firstChild); }
      to.className = from.className;
      from.className = "";
    }
    button.addEventListener("click", function () {
      if (name === "primary" && window.matchMedia(WIDE).matches) { side.classList.toggle("pst-sidebar-hidden"); return; }
      moved(side, dialog);
      dialog.showModal();
    });
    closedBeside(dialog);
    dialog.addEventListener("click", function (event) { if (event.target.closest("a")) { dialog.close(); } });
    dialog.addEventListener("close", function () { moved(dialog, side); button.focus(); });
  }

  function search() {
    var dialog = byId("pst-search-dialog"), own = document.querySelector(".bd-search-container input[type=search]");
    function seek() {
      if (own) { own.focus(); own.select(); } else if (dialog && !dialog.open) { dialog.showModal(); }
    }
    if (own) { seek(); }
    if (dialog) { closedBeside(dialog); }
    each(".search-button__button", function (button) { button.addEventListener("click", seek); });
    window.addEventListener("keydown", function (event) {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && /^k$/i.test(event.key)) { event.preventDefault(); seek(); }
    });
  }

  /* The part of the page that is being read: the one that was asked for while it is in sight, else the last one that begins at the top or above. */
  function place() {
    var read = "", asked = byId(decodeURIComponent(location.hash.slice(1))), top = asked ? asked.getBoundingClientRect().top : -1;
    if (top >= 0 && top < window.innerHeight) { return asked.id; }
    each("article section section[id], article figure.exhibit[id]", function (part) {
      if (part.getBoundingClientRect().top <= BELOW_HEAD) { read = part.id; }
    });
    return read;
  }

  function keepPlace() {
    each("a.twin", function (link) {
      link.addEventListener("click", function () { link.hash = place(); });
    });
  }

  function follow() {
    var links = document.querySelectorAll("#pst-page-toc-nav a[href^='#']"), waiting = false;
    function mark() {
      waiting = false;
      var read = null;
      links.forEach(function (link) {
        var part = byId(decodeURIComponent(link.hash.slice(1)));
        if (part && part.getBoundingClientRect().top <= BELOW_HEAD) { read = link; }
      });
      links.forEach(function (link) {
        link.classList.toggle("active", link === read);
        if (link === read) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
      });
    }
    if (!links.length) { return; }
    window.addEventListener("scroll", function () { if (!waiting) { waiting = true; window.requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  function showOwnLine() {
    var side = byId("pst-primary-sidebar"), lines = side ? side.querySelectorAll(".bd-links .active") : [], last = lines[lines.length - 1];
    if (last && last.getBoundingClientRect().top > window.innerHeight / 2) { side.scrollTop = last.offsetTop - side.clientHeight / 4; }
  }

  /* What scrolls sideways is reached by the keyboard. */
  function reach() {
    each("pre, .cell_output > .output", function (part) {
      if (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight) { part.tabIndex = 0; }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    [switchColours, search, keepPlace, follow, showOwnLine, reach].forEach(function (act) { act(); });
    ["primary", "secondary"].forEach(bar);
    window.addEventListener("resize", reach);
  });
})();
