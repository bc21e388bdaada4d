"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var PAGE = 50;
  var QUADS = {
    "verbal cooperation": "--verbal-cooperation", "material cooperation": "--material-cooperation",
    "verbal conflict": "--verbal-conflict", "material conflict": "--material-conflict"
  };
  var byId = function (id) { return document.getElementById(id); };

  // Every text of a page goes in as a text node, so nothing in it can act as markup.
  function make(tag, attributes, children) {
    var node = document.createElement(tag);
    return fill(node, attributes, children);
  }
  function draw(tag, attributes, children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  }
  function fill(node, attributes, children) {
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    (Array.isArray(children) ? children : children === undefined ? [] : [children]).forEach(function (child) {
      node.append(child instanceof Node ? child : visible(String(child)));
    });
    return node;
  }
  // Characters that turn the direction of text or do not show are made visible.
  function visible(text) {
    var hidden = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u0000-\u0008\u000B-\u001F\u007F]/;
    if (!hidden.test(text)) return document.createTextNode(text);
    var out = document.createDocumentFragment();
    Array.from(text).forEach(function (c) {
      if (!hidden.test(c)) { out.append(c); return; }
      var mark = document.createElement("span");
      mark.className = "hidden-char";
      mark.textContent = "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      out.append(mark);
    });
    return out;
  }
  function color(event) { return "var(" + (QUADS[event.quad] || "--neutral") + ")"; }
  function day(text) {
    if (!text) return NaN;
    var m = /^(-?\d+)-(\d\d)-(\d\d)$/.exec(text);
    if (!m) return NaN;
    var d = new Date(0);
    d.setUTCFullYear(+m[1], +m[2] - 1, +m[3]);
    return d.getTime() / 864e5;
  }
  function number(n) { return n.toLocaleString("en"); }

  var events = data.events.map(function (e, index) {
    var start = day(e.start), end = day(e.end);
    if (isNaN(start)) start = end;
    if (isNaN(end)) end = start;
    return Object.assign({ index: index, from: start, to: end, search: null }, e);
  });
  function searchText(event) {
    if (event.search === null) {
      event.search = [event.label].concat(event.mentions.map(function (m) { return data.mentions[m].text; })).join("\n").toLowerCase();
    }
    return event.search;
  }

  function header() {
    byId("subtitle").textContent = data.range;
    [["documents", data.documents.length], ["events", events.length], ["mentions", data.mentions.length],
      ["names", data.entities.length], ["languages", data.languages.length],
      ["conflicting", events.filter(function (e) { return e.status === "conflicting"; }).length]].forEach(function (pair) {
      byId("counts").append(make("li", {}, [make("b", {}, number(pair[1])), make("span", {}, pair[0])]));
    });
    options("f-type", unique(events.map(function (e) { return e.type; })));
    options("f-language", data.languages);
    options("f-status", unique(events.map(function (e) { return e.status; })));
    data.entities.slice(0, 500).forEach(function (e) { byId("actors").append(make("option", { value: e.name })); });
    Object.keys(QUADS).forEach(function (quad) {
      var swatch = make("span", { "class": "swatch" });
      swatch.style.background = "var(" + QUADS[quad] + ")";
      byId("legend").append(make("li", {}, [swatch, quad]));
    });
    byId("legend").append(make("li", {}, [make("span", { "class": "swatch hollow" }), "planned"]),
      make("li", {}, [make("span", { "class": "swatch flagged" }), "reports disagree"]),
      make("li", {}, "a bar covers every day that its date allows"));
  }
  function unique(list) { return Array.from(new Set(list)).sort(); }
  function options(id, values) {
    values.forEach(function (v) { byId(id).append(make("option", { value: v }, v)); });
  }

  var chosen = events, shown = 0;
  function filter() {
    var value = function (id) { return byId(id).value.trim(); };
    var text = value("f-text").toLowerCase(), type = value("f-type"), language = value("f-language");
    var status = value("f-status"), actor = value("f-actor").toLowerCase();
    var from = day(value("f-from")), to = day(value("f-to"));
    var actors = null;
    if (actor) {
      actors = new Set();
      data.entities.forEach(function (e, i) {
        if (e.names.some(function (n) { return n.name.toLowerCase().includes(actor); })) actors.add(i);
      });
    }
    chosen = events.filter(function (e) {
      return (!type || e.type === type) && (!status || e.status === status) &&
        (!language || e.languages.includes(language)) &&
        (isNaN(from) || e.to >= from) && (isNaN(to) || e.from <= to) &&
        (!actors || actors.has(e.place) || e.participants.some(function (p) { return actors.has(p[0]); })) &&
        (!text || searchText(e).includes(text));
    });
    byId("list").replaceChildren();
    shown = 0;
    more();
    chart();
  }

  function more() {
    chosen.slice(shown, shown + PAGE).forEach(function (e) { byId("list").append(row(e)); });
    shown = Math.min(chosen.length, shown + PAGE);
    byId("shown").textContent = number(shown) + " of " + number(chosen.length) + " events shown";
    byId("more").hidden = shown >= chosen.length;
  }
  function row(event) {
    var tags = [make("span", { "class": "tag" }, event.type + (event.mode ? " · " + event.mode : ""))];
    if (event.modality !== "happened") tags.push(make("span", { "class": "tag" }, event.modality));
    if (event.status === "conflicting") tags.push(make("span", { "class": "tag bad" }, "reports disagree"));
    event.languages.forEach(function (l) { tags.push(make("span", { "class": "tag" }, l)); });
    var details = make("details", { id: "e-" + event.index }, make("summary", {}, [
      make("span", { "class": "date" }, event.edtf || "undated"), make("span", {}, event.label),
      make("span", { "class": "tags" }, tags)]));
    details.addEventListener("toggle", function () {
      if (details.open && details.children.length === 1) details.append(reports(event));
    });
    return make("li", {}, details);
  }
  function reports(event) {
    var box = make("div", { "class": "open" });
    box.append(make("p", { "class": "meta" }, event.id + " · " + event.precision + " · " + event.status.replace("_", " ")));
    if (event.participants.length) {
      box.append(make("p", {}, event.participants.map(function (p) { return data.entities[p[0]].name + " (" + p[1] + ")"; }).join(", ")));
    }
    event.conflicts.forEach(function (c) {
      box.append(make("p", { "class": "meta" }, "Reports disagree on the " + c[0] + ": " + c[1] + (c[2] ? " (chosen)" : "")));
    });
    event.mentions.forEach(function (i) {
      var m = data.mentions[i], doc = data.documents[m.document];
      box.append(make("blockquote", { lang: m.language }, [make("p", {}, passage(m)),
        make("p", { "class": "meta", lang: "en" }, [doc.source + " · " + m.language + " · " + (m.edtf || "") + " (" + m.basis + ") · confidence " + m.confidence])]));
    });
    return box;
  }
  function passage(m) {
    var points = Array.from(m.text), marks = [];
    if (m.time[1] > m.time[0]) marks.push([m.time[0], m.time[1], ""]);
    if (m.trigger[1] > m.trigger[0]) marks.push([m.trigger[0], m.trigger[1], "trigger"]);
    marks.sort(function (a, b) { return a[0] - b[0]; });
    var out = [], at = 0;
    marks.forEach(function (k) {
      if (k[0] < at) return;
      out.push(points.slice(at, k[0]).join(""));
      out.push(make("mark", k[2] ? { "class": k[2] } : {}, points.slice(k[0], k[1]).join("")));
      at = k[1];
    });
    out.push(points.slice(at).join(""));
    return out;
  }

  function chart() {
    var dated = chosen.filter(function (e) { return !isNaN(e.from); });
    var box = byId("chart");
    box.replaceChildren();
    if (!dated.length) { box.append(make("p", { "class": "hint" }, "No dated event matches.")); return; }
    var starts = dated.map(function (e) { return e.from; }).sort(function (a, b) { return a - b; });
    // A few far outliers would squeeze the story into a sliver, so the axis spans the middle 98 %.
    var cut = dated.length > 40 ? Math.floor(dated.length * 0.01) : 0;
    var low = starts[cut] - 5, high = starts[starts.length - 1 - cut] + 5;
    var W = 1100, left = 96, right = 10;
    var x = function (d) { return left + (W - left - right) * (d - low) / (high - low); };
    var visibleEvents = dated.filter(function (e) { return e.to >= low && e.from <= high; });
    var lanes = {};
    visibleEvents.forEach(function (e) { (lanes[e.type] = lanes[e.type] || []).push(e); });
    var types = Object.keys(lanes).sort(), y = 26, parts = [];
    types.forEach(function (type) {
      var height = visibleEvents.length > 3000 ? density(parts, lanes[type], x, y, low, high, W - left - right)
        : bars(parts, lanes[type], x, y, low, high);
      parts.push(draw("text", { x: left - 8, y: y + 9, "text-anchor": "end" }, type));
      y += height + 8;
    });
    var svg = draw("svg", { viewBox: "0 0 " + W + " " + (y + 4), role: "img", "aria-label": "Timeline of " + visibleEvents.length + " events, by type" });
    axis(svg, low, high, x, y, W - right);
    parts.forEach(function (p) { svg.append(p); });
    box.append(svg);
    var outside = dated.length - visibleEvents.length;
    if (outside) box.append(make("p", { "class": "hint" }, number(outside) + " events lie outside the drawn span; the list has them all."));
  }
  function axis(svg, low, high, x, bottom, right) {
    var years = (high - low) / 365.25;
    var months = years > 60 ? 240 : years > 25 ? 60 : years > 8 ? 24 : years > 4 ? 12 : years > 2 ? 6 : years > 1 ? 3 : 1;
    var first = new Date(low * 864e5), at = new Date(0), last = -99;
    at.setUTCFullYear(first.getUTCFullYear() - (months > 12 ? first.getUTCFullYear() % (months / 12) : 0), 0, 1);
    for (; at.getTime() / 864e5 <= high; at.setUTCMonth(at.getUTCMonth() + months)) {
      var px = x(at.getTime() / 864e5);
      if (px < 96 || px > right) continue;
      svg.append(draw("line", { "class": "grid", x1: px, x2: px, y1: 18, y2: bottom }));
      if (px - last > 56) {
        svg.append(draw("text", { x: px, y: 12, "text-anchor": "middle" }, at.toISOString().slice(0, months >= 12 ? 4 : 7).replace(/^\+?0*/, "")));
        last = px;
      }
    }
  }
  function bars(parts, list, x, top, low, high) {
    var rows = [], depth = 0;
    list.forEach(function (e) {
      var a = x(Math.max(e.from, low)), b = Math.max(x(Math.min(e.to + 1, high)), a + 4), r = 0;
      while (r < rows.length && rows[r] > a - 1) r++;
      if (r > 11) r = 11;
      rows[r] = b;
      depth = Math.max(depth, r + 1);
      var planned = e.modality === "planned";
      var bar = draw("rect", { "class": "bar" + (planned ? " planned" : ""), x: a, y: top + r * 9, width: b - a, height: 7, rx: 1.5, fill: color(e), "fill-opacity": e.precision === "day" ? 1 : 0.55 });
      if (planned) { bar.style.fill = "none"; bar.style.stroke = color(e); }
      bar.append(draw("title", {}, (e.edtf || "") + " " + e.label));
      bar.addEventListener("click", function () { reveal(e); });
      parts.push(bar);
      if (e.status === "conflicting") parts.push(draw("circle", { "class": "flag", cx: b + 1, cy: top + r * 9, r: 2.5 }));
    });
    return Math.max(depth * 9, 12);
  }
  function density(parts, list, x, top, low, high, width) {
    var n = Math.floor(width / 4), bins = new Array(n).fill(0);
    list.forEach(function (e) { bins[Math.min(n - 1, Math.max(0, Math.floor(n * (e.from - low) / (high - low))))]++; });
    var peak = Math.max.apply(null, bins);
    bins.forEach(function (count, i) {
      if (!count) return;
      var h = 3 + 21 * Math.sqrt(count / peak), from = low + (high - low) * i / n;
      var bar = draw("rect", { x: x(from), y: top + 24 - h, width: 3.4, height: h, fill: color(list[0]) });
      bar.append(draw("title", {}, count + " events from " + new Date(from * 864e5).toISOString().slice(0, 10)));
      parts.push(bar);
    });
    return 26;
  }
  function reveal(event) {
    var at = chosen.indexOf(event);
    while (shown <= at) more();
    var node = byId("e-" + event.index);
    node.open = true;
    node.scrollIntoView({ block: "center" });
    node.querySelector("summary").focus({ preventScroll: true });
  }

  var entitiesShown = 0;
  function moreEntities() {
    data.entities.slice(entitiesShown, entitiesShown + 24).forEach(function (e) {
      var box = make("details", { "class": "entity" }, make("summary", {}, [
        make("span", {}, [make("b", {}, e.name), " " + e.sample]),
        make("span", { "class": "tags" }, [make("span", { "class": "tag" }, e.kind), make("span", { "class": "tag" }, number(e.mentions) + " mentions")])]));
      box.addEventListener("toggle", function () {
        if (!box.open || box.children.length > 1) return;
        var inner = make("div", { "class": "open" });
        inner.append(make("ul", { "class": "names" }, e.names.map(function (n) {
          return make("li", { lang: n.language }, [n.name, " ", make("small", { lang: "en" }, n.language + " · " + n.evidence + " · " + n.mentions)]);
        })));
        if (e.links.length) inner.append(grid(["name", "name", "decision", "evidence", "score", "why"], e.links, [4]));
        box.append(inner);
      });
      byId("entity-list").append(box);
    });
    entitiesShown = Math.min(data.entities.length, entitiesShown + 24);
    byId("more-entities").hidden = entitiesShown >= data.entities.length;
  }
  function grid(heads, rows, numeric) {
    var table = make("table", {}, [make("thead", {}, make("tr", {}, heads.map(function (h) { return make("th", { scope: "col" }, h); })))]);
    table.append(make("tbody", {}, rows.map(function (r) {
      return make("tr", {}, r.map(function (c, i) { return make("td", numeric.includes(i) ? { "class": "number" } : {}, c); }));
    })));
    return table;
  }

  function network() {
    var nodes = data.network.nodes, edges = data.network.edges, box = byId("network-chart");
    if (nodes.length < 2) { box.append(make("p", { "class": "hint" }, "Too few names appear together.")); return; }
    var W = 900, H = 620, cx = W / 2, cy = H / 2, peak = Math.max.apply(null, edges.map(function (e) { return e[2]; }));
    var place = nodes.map(function (_, i) {
      var a = 2 * Math.PI * i / nodes.length - Math.PI / 2;
      return [cx + 230 * Math.cos(a), cy + 230 * Math.sin(a), a];
    });
    var svg = draw("svg", { viewBox: "0 0 " + W + " " + H, role: "img", "aria-label": "Network of names that take part in the same events" });
    edges.forEach(function (e) {
      var a = place[e[0]], b = place[e[1]];
      var line = draw("path", { "class": "edge", fill: "none", d: "M" + a[0] + " " + a[1] + "Q" + cx + " " + cy + " " + b[0] + " " + b[1], "stroke-width": 0.5 + 5 * e[2] / peak, "stroke-opacity": 0.15 + 0.55 * e[2] / peak });
      line.append(draw("title", {}, data.entities[nodes[e[0]]].name + " and " + data.entities[nodes[e[1]]].name + ": " + e[2] + " events"));
      svg.append(line);
    });
    nodes.forEach(function (n, i) {
      var p = place[i], flip = Math.cos(p[2]) < 0, turn = p[2] * 180 / Math.PI + (flip ? 180 : 0);
      svg.append(draw("circle", { cx: p[0], cy: p[1], r: 4, fill: "var(--accent)" }));
      svg.append(draw("text", { transform: "translate(" + (p[0] + 9 * Math.cos(p[2])) + " " + (p[1] + 9 * Math.sin(p[2])) + ") rotate(" + turn + ")", "text-anchor": flip ? "end" : "start", dy: "0.35em" }, data.entities[n].name));
    });
    box.append(svg);
  }
  function coverage() {
    var months = data.coverage.periods, rows = data.coverage.rows, box = byId("coverage-chart");
    if (!months.length) return;
    var step = Math.max(12, Math.min(40, Math.floor(980 / months.length))), W = 100 + step * months.length;
    var svg = draw("svg", { viewBox: "0 0 " + W + " " + (30 + rows.length * 24), role: "img", "aria-label": "Event mentions by language and period" });
    svg.style.minWidth = Math.min(W, 700) + "px";
    var peak = Math.max.apply(null, rows.map(function (r) { return Math.max.apply(null, r[1]); }));
    rows.forEach(function (r, i) {
      svg.append(draw("text", { x: 88, y: 42 + i * 24, "text-anchor": "end" }, r[0]));
      r[1].forEach(function (count, j) {
        var cell = draw("rect", { x: 96 + j * step, y: 28 + i * 24, width: step - 2, height: 20, rx: 2, fill: "var(--accent)", "fill-opacity": count ? 0.15 + 0.85 * Math.sqrt(count / peak) : 0.04 });
        cell.append(draw("title", {}, r[0] + " " + months[j] + ": " + count));
        svg.append(cell);
      });
    });
    var every = Math.ceil(60 / step);
    months.forEach(function (m, j) {
      if (j % every === 0) svg.append(draw("text", { x: 96 + j * step, y: 18 }, m));
    });
    box.append(svg);
  }
  function tables() {
    byId("document-list").append(grid(["source", "title", "language", "kind", "published", "status", "mentions"],
      data.documents.map(function (d) { return [d.source, d.title, d.language, d.kind, d.published, d.status + (d.duplicate ? " (repeats " + d.duplicate + ")" : ""), number(d.mentions)]; }), [6]));
    byId("diagnostic-list").append(data.diagnostics.length ? grid(["severity", "code", "message", "document", "count"],
      data.diagnostics.map(function (d) { return d.slice(0, 4).concat(number(d[4])); }), [4]) : make("p", { "class": "hint" }, "Nothing to report."));
    var peak = Math.max.apply(null, data.removals.map(function (r) { return r[2]; }).concat(1));
    var table = make("table", { "class": "bartable" }, data.removals.map(function (r) {
      var bar = make("i");
      bar.style.width = Math.max(0.5, 100 * r[2] / peak) + "%";
      return make("tr", {}, [make("th", { scope: "row" }, r[0]), make("td", { "class": "number" }, number(r[1]) + " spans"), make("td", { "class": "number" }, number(r[2]) + " bytes"), make("td", { "class": "fill" }, bar)]);
    }));
    byId("removal-list").append(table);
  }

  header();
  filter();
  moreEntities();
  network();
  coverage();
  tables();
  var wait;
  byId("filters").addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(filter, 120); });
  byId("filters").addEventListener("reset", function () { setTimeout(filter, 0); });
  byId("filters").addEventListener("submit", function (e) { e.preventDefault(); filter(); });
  byId("more").addEventListener("click", more);
  byId("more-entities").addEventListener("click", moreEntities);
}());
