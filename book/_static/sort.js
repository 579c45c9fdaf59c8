/* Gives every head of an exhibit's table a button that sorts its rows: up, down, and as they were. Numbers go by their value, words as the language has
   them, what is empty goes last. Without scripts the table stands as it is. */
(function () {
  "use strict";
  var ORDERS = ["ascending", "descending", ""], SIGNS = { ascending: "\u2191", descending: "\u2193", "": "\u21c5" }, FEW = 3;
  var TIMES = { "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

  function number(text) {
    var found = /([-\u2212\u25b3]?)(\d[\d,]*(?:\.\d+)?)\s*(千|万|億|兆|thousand|million|billion|trillion)?/.exec(text);
    return found ? (found[1] ? -1 : 1) * parseFloat(found[2].replace(/,/g, "")) * (TIMES[found[3]] || 1) : NaN;
  }

  function ordered(rows, place, by) {
    var lang = document.documentElement.lang;
    var told = rows.map(function (row, at) {
      var text = row.cells[place] ? row.cells[place].textContent.trim() : "", value = by.number ? number(text) : text;
      return { row: row, at: at, value: value, none: by.number ? isNaN(value) : !text };
    });
    return told.sort(function (a, b) {
      if (a.none || b.none) { return a.none - b.none || a.at - b.at; }
      var apart = by.number ? a.value - b.value : a.value.localeCompare(b.value, lang, { numeric: true });
      return apart * by.way || a.at - b.at;
    }).map(function (one) { return one.row; });
  }

  function sortable(table) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows), heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    if (rows.length < FEW) { return; }
    heads.forEach(function (head, place) {
      var button = document.createElement("button"), label = head.textContent.trim();
      button.type = "button";
      button.className = "sort";
      button.textContent = SIGNS[""];
      button.setAttribute("aria-label", table.dataset.sort.replace("{head}", label));
      button.addEventListener("click", function () {
        var order = ORDERS[(ORDERS.indexOf(head.getAttribute("aria-sort") || "") + 1) % ORDERS.length];
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); other.querySelector(".sort").textContent = SIGNS[""]; });
        if (order) { head.setAttribute("aria-sort", order); }
        button.textContent = SIGNS[order];
        var by = { number: head.classList.contains("number"), way: order === "descending" ? -1 : 1 };
        (order ? ordered(rows, place, by) : rows).forEach(function (row) { body.appendChild(row); });
      });
      head.appendChild(document.createTextNode(" "));
      head.appendChild(button);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("table[data-sort]").forEach(sortable);
  });
})();
