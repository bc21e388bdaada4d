// Who takes part in the same events: the busiest names on a circle, and the pairs as a table.
const NODES_MOST = 28, PRESENT_MOST = 24, PAIRS_SHOWN = 40;

function network() {
  const box = byId("network-chart"), { nodes, pairs } = together();
  box.replaceChildren();
  byId("network-pairs").replaceChildren();
  if (nodes.length < 2) { box.append(hint("Too few names appear together.")); return; }
  const W = Math.max(inner(box), 560), R = 205, H = 2 * R + 260;
  const place = new Map(nodes.map((n, i) => {
    const a = 2 * Math.PI * i / nodes.length - Math.PI / 2;
    return [n, { x: W / 2 + R * Math.cos(a), y: H / 2 + R * Math.sin(a), a }];
  }));
  const svg = draw("svg", { ...sized(W, H), role: "group", "aria-label": "Network of names that take part in the same events; the table below holds the same" });
  const edges = pairs.filter((p) => place.has(p.a) && place.has(p.b)), peak = Math.max(...edges.map((p) => p.n));
  edges.forEach((p) => {
    const a = place.get(p.a), b = place.get(p.b);
    const line = draw("path", { "class": "edge", d: "M" + a.x + " " + a.y + "Q" + W / 2 + " " + H / 2 + " " + b.x + " " + b.y, "stroke-width": 0.6 + 5 * p.n / peak, "data-ends": p.a + " " + p.b });
    line.style.strokeOpacity = 0.18 + 0.6 * p.n / peak;
    line.append(draw("title", {}, pairName(p)));
    svg.append(line);
  });
  nodes.forEach((n) => svg.append(node(n, place.get(n))));
  emphasise(svg);
  box.append(svg);
  box.scrollLeft = (W - box.clientWidth) / 2;
  const rows = pairs.slice(0, PAIRS_SHOWN).map((p) => [data.entities[p.a].name, data.entities[p.b].name, number(p.n)]);
  byId("network-pairs").append(grid("Pairs of names by shared events", ["name", "name", "events"], rows, [2]));
}
// Pairs by number of shared events, and the names with the most of them.
function together() {
  const drawn = data.entities.map((e) => ["person", "organisation", "state"].includes(e.kind)), count = new Map(), weight = new Map();
  chosen.forEach((e) => {
    const present = unique(e.participants.map((p) => p[0])).filter((i) => drawn[i]);
    // An event that lists everybody says little of any pair, and would cost a square of pairs.
    if (present.length > PRESENT_MOST) return;
    present.forEach((a, i) => present.slice(i + 1).forEach((b) => {
      const key = Math.min(a, b) * data.entities.length + Math.max(a, b);
      count.set(key, (count.get(key) || 0) + 1);
      [a, b].forEach((n) => weight.set(n, (weight.get(n) || 0) + 1));
    }));
  });
  const pairs = Array.from(count, ([key, n]) => ({ a: Math.floor(key / data.entities.length), b: key % data.entities.length, n }));
  pairs.sort((p, q) => q.n - p.n || p.a - q.a || p.b - q.b);
  const nodes = Array.from(weight.keys()).sort((a, b) => weight.get(b) - weight.get(a) || a - b).slice(0, NODES_MOST);
  return { nodes, pairs };
}
function pairName(p) {
  return plain(data.entities[p.a].name) + " and " + plain(data.entities[p.b].name) + ": " + counted(p.n, "event");
}
function node(n, p) {
  const flip = Math.cos(p.a) < -0.001, turn = p.a * 180 / Math.PI + (flip ? 180 : 0), entity = data.entities[n];
  const name = Array.from(plain(entity.name)), short = name.length > 22 ? name.slice(0, 21).join("") + "…" : name.join("");
  const group = draw("g", { "class": "node", tabindex: 0, role: "button", "data-node": n, "aria-label": plain(entity.name) + ": show its events" }, [
    draw("circle", { cx: p.x, cy: p.y, r: 4.5 }),
    draw("text", { transform: "translate(" + (p.x + 10 * Math.cos(p.a)) + " " + (p.y + 10 * Math.sin(p.a)) + ") rotate(" + turn + ")", "text-anchor": flip ? "end" : "start", dy: "0.35em" }, short),
    draw("title", {}, plain(entity.name))]);
  const show = () => choose({ "f-actor": entity.name });
  group.addEventListener("click", show);
  group.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); show(); } });
  return group;
}
// The lines of the name under the pointer or the focus stand out.
function emphasise(svg) {
  const lines = Array.from(svg.querySelectorAll(".edge"));
  const mark = (target) => {
    const at = target && target.closest(".node");
    lines.forEach((l) => l.classList.toggle("strong", Boolean(at) && l.dataset.ends.split(" ").includes(at.dataset.node)));
  };
  svg.addEventListener("pointerover", (e) => mark(e.target));
  svg.addEventListener("pointerleave", () => mark(null));
  svg.addEventListener("focusin", (e) => mark(e.target));
  svg.addEventListener("focusout", () => mark(null));
}
