/* The search of the book: what is looked for is compared with every hit of hits.js, on the reader's own machine, from a file as from a server.
   Text and query are brought to one form on both sides: width, case, kana, dashes, and numbers with their decimals whole. */
(function () {
  "use strict";
  var SHOWN = 40, AROUND = 60;
  // What answers a question comes before what lists: a term or figure before a row, a row of evidence before a document.
  var WEIGHT = { term: 1.5, page: 1.4, exhibit: 1.3, section: 1.2, value: 1.2, programme: 1.1, recommendation: 1, "follow-up": 0.9, definition: 1,
    plan: 0.8, "case": 0.8, claim: 0.8, placing: 0.7, observation: 0.45, source: 0.15 };
  var LISTED = /^(observation|source)$/;  // rows of which hundreds begin alike: none of them is what a name stands for
  var KANJI = "一二三四五六七八九";

  /* A plan of some period is called by its whole name, by a short one or by its ordinal: one name for all. */
  var ORDINALS = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8 };

  function form(text) {
    return text.normalize("NFKC").toLowerCase()
      .replace(/[\u30a1-\u30f6]/g, function (kana) { return String.fromCharCode(kana.charCodeAt(0) - 0x60); })
      .replace(/ー/g, "").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[・’']/g, "")
      .replace(/(\d),(?=\d{3})/g, "$1")
      .replace(/第([一二三四五六七八九])/g, function (_, digit) { return "第" + (KANJI.indexOf(digit) + 1); })
      .replace(/(第\d+期)(?:科学技術(?:いのべしょん)?)?基本計画/g, "$1計画")
      .replace(/\b(first|second|third|fourth|fifth|sixth|seventh|eighth|\d+(?:st|nd|rd|th))(?: science(?:,? and| \&|,) technology(?:,? and innovation)?)?(?: basic)? plan/g,
        function (_, ordinal) { return (ORDINALS[ordinal] || parseInt(ordinal, 10)) + "th plan"; })
      .replace(/\bfigs?\.? ?(?=[0-9a-z]+-)/g, "figure ")
      .replace(/(図|表|figure|table) (?=[0-9a-z]+-)/g, "$1")
      .replace(/\s+/g, " ").trim();
  }

  /* A query without what only joins its words: 英国との共著 asks for 英国 and 共著. */
  function bare(query) {
    return query.normalize("NFKC").replace(/([^\u3041-\u3093\s])(?:から|への|との|での|された|した|[のとをがはにへでや])(?=[^\u3041-\u3093\s])/g, "$1 ");
  }

  function cut(query) { return query.match(/[a-z\u00c0-\u024f][a-z\u00c0-\u024f0-9.-]*|[0-9][^\s]*|[^\sa-z0-9]+[0-9][^\s]*|[^\sa-z0-9]+/g) || []; }

  function escaped(text) { return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&"); }

  /* A word of letters is met at the beginning of a word, with another ending; a number as a whole; Japanese wherever it stands. */
  function pattern(token) {
    if (/^[a-z]/.test(token)) { return new RegExp("(?<![a-z0-9])" + escaped(token.length > 4 ? token.replace(/(ies|es|s)$/, "") : token)); }
    if (/^\d/.test(token)) { return new RegExp("(?<![\\d.])" + escaped(token) + "(?![\\d])(?!\\.\\d)"); }
    return new RegExp(escaped(token) + (/\d$/.test(token) ? "(?!\\d)" : ""));
  }

  function pairs(text) {
    var found = [];
    for (var at = 0; at + 1 < text.length; at += 1) { found.push(text.slice(at, at + 2)); }
    return found;
  }

  /* How much of the token the text says: all of it, or for a longer run of Japanese the share of its pairs of characters. */
  function said(token, text) {
    if (token.met.test(text)) { return 1; }
    if (!token.pairs.length) { return 0; }
    var share = token.pairs.filter(function (pair) { return text.indexOf(pair) >= 0; }).length / token.pairs.length;
    return share >= (token.pairs.length > 3 ? 0.5 : 0.3) ? 0.5 * share : 0;
  }

  function tokenOf(text) {
    return { text: text, met: pattern(text), pairs: /^[^a-z0-9]{3,}$/.test(text) ? pairs(text) : [] };
  }

  function score(hit, tokens, whole) {
    var sum = 0, least = 1;
    tokens.forEach(function (token) {
      var title = said(token, hit.title), also = said(token, hit.also), text = said(token, hit.text);
      least = Math.min(least, Math.max(title, also, text));
      sum += 10 * title * (1 + 2 * Math.min(1, token.text.length / (hit.title.length || 1))) + 6 * also + 3 * text;
    });
    if (least === 0 && tokens.length < 3) { return 0; }
    if (LISTED.test(hit.kind)) { sum += 0; } else if (hit.title === whole) { sum += 30; } else if (hit.title.indexOf(whole) === 0) { sum += 8; } else if (hit.title.indexOf(whole) > 0) { sum += 4; }
    if (hit.names.indexOf(whole) >= 0) { sum += 30; }
    return sum * (least || 0.3) * (WEIGHT[hit.kind] || 1) * (hit.profile ? 0.8 : 1);  // what a chapter says of all of them comes first
  }

  /* Whether one slip of a finger lies between two words: a letter too many, too few, another, or two exchanged. */
  function near(one, other) {
    var from = 0, a = one.length, b = other.length;
    if (Math.abs(a - b) > 1) { return false; }
    while (from < a && one[from] === other[from]) { from += 1; }
    var rest = one.slice(from), more = other.slice(from);
    return rest.slice(1) === more || rest === more.slice(1) || rest.slice(1) === more.slice(1) ||
      (rest.slice(2) === more.slice(2) && rest[0] === more[1] && rest[1] === more[0]);
  }

  function Search(told) {
    this.kinds = told.kinds;
    this.synonyms = told.synonyms.map(function (pair) { return pair.map(form); });
    this.hits = told.hits.map(function (hit) {
      var title = form(hit[2]), also = form(hit[4] + (hit[0] === "term" ? " " + hit[3].split(" ").slice(0, 6).join(" ") : ""));
      return { kind: hit[0], profile: hit[0] !== "page" && /^(programme|funder|indicator)-/.test(hit[1]), address: hit[1], shown: hit[2], told: hit[3], title: title, text: form(hit[3]), also: also,
        names: LISTED.test(hit[0]) ? [] : title.split(/[ 　()（）]+/).concat(hit[0] === "term" ? also.split(" ") : []) };
    });
  }

  Search.prototype.words = function () {
    if (!this.vocabulary) {
      var every = {};
      this.hits.forEach(function (hit) { (hit.title + " " + hit.also).replace(/[a-z][a-z-]{3,}/g, function (word) { every[word] = true; }); });
      this.vocabulary = Object.keys(every);
    }
    return this.vocabulary;
  };

  Search.prototype.ranked = function (whole) {
    var tokens = cut(whole).map(tokenOf);
    return this.hits.map(function (hit) { return { hit: hit, score: score(hit, tokens, whole), tokens: tokens }; })
      .filter(function (one) { return one.score > 0; });
  };

  /* The hits for a query, the best first, each with its score; also for what the words mean elsewhere, and, where nothing is met, for words near by. */
  Search.prototype.found = function (query) {
    var self = this, whole = form(query), asked = [whole];
    if (!whole) { return []; }
    if (form(bare(query)) !== whole) { asked.push(form(bare(query))); }
    this.synonyms.forEach(function (pair) {
      var at = asked[0].search(pattern(pair[0]));
      if (at >= 0 && pair[0] !== pair[1]) { asked.push(asked[0].slice(0, at) + pair[1] + asked[0].slice(at + pair[0].length)); }
    });
    var best = {};
    function take(text) {
      self.ranked(text).forEach(function (one) {
        var kept = best[one.hit.address];
        if (!kept || kept.score < one.score) { best[one.hit.address] = one; }
      });
    }
    Array.from(new Set(asked)).forEach(take);
    if (!Object.keys(best).length) {
      cut(whole).filter(function (word) { return /^[a-z][a-z-]{3,}$/.test(word); }).forEach(function (word) {
        self.words().filter(function (other) { return near(word, other); }).forEach(function (other) { take(whole.replace(word, other)); });
      });
    }
    return Object.keys(best).map(function (address) { return best[address]; })
      .sort(function (a, b) { return b.score - a.score || (a.hit.address < b.hit.address ? -1 : 1); });
  };

  function line(one) {
    var told = one.hit.told, at = -1;
    one.tokens.forEach(function (token) { if (at < 0) { at = told.toLowerCase().indexOf(token.text); } });
    var from = Math.max(0, at - AROUND);
    return (from ? "… " : "") + told.slice(from, from + 3 * AROUND) + (told.length > from + 3 * AROUND ? " …" : "");
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    made.textContent = text;
    if (className) { made.className = className; }
    return made;
  }

  function item(one, kinds) {
    var made = document.createElement("li"), link = element("a", one.hit.shown);
    link.href = one.hit.address;
    made.append(element("span", kinds[one.hit.kind], "hit-kind"), " ", link, element("p", line(one)));
    return made;
  }

  /* What is looked in is half of what the page weighs: it comes when there is something to look for, a large book in several files one after the
     other. A script, for a file can fetch nothing else. */
  function fetched(from, folder) {
    var hits = document.createElement("script");
    hits.src = folder + from;
    hits.addEventListener("load", function () {
      if (!window.evidenceHits) { return; }
      var next = window.evidenceHits.more.shift();
      if (next) { fetched(next, folder); } else { show(); }
    });
    document.head.append(hits);
  }

  function show() {
    var list = document.getElementById("hits"), told = document.getElementById("hits-told");
    var query = new URLSearchParams(location.search).get("q") || "";
    if (!list || !query.trim()) { return; }
    document.querySelectorAll("form.bd-search input[name=q]").forEach(function (field) { field.value = query; });
    if (!window.evidenceHits) { return fetched(list.dataset.from.replace(/.*\//, ""), list.dataset.from.replace(/[^/]*$/, "")); }
    window.evidenceSearch = new Search(window.evidenceHits);
    var found = window.evidenceSearch.found(query);
    told.textContent = (found.length ? told.dataset.found : told.dataset.none).replace("{n}", found.length);
    found.slice(0, SHOWN).forEach(function (one) { list.append(item(one, window.evidenceSearch.kinds)); });
  }

  /* The page's policy of contents lets no form be sent: the address is made here. */
  document.addEventListener("submit", function (event) {
    var sent = event.target;
    if (!sent.matches("form.bd-search")) { return; }
    event.preventDefault();
    var target = new URL(sent.getAttribute("action"), document.baseURI);  // "#" on the search page itself
    target.search = new URLSearchParams(new FormData(sent));
    target.hash = "";
    location.assign(target);
  });
  document.addEventListener("DOMContentLoaded", show);
})();
