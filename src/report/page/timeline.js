// The timeline: a lane for each type; a bar covers every day that its date allows.
const BARS_MOST = 3000, ROWS_MOST = 14, BAR = 7, ROW = 9;

function timeline() {
  const box = byId("chart"), dated = chosen.filter((e) => !isNaN(e.from));
  box.replaceChildren();
  if (!dated.length) { box.append(hint("No dated event matches.")); return; }
  const [low, high] = middle(dated), wide = box.clientWidth > 560;
  const frame = { low, high, left: wide ? 104 : 4, right: box.clientWidth - 6 };
  frame.x = (d) => frame.left + (frame.right - frame.left) * (d - low) / (high - low);
  const drawn = dated.filter((e) => e.to >= low && e.from <= high), lanes = new Map();
  drawn.forEach((e) => { if (!lanes.has(e.type)) lanes.set(e.type, []); lanes.get(e.type).push(e); });
  const parts = [], many = drawn.length > BARS_MOST;
  let y = 26;
  Array.from(lanes.keys()).sort().forEach((type) => {
    if (!wide) y += 13;
    parts.push(draw("text", { x: wide ? frame.left - 8 : frame.left, y: wide ? y + 8 : y - 3, "text-anchor": wide ? "end" : "start" }, type));
    y += (many ? columns(parts, lanes.get(type), frame, y) : bars(parts, lanes.get(type), frame, y)) + 8;
  });
  const svg = draw("svg", { ...sized(box.clientWidth, y + 4), role: "group",
    "aria-label": "Timeline of " + counted(drawn.length, "event") + ", by type. The list below holds the same." });
  axis(svg, frame, y);
  svg.append(...parts);
  box.append(svg);
  rove(svg);
  drag(svg, frame);
  const outside = dated.length - drawn.length, undated = chosen.length - dated.length, notes = [];
  if (many) notes.push("Columns count events; a shorter span or another filter shows each of them. Choose a column to look closer.");
  if (outside) notes.push(counted(outside, "event") + (outside === 1 ? " lies" : " lie") + " outside the drawn span.");
  if (undated) notes.push(counted(undated, "event") + " without a year.");
  if (outside || undated) notes.push("The list has them all.");
  if (notes.length) box.append(hint(notes.join(" ")));
}
// A few far outliers would squeeze the story into a sliver, so the axis spans the middle 98 %.
function middle(dated) {
  const given = [dayOf(byId("f-from").value), dayOf(byId("f-to").value, true)];
  const starts = dated.map((e) => e.from).sort((a, b) => a - b), ends = dated.map((e) => e.to).sort((a, b) => a - b);
  const cut = dated.length > 40 ? Math.floor(dated.length * 0.01) : 0;
  let low = starts[cut], high = Math.max(ends[ends.length - 1 - cut], low) + 1;
  if (!isNaN(given[0])) low = Math.max(low, given[0]);
  if (!isNaN(given[1])) high = Math.min(high, given[1] + 1);
  if (high <= low) high = low + 1;
  const pad = Math.max(1, (high - low) * 0.01);
  return [low - pad, high + pad];
}
function axis(svg, frame, bottom) {
  const years = (frame.high - frame.low) / 365.25, room = Math.max(2, (frame.right - frame.left) / 70);
  const steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000];
  const months = steps.find((m) => years * 12 / m <= room) || 24000;
  if (years * 12 < 2) { days(svg, frame, bottom, room); return; }
  const first = new Date(frame.low * 864e5).getUTCFullYear(), at = new Date(0);
  at.setUTCFullYear(months > 12 ? Math.floor(first / (months / 12)) * (months / 12) : first, 0, 1);
  for (; at.getTime() / 864e5 <= frame.high; at.setUTCMonth(at.getUTCMonth() + months)) {
    tick(svg, frame, at.getTime() / 864e5, bottom, months >= 12 ? 4 : 7);
  }
}
function days(svg, frame, bottom, room) {
  const step = Math.max(1, Math.ceil((frame.high - frame.low) / room));
  for (let d = Math.ceil(frame.low); d <= frame.high; d += step) tick(svg, frame, d, bottom, 10);
}
function tick(svg, frame, day, bottom, length) {
  const x = frame.x(day);
  if (x < frame.left || x > frame.right) return;
  svg.append(draw("line", { "class": "grid", x1: x, x2: x, y1: 18, y2: bottom }));
  if (x - frame.left > 16 && frame.right - x > 22) svg.append(draw("text", { x, y: 12, "text-anchor": "middle" }, dateOf(day, length)));
}
function bars(parts, list, frame, top) {
  const rows = [];
  list.forEach((e) => {
    const a = frame.x(Math.max(e.from, frame.low)), b = Math.max(frame.x(Math.min(e.to + 1, frame.high)), a + 4);
    let r = rows.findIndex((end) => end <= a - 1);
    if (r < 0) r = Math.min(rows.length, ROWS_MOST - 1);
    rows[r] = b;
    const planned = e.modality === "planned", disputed = e.status === "conflicting";
    const name = (e.edtf || "undated") + ": " + plain(e.label) + (planned ? ", planned" : "") + (disputed ? ", reports disagree" : "");
    const bar = draw("rect", { "class": "bar" + (planned ? " planned" : ""), x: a, y: top + r * ROW, width: b - a, height: BAR, rx: 1.5, role: "button", "aria-label": name, "data-event": e.index });
    bar.style[planned ? "stroke" : "fill"] = color(e);
    if (!planned) bar.style.fillOpacity = e.precision === "day" ? 1 : 0.55;
    bar.append(draw("title", {}, name));
    parts.push(bar);
    if (disputed) parts.push(draw("circle", { "class": "flag", cx: b, cy: top + r * ROW, r: 2.8 }));
  });
  return Math.max(rows.length * ROW, 12);
}
function columns(parts, list, frame, top) {
  const n = Math.floor((frame.right - frame.left) / 4), width = (frame.high - frame.low) / n;
  const bins = Array.from({ length: n }, () => ({ all: 0, disputed: 0, planned: 0 }));
  list.forEach((e) => {
    const bin = bins[Math.min(n - 1, Math.max(0, Math.floor((e.from - frame.low) / width)))];
    bin.all++;
    if (e.status === "conflicting") bin.disputed++;
    if (e.modality === "planned") bin.planned++;
  });
  const peak = Math.max(...bins.map((b) => b.all));
  bins.forEach((bin, i) => {
    if (!bin.all) return;
    const h = 3 + 23 * bin.all / peak, from = frame.low + width * i;
    const bar = draw("rect", { "class": "column", x: frame.x(from), y: top + 26 - h, width: 3.4, height: h, "data-from": from, "data-to": from + width });
    bar.style.fill = color(list[0]);
    const more = (bin.planned ? ", " + bin.planned + " planned" : "") + (bin.disputed ? ", " + bin.disputed + " on which reports disagree" : "");
    const name = list[0].type + ": " + counted(bin.all, "event") + " from " + dateOf(from) + " to " + dateOf(from + width) + more;
    bar.setAttribute("role", "button");
    bar.setAttribute("aria-label", name);
    bar.append(draw("title", {}, name));
    parts.push(bar);
  });
  return 28;
}
// One stop for the tab key; arrow keys move among bars by date and among columns by lane, Enter opens.
function rove(svg) {
  const all = Array.from(svg.querySelectorAll(".bar, .column"));
  all.sort((a, b) => (a.dataset.event || 0) - (b.dataset.event || 0));
  let at = 0;
  all.forEach((bar, i) => bar.setAttribute("tabindex", i ? -1 : 0));
  svg.addEventListener("keydown", (key) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -all.length, End: all.length }[key.key];
    if (step) {
      all[at].setAttribute("tabindex", -1);
      at = Math.min(all.length - 1, Math.max(0, at + step));
      all[at].setAttribute("tabindex", 0);
      all[at].focus();
      key.preventDefault();
    } else if (key.key === "Enter" || key.key === " ") {
      key.preventDefault();
      look(all[at]);
    }
  });
}
// Opens the event of a bar, or the span of a column.
function look(hit) {
  if (hit.dataset.event !== undefined) { reveal(events[hit.dataset.event]); return; }
  span(+hit.dataset.from, +hit.dataset.to);
  const first = document.querySelector("#chart [tabindex='0']");
  if (first) first.focus();
}
// A click opens what it hits; a drag chooses a span of time.
function drag(svg, frame) {
  let start = null, shade = null;
  const at = (e) => Math.min(frame.right, Math.max(frame.left, e.clientX - svg.getBoundingClientRect().left));
  const day = (x) => frame.low + (frame.high - frame.low) * (x - frame.left) / (frame.right - frame.left);
  svg.addEventListener("pointerdown", (e) => { if (e.pointerType === "mouse" && e.button === 0) start = at(e); });
  svg.addEventListener("pointermove", (e) => {
    if (start === null || (!shade && Math.abs(at(e) - start) < 6)) return;
    if (!shade) { shade = draw("rect", { "class": "shade", y: 16, height: svg.height.baseVal.value - 16 }); svg.append(shade); svg.setPointerCapture(e.pointerId); }
    shade.setAttribute("x", Math.min(start, at(e)));
    shade.setAttribute("width", Math.abs(at(e) - start));
  });
  svg.addEventListener("pointerup", (e) => {
    const from = start;
    start = null;
    if (shade) { shade = null; span(day(Math.min(from, at(e))), day(Math.max(from, at(e)))); }
  });
  svg.addEventListener("click", (e) => {
    const hit = e.target.closest("[data-event], [data-from]");
    if (hit) look(hit);
  });
}
