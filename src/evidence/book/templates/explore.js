/* Lets a reader ask a figure: choose series and years, as lines or as a table, or move the growth and the years of a what-if; read values by keyboard;
   send the address; save what is shown. Loaded only when asked for. It draws the rows of the figure's own specification and runs nothing of it. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", INK = "#1b2733", SOFT = "#5a6775", RULE = "#d5dbe1", PAPER = "#ffffff";
  var COLOURS = ["#0b5394", "#b45f06", "#007a5e", "#a0407a", "#4b5865", "#1c6f9f", "#8a5f00", "#c0392b"], DASHES = ["", "7 4", "2 3"];
  var LEFT = 58, RIGHT = 18, TOP = 14, HIGH = 270, LINE = 18, WIDEST = 760, LEAST_GROWTH = -50, MOST_GROWTH = 100;
  var lang = document.documentElement.lang;

  function made(space, name, given, parts) {
    var one = space ? document.createElementNS(space, name) : document.createElement(name);
    Object.keys(given || {}).forEach(function (key) { one.setAttribute(key, given[key]); });
    (parts || []).forEach(function (part) { one.appendChild(typeof part === "string" ? document.createTextNode(part) : part); });
    return one;
  }
  function html(name, given, parts) { return made(null, name, given, parts); }
  function drawn(name, given, parts) { return made(SVG, name, given, parts); }
  function different(list) { return list.filter(function (one, place) { return list.indexOf(one) === place; }); }
  function number(value) { return value.toLocaleString(lang, { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 }); }
  function clamped(value, low, high, otherwise) { return value === null || value === "" || !isFinite(value) ? otherwise : Math.min(high, Math.max(low, Number(value))); }

  /* What a budget becomes at this growth in percent a year: the formula of analysis.trends.what_if, which a test compares with this one. */
  function reached(base, growth, years) { return base * Math.pow(1 + growth / 100, years); }

  /* Low and high at the growth of another budget, or null: a growth stated over n years is read over n intervals and over one fewer, and not run for longer. */
  function atPeer(base, peer, years) {
    var found = [[peer[1], peer[3]], [peer[2], peer[3] - 1]].filter(function (one) { return years <= one[1]; });
    var ends = found.map(function (one) { return reached(base, one[0], years); });
    return ends.length ? [Math.min.apply(null, ends), Math.max.apply(null, ends)] : null;
  }

  /* The state: only ids and years that the figure has pass, whatever the address says. */
  function asAddressed(data) {
    var query = new URLSearchParams(location.search), mine = query.get("explore") === data.id;
    function said(name) { return mine ? query.get(name) : null; }
    if (data.kind === "what-if") {
      return {
        growth: clamped(said("growth"), LEAST_GROWTH, MOST_GROWTH, data.own.growth),
        years: Math.round(clamped(said("years"), 1, data.own.most, data.own.years))
      };
    }
    var entities = different(data.rows.map(function (row) { return row[0]; })), years = data.rows.map(function (row) { return Math.floor(row[3]); });
    var low = Math.min.apply(null, years), high = Math.max.apply(null, years), from = clamped(said("from"), low, high, low), asked = said("series");
    return {
      series: asked === null ? entities : entities.filter(function (one) { return asked.split(" ").indexOf(one) >= 0; }),
      from: Math.round(from), to: Math.round(clamped(said("to"), from, high, high)), as: said("as") === "table" ? "table" : "line"
    };
  }
  function address(data, state) {
    var query = new URLSearchParams(location.search);
    ["series", "from", "to", "as", "growth", "years"].forEach(function (name) { query.delete(name); });
    if (state) { query.set("explore", data.id); } else { query.delete("explore"); }
    Object.keys(state || {}).forEach(function (name) { query.set(name, Array.isArray(state[name]) ? state[name].join(" ") : state[name]); });
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + "#" + data.id);
  }

  function chosen(data, state) {
    return data.rows.filter(function (row) {
      return state.series.indexOf(row[0]) >= 0 && Math.floor(row[3]) >= state.from && Math.floor(row[3]) <= state.to;
    });
  }
  function supposed(data, state) {
    var last = reached(data.own.base, state.growth, state.years);
    return [[data.own.name, [last, last]]].concat(data.peers.map(function (peer) { return [supposedOf(peer), atPeer(data.own.base, peer, state.years)]; }));
  }
  /* The name alone would make it the budget of that funder. */
  function supposedOf(peer) { return peer[0] + (lang === "ja" ? "\uff08" + peer[4] + "\uff09" : " (" + peer[4] + ")"); }

  function steps(low, high) {
    var rough = (high - low) / 5 || 1, ten = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 5, 10].map(function (one) { return one * ten; }).filter(function (one) { return one >= rough; })[0], list = [];
    for (var at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-6; at += step) { list.push(Math.round(at / step) * step || 0); } /* no minus before zero */
    return list;
  }
  function width(text) { return text.split("").reduce(function (sum, letter) { return sum + (letter.charCodeAt(0) < 0x2e80 ? 6.8 : 12.2); }, 0); }
  function lines(text, wide) {
    var list = [""], room = 0;
    var most = Math.max(4, Math.min(999, Math.floor(wide / 7))), parts = new RegExp("[\\u0021-\\u02ff\\u2010-\\u203a]{1," + most + "} ?|[^]", "g");
    (text.match(parts) || []).forEach(function (part) {
      var size = part.length * (part.charCodeAt(0) < 0x2e80 ? 7.2 : 13.2); /* of bold letters, the widest there are */
      if (room && room + size > wide) { list.push(""); room = 0; }
      list[list.length - 1] += part;
      room += size;
    });
    return list;
  }
  function text(x, y, said, given) {
    var all = { x: x, y: y, fill: INK };
    Object.keys(given || {}).forEach(function (key) { all[key] = given[key]; });
    return drawn("text", all, [said]);
  }
  /* What goes wherever the picture goes: title and what is measured above; guards, what it is, source and stamp below. */
  function framed(data, wide, body, high, told) {
    var above = lines(data.title, wide - 16), measured = lines(data.axis, wide - 16), below = [];
    data.guards.concat([told, data.citation, data.stamp]).forEach(function (one) { below = below.concat(lines(one, wide - 16)); });
    var top = (above.length + measured.length) * LINE + 8, whole = top + high + below.length * 16 + 16;
    var root = drawn("svg", { xmlns: SVG, width: wide, height: whole, viewBox: "0 0 " + wide + " " + whole, "font-size": 12, "font-family": "sans-serif" });
    root.appendChild(drawn("metadata", {}, [data.stamp + " " + told]));
    root.appendChild(drawn("rect", { width: wide, height: whole, fill: PAPER }));
    above.forEach(function (one, at) { root.appendChild(text(8, 16 + at * LINE, one, { "font-weight": "bold", "font-size": 13 })); });
    measured.forEach(function (one, at) { root.appendChild(text(8, 16 + (above.length + at) * LINE, one, { fill: SOFT })); });
    root.appendChild(drawn("g", { transform: "translate(0," + top + ")" }, [body]));
    below.forEach(function (one, at) { root.appendChild(text(8, top + high + 18 + at * 16, one, { fill: SOFT })); });
    return root;
  }

  function lineDrawing(data, state, wide) {
    var rows = chosen(data, state), values = rows.map(function (row) { return row[5]; }), body = drawn("g"), points = [];
    var low = Math.min.apply(null, values), high = Math.max.apply(null, values), room = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
    low = low >= 0 && low < 0.6 * high ? 0 : low - room;
    high += room;
    var first = state.from, last = Math.max(state.to, first + 1), across = (wide - LEFT - RIGHT) / (last - first + 0.6);
    function x(moment) { return LEFT + (moment - first + 0.1) * across; }
    function y(value) { return TOP + (high - value) / (high - low) * HIGH; }
    steps(low, high).forEach(function (at) {
      body.appendChild(drawn("line", { x1: LEFT, x2: wide - RIGHT, y1: y(at), y2: y(at), stroke: RULE }));
      body.appendChild(text(LEFT - 6, y(at) + 4, number(at), { "text-anchor": "end" }));
    });
    var every = Math.max(1, Math.ceil(46 / across));
    for (var year = first; year <= state.to; year += every) { body.appendChild(text(x(year), TOP + HIGH + 20, String(year), { "text-anchor": "middle" })); }
    var under = TOP + HIGH + 44, along = LEFT;
    state.series.forEach(function (entity) {
      var place = different(data.rows.map(function (row) { return row[0]; })).indexOf(entity), own = rows.filter(function (row) { return row[0] === entity; });
      var look = { stroke: COLOURS[place % COLOURS.length], "stroke-dasharray": DASHES[Math.floor(place / COLOURS.length) % DASHES.length], "stroke-width": 2, fill: "none" };
      if (!own.length) { return; }
      different(own.map(function (row) { return row[2]; })).forEach(function (part) {
        var path = "", before = null;
        own.filter(function (row) { return row[2] === part; }).forEach(function (row) {
          path += (before !== null && row[3] - before <= 1 ? "L" : "M") + x(row[3]).toFixed(1) + " " + y(row[5]).toFixed(1);
          before = row[3];
        });
        look.d = path;
        body.appendChild(drawn("path", look));
      });
      own.forEach(function (row) {
        body.appendChild(drawn("circle", { cx: x(row[3]), cy: y(row[5]), r: 3, fill: look.stroke }));
        points.push({ x: x(row[3]), y: y(row[5]), entity: entity, moment: row[3], says: row[6] });
      });
      var named = lines(own[0][1], wide - LEFT - RIGHT - 44), size = 44 + Math.max.apply(null, named.map(width));
      if (along > LEFT && (along + size > wide - RIGHT || named.length > 1)) { along = LEFT; under += LINE; }
      body.appendChild(drawn("line", { x1: along, x2: along + 24, y1: under - 4, y2: under - 4, stroke: look.stroke, "stroke-width": 3, "stroke-dasharray": look["stroke-dasharray"] }));
      named.forEach(function (one, at) { body.appendChild(text(along + 30, under + at * 16, one)); });
      under += (named.length - 1) * 16;
      along += size;
    });
    return { root: framed(data, wide, body, under + 8, data.words.selection), points: points, body: body };
  }

  function barDrawing(data, state, wide) {
    var rows = supposed(data, state), body = drawn("g"), points = [], top = Math.max.apply(null, rows.map(function (row) { return row[1] ? row[1][1] : 0; }));
    function x(value) { return 8 + value / (top || 1) * (wide - 16); }
    var high = TOP;
    rows.forEach(function (row, place) {
      var told = span(row[1], data.words), says = row[0] + ": " + told, at = high - 16;
      lines(row[0], wide - 16).forEach(function (one) { at += 16; body.appendChild(text(8, at + 8, one)); });
      lines(told, wide - 16).forEach(function (one) { at += 16; body.appendChild(text(8, at + 8, one, row[1] ? { "font-weight": "bold" } : { fill: SOFT })); });
      at -= 16; /* below the last line, as far as below one line */
      high = at + 62;
      body.appendChild(drawn("line", { x1: 8, x2: wide - 8, y1: at + 38, y2: at + 38, stroke: RULE }));
      if (row[1]) {
        body.appendChild(drawn("rect", { x: Math.min(x(row[1][0]), wide - 14) - 2, y: at + 31, width: Math.max(6, x(row[1][1]) - x(row[1][0])), height: 14, fill: place ? COLOURS[0] : COLOURS[1] }));
      }
      points.push({ x: row[1] ? x(row[1][1]) : 8, y: at + 38, entity: String(place), moment: 0, says: says });
    });
    return { root: framed(data, wide, body, high, supposition(data, state)), points: points, body: body };
  }
  function supposition(data, state) {
    return data.words.assumed + " " + data.words.growth + ": " + number(state.growth) + "; " + data.words.years + ": " + state.years;
  }
  function span(ends, words) {
    if (!ends) { return words.no_range; }
    return ends[0] === ends[1] ? number(ends[0]) : number(ends[0]) + "\u2013" + number(ends[1]);
  }

  function listed(data, state) {
    var words = data.words;
    if (data.kind === "what-if") {
      return [[words.name, words.low.replace("{axis}", data.axis), words.high.replace("{axis}", data.axis)]].concat(supposed(data, state).map(function (row) { return [row[0]].concat(row[1] || ["", ""]); }));
    }
    return [[words.name, words.year, data.axis || words.value, words.told]].concat(chosen(data, state).map(function (row) { return [row[1], row[4], row[5], row[7]]; }));
  }
  function table(data, state) {
    var series = data.kind === "series", body = html("tbody"), rows = listed(data, state).map(function (row) {
      return series ? [row[0], row[1], row[3]] : row; /* the number as the book tells it, with digits and unit */
    });
    if (series) { rows[0][2] = data.axis || data.words.value; }
    rows.slice(1).forEach(function (row) {
      if (!series && row[1] === "") { row = [row[0], data.words.no_range]; }
      body.appendChild(html("tr", {}, row.map(function (cell, at) {
        if (at && row.length === 2) { return html("td", { colspan: 2 }, [cell]); }
        var given = at ? { "class": at === 2 || !series ? "number" : "" } : { scope: "row" };
        return html(at ? "td" : "th", given, [typeof cell === "number" ? number(cell) : cell]);
      })));
    });
    var head = html("thead", {}, [html("tr", {}, rows[0].map(function (cell) { return html("th", { scope: "col" }, [cell]); }))]);
    return html("div", { "class": "data-table", tabindex: "0", role: "region", "aria-label": data.title }, [html("table", { style: rows[0].map(function (cell, at) { return "--h" + (at + 1) + ":" + JSON.stringify(cell); }).join(";") }, [head, body])]);
  }

  function keep(name, blob) {
    var link = html("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  function csv(data, state) {
    var told = data.kind === "what-if" ? supposition(data, state) : data.words.selection;
    return "\ufeff" + listed(data, state).map(function (row, place) {
      return row.concat(place ? [data.stamp, told] : ["stamp", "note"]).map(function (cell) {
        return /[",\n]/.test(String(cell)) ? '"' + String(cell).replace(/"/g, '""') + '"' : String(cell);
      }).join(",");
    }).join("\r\n") + "\r\n";
  }
  function crc(bytes) {
    var sum = -1;
    bytes.forEach(function (one) {
      sum ^= one;
      for (var bit = 0; bit < 8; bit += 1) { sum = sum & 1 ? (sum >>> 1) ^ 3988292384 : sum >>> 1; }
    });
    return (sum ^ -1) >>> 0;
  }
  /* The picture with its stamp as a text of its own, after the head: 8 bytes of signature and 25 of IHDR. */
  function stampedPicture(bytes, stamp) {
    var words = new TextEncoder().encode("tEXtComment\0" + stamp + " (selection)"), chunk = new Uint8Array(words.length + 8), view = new DataView(chunk.buffer);
    view.setUint32(0, words.length - 4);
    chunk.set(words, 4);
    view.setUint32(words.length + 4, crc(words));
    return new Blob([bytes.slice(0, 33), chunk, bytes.slice(33)], { type: "image/png" });
  }
  function picture(data, root, done) {
    var image = new Image(), canvas = document.createElement("canvas");
    image.addEventListener("load", function () {
      canvas.width = 2 * image.width;
      canvas.height = 2 * image.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { blob.arrayBuffer().then(function (bytes) { done(stampedPicture(new Uint8Array(bytes), data.stamp)); }); }, "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(root));
  }

  /* Arrow keys move from value to value; what is reached is ringed and told. */
  function readable(made, shown, told) {
    var at = -1, ring = drawn("circle", { r: 7, fill: "none", stroke: INK, "stroke-width": 2, visibility: "hidden" });
    made.body.appendChild(ring);
    function move(to) {
      var point = made.points[to];
      if (!point) { return; }
      at = to;
      ring.setAttribute("cx", point.x);
      ring.setAttribute("cy", point.y);
      ring.setAttribute("visibility", "visible");
      told.textContent = point.says;
    }
    function beside(way) {
      var now = made.points[at], ids = different(made.points.map(function (one) { return one.entity; })), next = ids[ids.indexOf(now.entity) + way], best = -1;
      made.points.forEach(function (one, place) {
        if (one.entity === next && (best < 0 || Math.abs(one.moment - now.moment) < Math.abs(made.points[best].moment - now.moment))) { best = place; }
      });
      move(best);
    }
    shown.addEventListener("keydown", function (event) {
      var along = { ArrowRight: 1, ArrowLeft: -1 }[event.key], down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!along && !down) { return; }
      event.preventDefault();
      if (at < 0) { move(0); } else if (down) { beside(down); } else if (made.points[at + along] && made.points[at + along].entity === made.points[at].entity) { move(at + along); }
    });
    made.root.addEventListener("pointermove", function (event) {
      var box = made.body.getScreenCTM(), best = -1, near = 24;
      made.points.forEach(function (one, place) {
        var far = Math.hypot(one.x * box.a + box.e - event.clientX, one.y * box.d + box.f - event.clientY);
        if (far < near) { near = far; best = place; }
      });
      if (best >= 0) { move(best); }
    });
  }

  function field(label, input) { return html("label", { "class": "explore-field" }, [label + " ", input]); }
  function option(value, label, now) { return html("option", value === now ? { value: value, selected: "" } : { value: value }, [label]); }

  function seriesControls(data, state, changed) {
    var words = data.words, years = data.rows.map(function (row) { return Math.floor(row[3]); }), low = Math.min.apply(null, years), high = Math.max.apply(null, years);
    var boxes = different(data.rows.map(function (row) { return row[0]; })).map(function (entity) {
      var given = { type: "checkbox", value: entity };
      if (state.series.indexOf(entity) >= 0) { given.checked = ""; }
      return { input: html("input", given), name: data.rows.filter(function (row) { return row[0] === entity; })[0][1] };
    });
    function read() {
      state.series = boxes.filter(function (one) { return one.input.checked; }).map(function (one) { return one.input.value; });
      changed();
    }
    function every(on) {
      return function () { boxes.forEach(function (one) { one.input.checked = on; }); read(); };
    }
    var buttons = [["all", true], ["none", false]].map(function (one) {
      var button = html("button", { type: "button" }, [words[one[0]]]);
      button.addEventListener("click", every(one[1]));
      return button;
    });
    boxes.forEach(function (one) { one.input.addEventListener("change", read); });
    var list = html("fieldset", {}, [html("legend", {}, [words.series])].concat(boxes.map(function (one) { return html("label", {}, [one.input, " " + one.name]); }), boxes.length > 2 ? buttons : []));
    var ends = ["from", "to"].map(function (name) {
      var input = html("input", { type: "number", min: low, max: high, value: state[name] });
      input.addEventListener("change", function () {
        state[name] = Math.round(clamped(input.value, name === "to" ? state.from : low, name === "from" ? state.to : high, state[name]));
        input.value = state[name];
        changed();
      });
      return field(words[name], input);
    });
    var as = html("select", {}, [option("line", words.line, state.as), option("table", words.table, state.as)]);
    as.addEventListener("change", function () { state.as = as.value; changed(); });
    return [list].concat(ends, [field(words.as, as)]);
  }
  function growthControls(data, state, changed) {
    return [["growth", LEAST_GROWTH, MOST_GROWTH, 0.1], ["years", 1, data.own.most, 1]].map(function (one) {
      var given = { min: one[1], max: one[2], step: one[3] }, slide = html("input", given), typed = html("input", given);
      [[slide, "range"], [typed, "number"]].forEach(function (pair) {
        pair[0].type = pair[1];
        pair[0].value = state[one[0]];
        pair[0].addEventListener(pair[1] === "range" ? "input" : "change", function () {
          var value = clamped(pair[0].value, one[1], one[2], state[one[0]]);
          state[one[0]] = one[3] === 1 ? Math.round(value) : value;
          slide.value = typed.value = state[one[0]];
          changed();
        });
      });
      slide.setAttribute("aria-label", data.words[one[0]]);
      return html("div", { "class": "explore-field" }, [field(data.words[one[0]], typed), slide]);
    });
  }

  function open(button, data) {
    var words = data.words, state = asAddressed(data), shown = html("div"), told = html("output", { "aria-live": "polite", "class": "explore-told" }), root = null;
    function show() {
      var wide = Math.max(260, Math.min(WIDEST, panel.clientWidth - 24)), empty = data.kind === "series" && !chosen(data, state).length;
      shown.textContent = "";
      told.textContent = "";
      root = null;
      if (empty) { shown.appendChild(html("p", {}, [words.empty])); } else {
        var one = data.kind === "series" ? lineDrawing(data, state, wide) : barDrawing(data, state, wide);
        root = one.root;
        if (state.as !== "table") {
          var reader = html("div", { tabindex: "0", role: "application", "aria-label": data.title + ". " + words.keys, "class": "explore-drawing" }, [root]);
          root.setAttribute("aria-hidden", "true");
          readable(one, reader, told);
          shown.appendChild(reader);
          shown.appendChild(html("p", { "class": "exhibit-notes" }, [words.keys]));
        }
        if (state.as === "table" || data.kind === "what-if") { shown.appendChild(table(data, state)); }
      }
      save.forEach(function (kept) { kept.disabled = empty; });
      if (state.as === "table") { shown.appendChild(html("p", { "class": "exhibit-notes" }, [words.selection + " " + data.guards.concat([data.stamp]).join(" ")])); }
    }
    function changed() { address(data, state); show(); }
    var name = data.id + "." + lang + ".selection";
    var save = ["svg", "png", "csv"].map(function (kind) {
      var one = html("button", { type: "button", "class": "explore-save", "data-kind": kind }, [kind.toUpperCase()]);
      one.addEventListener("click", function () {
        if (kind === "csv") { keep(name + ".csv", new Blob([csv(data, state)], { type: "text/csv" })); }
        else if (kind === "svg") { keep(name + ".svg", new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" })); }
        else { picture(data, root, function (blob) { keep(name + ".png", blob); }); }
      });
      return one;
    });
    var close = html("button", { type: "button" }, [words.close]);
    var controls = data.kind === "series" ? seriesControls(data, state, changed) : growthControls(data, state, changed);
    var panel = html("section", { "class": "explore", "aria-label": button.getAttribute("aria-label") }, [
      html("div", { "class": "explore-controls" }, controls), shown, html("p", {}, [html("span", { "class": "label" }, [words.read]), told]),
      html("p", { "class": "exhibit-notes" }, [words.address]),
      html("p", { role: "group", "aria-label": words.save }, [words.save + " "].concat(save, [close]))
    ]);
    close.addEventListener("click", function () { panel.remove(); address(data, null); button.disabled = false; button.focus(); });
    button.parentNode.after(panel);
    changed();
    (panel.querySelector("input") || close).focus();
  }

  window.evidenceExplore = { open: open, reached: reached, atPeer: atPeer };
})();
