// Coverage: mentions of the chosen events by language or by document, over time.
const PERIODS_MOST = 96, DOCUMENTS_MOST = 40;

function coverage() {
  const box = byId("coverage-chart"), by = byId("c-rows").value;
  box.replaceChildren();
  const { periods, rows } = counts(by);
  if (!periods.length) { box.append(hint("No dated mention matches.")); return; }
  const left = by === "language" ? 84 : 250, room = Math.max(inner(box) - left, 300);
  const step = Math.max(7, Math.min(40, Math.floor(room / periods.length))), W = left + step * periods.length;
  const svg = draw("svg", { ...sized(W, 30 + rows.length * 24), role: "img", "aria-label": "Mentions by " + by + " and period; the table below sums them" });
  const peak = Math.max(...rows.flatMap((r) => r.cells));
  rows.forEach((r, i) => {
    svg.append(draw("text", { x: left - 8, y: 42 + i * 24, "text-anchor": "end" }, shortened(r.name, by === "language" ? 10 : 34)));
    r.cells.forEach((count, j) => {
      const cell = draw("rect", { "class": "cell", x: left + j * step, y: 28 + i * 24, width: step - 1.5, height: 20, rx: 1.5 });
      cell.style.fillOpacity = count ? 0.2 + 0.8 * Math.sqrt(count / peak) : 0.05;
      if (count) cell.append(draw("title", {}, plain(r.name) + ", " + periods[j] + ": " + counted(count, "mention")));
      svg.append(cell);
    });
  });
  const every = Math.ceil(56 / step);
  periods.forEach((p, j) => { if (j % every === 0 && left + j * step < W - 46) svg.append(draw("text", { x: left + j * step, y: 18 }, p)); });
  box.append(svg);
  sums(by, rows, periods);
}
function shortened(text, most) {
  const points = Array.from(plain(text));
  return points.length > most ? "…" + points.slice(points.length - most + 1).join("") : points.join("");
}
// The periods without a gap between them, months or years as there is room, and the mentions in each.
function counts(by) {
  const told = chosen.flatMap((e) => e.mentions).filter((i) => data.mentions.from[i] !== null && data.mentions.sentence[i] >= 0);
  if (!told.length) return { periods: [], rows: [] };
  const [low, high] = middle(told.map((i) => ({ from: data.mentions.from[i], to: data.mentions.from[i] })));
  const months = (high - low) / 30.4 <= PERIODS_MOST;
  const cut = months ? 1 : Math.ceil((high - low) / 365.25 / PERIODS_MOST);
  const period = (day) => { const d = new Date(day * 864e5); return months ? d.getUTCFullYear() * 12 + d.getUTCMonth() : Math.floor(d.getUTCFullYear() / cut); };
  const name = (p) => months ? dateOf(Date.UTC(Math.floor(p / 12), p % 12, 1) / 864e5, 7) : String(p * cut);
  const inside = told.filter((i) => data.mentions.from[i] >= low && data.mentions.from[i] <= high);
  let first = Infinity, last = -Infinity;
  inside.forEach((i) => { const p = period(data.mentions.from[i]); first = Math.min(first, p); last = Math.max(last, p); });
  const periods = Array.from({ length: last - first + 1 }, (_, i) => name(first + i)), rows = new Map();
  inside.forEach((i) => {
    const document = data.mentions.document[i], key = by === "language" ? word(data.mentions.languages, data.mentions.sentence[i]) : document;
    if (!rows.has(key)) rows.set(key, { name: by === "language" ? key : data.documents[key].source, total: 0, cells: periods.map(() => 0), pages: new Set() });
    const row = rows.get(key), at = period(data.mentions.from[i]) - first;
    row.total++;
    row.cells[at]++;
    row.pages.add(document);
  });
  const list = Array.from(rows.values());
  if (by === "language") list.sort((a, b) => a.name < b.name ? -1 : 1);
  else list.sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)).splice(DOCUMENTS_MOST);
  return { periods, rows: list };
}
function sums(by, rows, periods) {
  const list = rows.map((r) => {
    const met = r.cells.map((c, i) => c ? periods[i] : "").filter(Boolean);
    return [r.name, number(r.total), number(r.pages.size), met[0], met[met.length - 1]];
  });
  byId("coverage-table").replaceChildren(grid("Mentions by " + by, [by, "mentions", "documents", "first", "last"], list, [1, 2]));
}
