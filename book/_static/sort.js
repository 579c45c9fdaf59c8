/* Gives every head of an exhibit's table a button that sorts its rows: up, down, and as they were. Numbers go by their value, words as the language has
   them, what is empty goes last. A long table can be filtered too, and sorted where its rows stand as cards; the address holds both, so that it can be
   sent. Without scripts the table stands as it is. */
(function () {
  "use strict";
  var ORDERS = ["ascending", "descending", ""], SIGNS = { ascending: "\u2191", descending: "\u2193", "": "\u21c5" }, FEW = 3, MANY = 12;
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

  /* What the address says of this table, under its id: words to filter by, and the place of a head, counted from 1, with a minus to sort down. */
  function addressed(kind, id) { return new URLSearchParams(location.search).get(kind + "." + id) || ""; }
  function address(kind, id, said) {
    var query = new URLSearchParams(location.search);
    if (said) { query.set(kind + "." + id, said); } else { query.delete(kind + "." + id); }
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }
  function plain(text) { return text.normalize("NFKC").toLowerCase(); }
  function made(name, given, parts) {
    var one = document.createElement(name);
    Object.keys(given).forEach(function (key) { one.setAttribute(key, given[key]); });
    parts.forEach(function (part) { one.append(part); });
    return one;
  }

  window.evidenceTables = { said: addressed, say: address, made: made }; /* for the choice of columns */

  function sortable(table) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows), heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    if (rows.length < FEW) { return; }
    var sorted = heads.filter(function (head) { return !head.hasAttribute("data-unordered"); });  // a picture is neither before nor after another
    var figure = table.closest("figure[id]"), id = figure ? figure.id : "", labels = heads.map(function (head) { return head.textContent.trim(); });
    var long = id && table.dataset.filter && rows.length >= MANY, choice = long ? chooser(table, id, labels, heads) : null;
    function sort(place, order) {
      sorted.forEach(function (other) { other.removeAttribute("aria-sort"); other.querySelector(".sort").textContent = SIGNS[""]; });
      if (order) { heads[place].setAttribute("aria-sort", order); }
      heads[place].querySelector(".sort").textContent = SIGNS[order];
      var by = { number: heads[place].classList.contains("number"), way: order === "descending" ? -1 : 1 };
      var said = order ? String(by.way * (place + 1)) : "";
      (order ? ordered(rows, place, by) : rows).forEach(function (row) { body.appendChild(row); });
      if (choice) { choice.value = said; }
      if (long) { address("order", id, said); }
    }
    sorted.forEach(function (head) {
      var place = heads.indexOf(head);
      var button = made("button", { type: "button", "class": "sort", "aria-label": table.dataset.sort.replace("{head}", labels[place]) }, [SIGNS[""]]);
      head.addEventListener("click", function () {  // the name as well as its button
        sort(place, ORDERS[(ORDERS.indexOf(head.getAttribute("aria-sort") || "") + 1) % ORDERS.length]);
      });
      head.append(" ", button);
    });
    if (!long) { return; }
    function sortAs(said) {
      var place = Math.abs(Number(said)) - 1;
      if (sorted.indexOf(heads[place]) >= 0) { sort(place, said.charAt(0) === "-" ? "descending" : "ascending"); } else { sort(0, ""); }
    }
    choice.addEventListener("change", function () { sortAs(choice.value); });
    filterable(table, rows, id, choice);
    if (addressed("order", id)) { sortAs(addressed("order", id)); }
  }

  /* The heads once more, for where they are not seen. */
  function chooser(table, id, labels, heads) {
    var all = [made("option", { value: "" }, [table.dataset.unsorted])];
    labels.forEach(function (label, place) {
      if (heads[place].hasAttribute("data-unordered")) { return; }
      all.push(made("option", { value: place + 1 }, [label + " " + SIGNS.ascending]), made("option", { value: -place - 1 }, [label + " " + SIGNS.descending]));
    });
    return made("select", { id: "order." + id }, all);
  }

  function filterable(table, rows, id, choice) {
    var told = made("output", { "aria-live": "polite" }, []), input = made("input", { id: "rows." + id, type: "search" }, []), texts = null;
    function filter() {
      var words = plain(input.value).split(/\s+/).filter(Boolean), left = 0;
      texts = texts || rows.map(function (row) { return plain(row.textContent); });
      rows.forEach(function (row, at) {
        row.hidden = !words.every(function (word) { return texts[at].indexOf(word) >= 0; });
        left += row.hidden ? 0 : 1;
      });
      told.textContent = words.length ? table.dataset.filtered.replace("{n}", left).replace("{total}", rows.length) : "";
    }
    function reached() { /* who follows a link to a row sees it, whatever was filtered */
      var row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (row && row.hidden && rows.indexOf(row) >= 0) { input.value = ""; address("rows", id, ""); filter(); row.scrollIntoView(); }
    }
    input.addEventListener("input", function () { address("rows", id, input.value.trim()); filter(); });
    window.addEventListener("hashchange", reached);
    table.parentNode.before(made("div", { "class": "table-tools" }, [
      made("span", {}, [made("label", { "for": input.id }, [table.dataset.filter]), " ", input]),
      made("span", {}, [made("label", { "for": choice.id }, [table.dataset.order]), " ", choice]), told
    ]));
    if (addressed("rows", id)) { input.value = addressed("rows", id); filter(); reached(); }
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("table[data-sort]").forEach(sortable);
  });
})();
