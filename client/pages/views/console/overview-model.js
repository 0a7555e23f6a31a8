/** What the overview shows, as functions of the service's answers. */

/**
 * @typedef {{ step: string, id: string, title: string, state: 'ok' | 'warning' | 'critical', rate: number | null, waiting: number | null,
 *   oldestMillis: number | null, p50Millis: number | null, p99Millis: number | null, text: string, alert: string | null }} Node
 * @typedef {{ slot: number, values: readonly (number | null)[] }} Point
 * @typedef {{ at: string, nodes: readonly Node[], point: Point }} Snapshot
 * @typedef {{ chart: string, name: string, unit: string }} Line
 * @typedef {{ stepMillis: number, lines: readonly Line[], points: readonly Point[] }} Hour
 */

/** Steps of one hour. */
const KEPT = 360;

/**
 * The hour with one more point. The same hour if the point is there already or says nothing.
 * @param {Hour} hour @param {Point} point @returns {Hour}
 */
export function withPoint(hour, point) {
  const last = hour.points.at(-1);
  if ((last && point.slot <= last.slot) || point.values.every((value) => value === null)) {
    return hour;
  }
  return { ...hour, points: [...hour.points.filter(({ slot }) => slot > point.slot - KEPT), point] };
}

/** Whether points are missing between the hour and that point, so that the hour has to be asked for again. @param {Hour} hour @param {Point} point */
export function hasHole(hour, point) {
  const last = hour.points.at(-1);
  return last !== undefined && point.slot > last.slot + 2;
}

/**
 * The charts in the order of their lines. Missing steps are gaps in the lines.
 * @param {Hour} hour
 * @returns {{ title: string, lines: Line[], data: (number | null)[][] }[]} data: times in epoch seconds, then a row for each line
 */
export function chartsOf({ stepMillis, lines, points }) {
  const first = points[0]?.slot ?? 0;
  const last = points.at(-1)?.slot ?? -1;
  const bySlot = new Map(points.map(({ slot, values }) => [slot, values]));
  const slots = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const times = slots.map((slot) => (slot * stepMillis) / 1_000);
  const titles = [...new Set(lines.map(({ chart }) => chart))];
  return titles.map((title) => {
    const chosen = lines.map((line, index) => ({ ...line, index })).filter(({ chart }) => chart === title);
    return { title, lines: chosen, data: [times, ...chosen.map(({ index }) => slots.map((slot) => bySlot.get(slot)?.[index] ?? null))] };
  });
}

/** The worst state of some parts. @param {readonly Node[]} nodes @returns {Node['state']} */
export function worst(nodes) {
  return nodes.some(({ state }) => state === 'critical') ? 'critical' : nodes.some(({ state }) => state === 'warning') ? 'warning' : 'ok';
}

/** Everything well, or what is not, the worst first. @param {readonly Node[]} nodes */
export function verdict(nodes) {
  const wrong = nodes.filter(({ state }) => state !== 'ok');
  const critical = wrong.filter(({ state }) => state === 'critical').length;
  if (wrong.length === 0) {
    return 'Events reach the screens: no step is beyond its limit.';
  }
  const warnings = wrong.length - critical;
  const parts = [critical ? `${critical} critical` : '', warnings ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : ''].filter(Boolean);
  return `${parts.join(', ')}: ${wrong.map(({ title }) => title).join(', ')}.`;
}
