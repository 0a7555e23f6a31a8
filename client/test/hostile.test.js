import assert from 'node:assert/strict';
import test from 'node:test';
import { createBrowser } from './support/browser.js';
import { FAULTS, FEATURES, PARTS_OF_THE_PAGE } from './support/hostile.js';
import { settle, tokenOf } from './support/world.js';

/**
 * The library against hostile browsers. Each feature fails in each way, in one tab, and in two and three tabs: in all of
 * them, or in one only, with each of the tabs as the one that opened first and so leads. Every set-up lives through the same
 * story: start, events, an outage, a return, a freeze, the death of the first tab. After each step every tab must be served again and have
 * all events within the limit; in the end every tab has applied each event once and in order.
 *
 * R-RL-4, R-EV-3, R-OR-5. `TIDINGS_TEST_TABLE=1` prints the table of what was seen, `TIDINGS_TEST_SEED` throws other dice.
 */

/** A step's events must be on every screen, and every tab be served, within this (ms). */
const LIMIT = 60_000;

/** How often that is looked at (ms). */
const STEP = 2_000;

/** A tab without a usable socket polls. */
const SERVED = ['live', 'polling'];

/** How many tabs, which of them opens first and so leads, and which have the fault. */
const SETUPS = [1, 2, 3].flatMap((tabs) =>
  Array.from({ length: tabs }, (_, first) => first).flatMap((first) => [
    ...(first === 0 ? [{ tabs, first, faulty: 'all' }] : []),
    ...(tabs > 1 ? [{ tabs, first, faulty: 'one' }] : []),
  ]),
);

const table = [];

for (const hostility of cases()) {
  const { name, fault } = hostility;
  test(`${name} ${fault}`, async () => {
    const rows = [];
    for (const setup of SETUPS) {
      rows.push(await live(setup, hostility));
    }
    const all = (column) => [...new Set(rows.flatMap((row) => row[column]))].join(' ');
    table.push({ name, fault, 'all well within': `${Math.max(...rows.map(({ seconds }) => seconds))} s`, states: all('states'), without: all('without') });
  });
}

test.after(() => process.env.TIDINGS_TEST_TABLE && console.table(table));

function* cases() {
  for (const [name, { faults, descriptors }] of Object.entries(FEATURES)) {
    for (const fault of faults) {
      yield { name, fault, features: (good) => descriptors(fault, good) };
    }
  }
  for (const [name, part] of Object.entries(PARTS_OF_THE_PAGE)) {
    for (const fault of FAULTS.filter((fault) => part(fault, {}) !== null)) {
      yield { name, fault, options: (good) => part(fault, good) };
    }
  }
}

function describe({ tabs, first, faulty }) {
  return `${tabs} tab${tabs > 1 ? `s, tab ${first + 1} first, fault in ${faulty === 'all' ? 'all' : 'tab 1'}` : ''}`;
}

async function live(setup, { name, fault, options, features }) {
  const { tabs: count, first, faulty } = setup;
  const what = `${name} ${fault}, ${describe(setup)}`;
  const browser = createBrowser(Number(process.env.TIDINGS_TEST_SEED ?? 1));
  const { clock, service } = browser;
  const order = [first, ...Array.from({ length: count }, (_, i) => i).filter((i) => i !== first)];
  const tabs = [];
  for (const number of order) {
    const isFaulty = faulty === 'all' || number === 0;
    const given = { clock, service, token: () => tokenOf('ada') };
    const handedIn = { offline: name === 'IndexedDB', ...(isFaulty ? options?.(given) : {}) };
    tabs.push(browser.open(handedIn, (good) => (isFaulty && features ? features({ ...good, ...given }) : {})));
    await clock.advance(1_000);
  }
  let seconds = 0;
  const wellWithin = async (step, which = tabs) => {
    const since = clock.steady();
    const well = () => which.every(isWell);
    while (!well() && clock.steady() - since < LIMIT) {
      await clock.advance(STEP);
    }
    seconds = Math.max(seconds, Math.round((clock.steady() - since) / 1_000));
    assert.ok(well(), `${what}: ${step}: ${JSON.stringify(tabs.map(({ tidings, seen }) => [tidings.status.get(), seen.length]))}`);
  };

  await wellWithin('start');
  const from = browser.total() + 1;
  await browser.event(3);
  await wellWithin('events');

  // The network goes for a while, and comes back.
  const { script, answerPoll } = service;
  service.script = (socket) => socket.drop();
  service.answerPoll = () => 503;
  browser.live().forEach((socket) => socket.drop());
  browser.quietly(2);
  await clock.advance(45_000);
  service.script = script;
  service.answerPoll = answerPoll;
  for (const tab of tabs) {
    tab.say('online');
    tab.say('visible');
  }
  await wellWithin('the network is back');
  await browser.event(2);
  await wellWithin('events after that');

  // Somebody looks at each tab in turn.
  for (const tab of tabs) {
    tab.say('visible');
    await clock.advance(5_000);
  }
  await wellWithin('looked at');

  // The browser freezes the first tab for a while, and says so to every other one of the set-ups.
  const [frozen, ...others] = tabs;
  if (first === 0) {
    frozen.say('frozen');
  }
  frozen.freeze();
  await browser.event(1);
  if (name === 'timers') {
    // Without timers a tab notices when somebody looks: the first look asks, the second one insists, the third one acts.
    for (const _ of [1, 2, 3]) {
      others.forEach((tab) => tab.say('visible'));
      await clock.advance(5_000);
    }
  }
  await wellWithin('the first tab is frozen', others);
  await browser.event(1);
  await clock.advance(40_000);
  frozen.thaw();
  frozen.say('visible');
  await wellWithin('and is not any more');

  if (count > 1) {
    tabs.shift().die();
    await browser.event(1);
    await wellWithin('the first tab is gone');
    await browser.event(2);
    await wellWithin('events to the rest');
  }
  const { total } = browser;
  const numbers = Array.from({ length: total() - from + 1 }, (_, i) => from + i);
  tabs.forEach(({ seen }, tab) => assert.deepEqual(seen, numbers, `${what}: what tab ${tab + 1} applied`));
  const states = tabs.map(({ tidings }) => tidings.status.get().state);
  const without = tabs.flatMap(({ tidings }) => tidings.status.get().without.map((text) => text.split(':')[0]));
  tabs.forEach(({ tidings }) => tidings.close());
  await settle();
  return { seconds, states, without };

  function isWell({ tidings, seen }) {
    return SERVED.includes(tidings.status.get().state) && seen.length === browser.total();
  }
}
