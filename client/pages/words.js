/** How dates, amounts and states read. */

const DAY = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' });
const DAY_WITH_YEAR = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** @type {readonly [Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

/** `Sat, Feb 7` of `2026-02-07`, whatever the time zone here. @param {string} date */
export function day(date) {
  const [year, month, number] = date.split('-').map(Number);
  return DAY.format(new Date(year, month - 1, number));
}

/** @param {string} instant */
export function dayAndTime(instant) {
  const date = new Date(instant);
  return `${(date.getFullYear() === new Date().getFullYear() ? DAY : DAY_WITH_YEAR).format(date)}, ${TIME.format(date)}`;
}

/** `5 minutes ago`. @param {string} instant */
export function ago(instant) {
  const past = new Date(instant).getTime() - Date.now();
  const [unit, length] = UNITS.find(([, size]) => Math.abs(past) >= size) ?? [];
  return unit === undefined ? 'just now' : AGO.format(Math.round(past / length), unit);
}

/** @param {string} currency @returns {(amount: number) => string} */
export function money(currency) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return (amount) => format.format(amount);
}

/** `1 session`, `2 sessions`. @param {number} count @param {string} thing */
export function counted(count, thing) {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

let drafts = 0;

/** Names a thing that the service has not named yet; unlike `crypto.randomUUID`, everywhere. */
export function draftId() {
  return `draft-${++drafts}`;
}

/** @param {string} text */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
