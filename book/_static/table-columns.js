/* Lets a reader choose the columns of a long or wide table. Of a wide one the first few are shown, so that it stays a table on a screen, and the rest of a
   row on demand; the address holds the choice, so that it can be sent. The first column always stays. Without scripts, and on paper, all are there. */
(function () {
  "use strict";
  var WIDE = 8, MOST = 7, TEXTS = 2, MANY = 12, FEW = 3;
  var CARDS = 48, ROOMY = 60, SIZE = 0.875;  // rem: below the first rows are cards, from the second on every table is one; letters of a table (book.css)
  var LONG = 12.5, SHORT = 6.5;  // the least that a column of sentences and another take, in letters

  /* How many columns are shown at first: as many as the room has, one less where most are sentences. */
  function counted(heads, rem) {
    var texts = heads.filter(function (head) { return head.classList.contains("long"); }).length, most = texts > TEXTS ? MOST - 1 : MOST, taken = 0;
    if (rem <= CARDS) { return most; }
    return heads.slice(0, most).filter(function (head) {
      taken += head.classList.contains("long") ? LONG : SHORT;
      return taken <= rem / SIZE;
    }).length;
  }

  function begin(table) {
    var head = table.tHead && table.tHead.rows[0], figure = table.closest("figure[id]"), body = table.tBodies[0], tools = window.evidenceTables;
    if (!figure || !head || !table.dataset.columns || !tools) { return; }
    var heads = Array.prototype.slice.call(head.cells), rows = Array.prototype.slice.call(body.rows), id = figure.id;
    if (rows.length > 1 && rows.every(function (row) { return row.cells[0].textContent === rows[0].cells[0].textContent; })) {
      [head].concat(rows).forEach(function (row) { row.cells[0].classList.remove("long"); });  // one name for all leaves its room to what differs
    }
    var rem = figure.clientWidth / parseFloat(getComputedStyle(document.documentElement).fontSize), count = counted(heads, rem);
    var wide = heads.length >= WIDE || (rem > CARDS && rem <= ROOMY && heads.length > count);
    table.parentNode.classList.toggle("fit", heads.length <= count);
    if (heads.length < FEW || !rows.length || !(wide || rows.length >= MANY)) { return; }
    var labels = heads.map(function (one) { return one.firstChild ? one.firstChild.textContent.trim() : ""; }), boxes = [], shown = asked();

    /* The places that the address names, counted from 1; what is no place of this table is passed over. */
    function asked() {
      var said = tools.said("columns", id);
      return heads.map(function (_, place) {
        return place === 0 || (said ? said.split(".").indexOf(String(place + 1)) >= 0 : !wide || place < count);
      });
    }
    function usual() { return shown.every(function (one, place) { return one === (!wide || place < count); }); }
    function closed() {
      body.querySelectorAll("tr.row-rest").forEach(function (row) { row.remove(); });
      body.querySelectorAll("button.row-more").forEach(function (one) { one.setAttribute("aria-expanded", "false"); one.textContent = "+"; });
    }
    function set() {
      var all = shown.every(Boolean);
      closed();
      [head].concat(rows).forEach(function (row) {
        shown.forEach(function (one, place) { if (row.cells[place]) { row.cells[place].hidden = !one; } });
      });
      rows.forEach(function (row) { var more = row.querySelector("button.row-more"); if (more) { more.hidden = all; } });
      table.parentNode.classList.toggle("few", shown.filter(Boolean).length < WIDE);
      table.parentNode.classList.toggle("fit", shown.filter(Boolean).length <= count);
      boxes.forEach(function (box) { box.checked = shown[box.value - 1]; });
    }
    function rest(row, button) {
      var open = button.getAttribute("aria-expanded") === "true";
      if (open) { row.nextElementSibling.remove(); } else {
        var list = tools.made("dl", {}, []);
        shown.forEach(function (one, place) {
          var cell = row.cells[place];
          if (one || !cell || !cell.textContent.trim()) { return; }
          var told = tools.made("dd", {}, Array.prototype.map.call(cell.childNodes, function (part) { return part.cloneNode(true); }));
          list.append(tools.made("div", {}, [tools.made("dt", {}, [labels[place]]), told]));
        });
        row.after(tools.made("tr", { "class": "row-rest" }, [tools.made("td", { colspan: shown.filter(Boolean).length }, [list])]));
      }
      button.setAttribute("aria-expanded", String(!open));
      button.textContent = open ? "+" : "\u2212";
    }

    rows.forEach(function (row) {
      var named = row.cells[0].textContent.trim();
      var button = tools.made("button", { type: "button", "class": "row-more", "aria-expanded": "false", "aria-label": table.dataset.rest + ": " + named }, ["+"]);
      button.addEventListener("click", function () { rest(row, button); });
      row.cells[0].append(" ", button);
    });
    var fields = labels.slice(1).map(function (label, place) {
      var box = tools.made("input", { type: "checkbox", value: place + 2 }, []);
      boxes.push(box);
      box.addEventListener("change", function () {
        shown[box.value - 1] = box.checked;
        var places = shown.map(function (one, at) { return one ? at + 1 : 0; }).filter(Boolean);
        tools.say("columns", id, usual() ? "" : places.join("."));
        set();
      });
      return tools.made("label", {}, [box, " ", label]);
    });
    var place = table.parentNode.previousElementSibling;
    if (!place || !place.classList.contains("table-tools")) {
      place = tools.made("div", { "class": "table-tools" }, []);
      table.parentNode.before(place);
    }
    place.append(tools.made("details", { "class": "table-columns" }, [
      tools.made("summary", {}, [table.dataset.columns]),
      tools.made("div", { role: "group", "aria-label": table.dataset.columns }, fields)
    ]));
    /* Rows that are sorted or filtered leave behind what was opened below them. */
    figure.addEventListener("click", function (event) { if (event.target.closest("thead th")) { closed(); } }, true);
    ["input", "change"].forEach(function (kind) {
      place.addEventListener(kind, function (event) { if (!event.target.closest(".table-columns")) { closed(); } }, true);
    });
    set();
  }

  document.addEventListener("DOMContentLoaded", function () { /* after sort.js, in whatever order the two were read */
    setTimeout(function () { document.querySelectorAll("table[data-columns]").forEach(begin); });
  });
})();
