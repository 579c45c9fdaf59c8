/* Checks a paper against the published editions, in the reader's browser: the file is read here and sent nowhere. */
(function () {
  "use strict";
  var known = window.evidenceReview;
  if (!known) { return; }
  var editionForm = new RegExp(known.edition, "g");

  // ---- the paper as passages -------------------------------------------------------------------------------------------------------------------
  function joined(text) {
    return text.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "").normalize("NFKC").replace(/[\u2010-\u2013\u2212]/g, "-").replace(/\s+/g, " ")
      .replace(/([A-Za-z0-9]-) (?=[A-Za-z0-9])/g, "$1").trim();  // an id that a line end broke
  }
  async function inflated(bytes) {
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
  async function unpacked(buffer, wanted) {
    var view = new DataView(buffer), end = buffer.byteLength - 22, parts = [];
    while (end >= 0 && view.getUint32(end, true) !== 101010256) { end -= 1; }
    if (end < 0) { throw new Error("no archive"); }
    var place = view.getUint32(end + 16, true);
    for (var number = 0; number < view.getUint16(end + 10, true); number += 1) {
      var method = view.getUint16(place + 10, true), size = view.getUint32(place + 20, true);
      var length = view.getUint16(place + 28, true), start = view.getUint32(place + 42, true);
      var name = new TextDecoder().decode(new Uint8Array(buffer, place + 46, length));
      if (wanted.test(name)) {
        var data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
        var bytes = new Uint8Array(buffer, data, size);
        parts.push([name, new TextDecoder().decode(method === 8 ? await inflated(bytes) : bytes)]);
      }
      place += 46 + length + view.getUint16(place + 30, true) + view.getUint16(place + 32, true);
    }
    return parts;
  }
  function written(node) {
    if (node.localName === "t") { return node.textContent; }
    if (!["r", "p"].includes(node.parentNode.localName)) { return ""; }
    return { br: "\n", cr: "\n", tab: "\n", ptab: "\n", noBreakHyphen: "-" }[node.localName] || "";
  }
  function paragraphs(name, xml) {
    var root = new DOMParser().parseFromString(xml, "application/xml"), found = [], number = 0;
    var stem = name.replace(/^.*\//, "").replace(/\.xml(\.rels)?$/, "");
    Array.from(root.getElementsByTagNameNS("*", "p")).forEach(function (paragraph) {
      var own = Array.from(paragraph.getElementsByTagName("*")).filter(function (text) {
        for (var up = text.parentNode; up; up = up.parentNode) { if (up.localName === "p") { return up === paragraph; } }
      });
      if (own.some(function (node) { return node.localName === "t"; })) { number += 1; found.push([stem + " ¶" + number, own.map(written).join("")]); }
    });
    ["docPr", "cNvPr"].forEach(function (tag) {
      Array.from(root.getElementsByTagNameNS("*", tag)).forEach(function (named) {
        found.push([stem, (named.getAttribute("title") || "") + " " + (named.getAttribute("descr") || "")]);
      });
    });
    Array.from(root.getElementsByTagNameNS("*", "instrText")).forEach(function (code) {
      var link = /^\s*HYPERLINK\b.*?"([^"]+)"/.exec(code.textContent);
      if (link) { found.push([stem + " →", link[1]]); }
    });
    Array.from(root.getElementsByTagName("Relationship")).forEach(function (link) {
      if (link.getAttribute("TargetMode") === "External") { found.push([stem + " →", link.getAttribute("Target")]); }
    });
    return found;
  }
  async function passages(file) {
    var ending = file.name.toLowerCase().replace(/^.*\./, ".");
    if (ending === ".docx" || ending === ".pptx") {
      var parts = await unpacked(await file.arrayBuffer(), /^(word|ppt)\/.*\.(xml|rels)$/);
      return parts.flatMap(function (part) { return paragraphs(part[0], part[1]); });
    }
    var text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    if (ending === ".html" || ending === ".htm") {
      var page = new DOMParser().parseFromString(text, "text/html");
      var links = Array.from(page.querySelectorAll("a[href]")).map(function (link) { return ["→", link.getAttribute("href")]; });
      return [["", page.body.textContent]].concat(links);
    }
    if (ending === ".md") { text = text.replace(/\\([!-\/:-@[-`{-~])/g, "$1"); }  // as its reader sees it
    var line = 1;
    return text.split(/(\r?\n[ \t]*(?:\r?\n[ \t]*)+)/).map(function (block) {
      var told = ["l. " + line, block];
      line += block.split("\n").length - 1;
      return told;
    });
  }

  // ---- what a passage cites --------------------------------------------------------------------------------------------------------------------
  function kindOf(id) { return known.figures[id] ? "figures" : known.values[id] ? "values" : ""; }
  function named(text) {
    var found = Array.from(new Set(text.match(editionForm) || [])).filter(function (name) { return known.editions.includes(name); });
    return found.length === 1 ? found[0] : "";
  }
  function mentions(place, raw) {
    var text = joined(raw), found = {};
    known.forms.forEach(function (form) {
      for (var match of text.matchAll(new RegExp(form.text, form.flags))) {
        var part = match.groups, id = (part.id || part.value || part.anchor || "").toLowerCase();
        var kind = part.kind ? part.kind.toLowerCase() : part.value ? "values" : part.anchor ? "figures" : kindOf(id);
        if (form.name === "bare" && !(id.includes("-") && kind)) { continue; }
        var whole = /^[0-9a-f]{12}$/.test((part.hash || "").replace(/ /g, "").toLowerCase());
        if (["under", "history", "labelled"].includes(form.name) && !(kind && known[kind][id]) && !whole) { continue; }
        if (part.anchor && !known.figures[id]) { continue; }
        var one = found[id] = found[id] || { place: place, id: id, kind: kind || "figures", edition: "", hash: "", at: match.index };
        one.edition = one.edition || part.edition || part.ja || part.en || "";
        one.hash = one.hash || (part.hash || "").replace(/ /g, "").toLowerCase();
      }
    });
    return Object.values(found).sort(function (a, b) { return a.at - b.at; }).map(function (one) {
      one.edition = one.edition || named(text);
      return one;
    });
  }
  function filled(text, parts) { return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in parts ? parts[name] : whole; }); }
  function judged(one, lang) {
    var words = known.words[lang], having = (known[one.kind] || {})[one.id], say = function (verdict, detail, edition) {
      return { verdict: verdict, detail: detail, edition: edition || one.edition, latest: "", title: "" };
    };
    if (!having) { return say("missing", words.no_id); }
    var names = known.editions.filter(function (name) { return having[name]; });
    var byHash = names.filter(function (name) { return one.hash && having[name].digits === one.hash; });
    var edition = one.edition || byHash[byHash.length - 1] || "";
    if (!edition) {
      if (new Set(names.map(function (name) { return having[name].digits; })).size > 1) {
        return say(one.hash ? "altered" : "ambiguous", filled(words.no_edition, { known: names.join(", ") }));
      }
      edition = names[names.length - 1];
    }
    if (!having[edition]) { return say("missing", filled(words.not_in_edition, { edition: edition, known: names.join(", ") })); }
    var told = having[edition];
    if (one.hash && one.hash !== told.digits) {
      return Object.assign(say("altered", filled(words.digits, { found: one.hash, published: told.digits }), edition), { title: told.title[lang] });
    }
    return { verdict: told.verdict, detail: told.detail[lang] || "", edition: edition, latest: told.latest, title: told.title[lang] };
  }

  // ---- the page --------------------------------------------------------------------------------------------------------------------------------
  function element(tag, text) { var made = document.createElement(tag); made.textContent = text || ""; return made; }
  function shown(section, found, name) {
    var lang = section.lang, words = known.words[lang], result = section.querySelector(".result");
    result.replaceChildren(element("p", name + ": " + filled(found.length ? words.count : words.none, { n: found.length })));
    if (!found.length) { return; }
    var table = document.createElement("table"), head = table.createTHead().insertRow(), body = table.createTBody();
    [words.place, words.cited, words.edition, words.verdict, words.why].forEach(function (text) { head.append(element("th", text)); });
    found.forEach(function (one) {
      var told = judged(one, lang), row = body.insertRow();
      row.className = told.verdict === "current" ? "held" : "";
      var latest = told.latest && told.latest !== told.edition ? " → " + told.latest : "";
      [one.place, one.id + (told.title ? " " + told.title : ""), told.edition + latest, words.verdicts[told.verdict], told.detail].forEach(function (text) {
        row.append(element("td", text));
      });
    });
    result.append(table);
  }
  async function check(file) {
    var sections = Array.from(document.querySelectorAll("section[lang]"));
    try {
      var found = (await passages(file)).flatMap(function (passage) { return mentions(passage[0], passage[1]); });
      sections.forEach(function (section) { shown(section, found, file.name); });
    } catch (error) {
      sections.forEach(function (section) {
        section.querySelector(".result").replaceChildren(element("p", file.name + ": " + known.words[section.lang].unread));
      });
    }
  }
  document.querySelectorAll("input[type=file]").forEach(function (input) {
    input.addEventListener("change", function () { if (input.files[0]) { check(input.files[0]); } });
  });
  document.querySelectorAll(".drop").forEach(function (area) {
    ["dragenter", "dragover"].forEach(function (kind) {
      area.addEventListener(kind, function (event) { event.preventDefault(); area.classList.add("over"); });
    });
    area.addEventListener("dragleave", function () { area.classList.remove("over"); });
    area.addEventListener("drop", function (event) {
      event.preventDefault();
      area.classList.remove("over");
      if (event.dataTransfer.files[0]) { check(event.dataTransfer.files[0]); }
    });
  });
})();
