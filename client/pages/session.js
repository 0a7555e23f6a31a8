/**
 * A person who is signed in: the live connection, the API, and what the person's pages show. All of it is kept from the
 * start, so that every page is there at once and stays right while another one is looked at.
 */

import { createLearning, createOrders, createTidings, createToasts, LEARNING_EVENTS } from '@tidings/client';
import { createApi, demoToken, Refusal } from './api.js';
import { ofDevice, ofTab } from './storage.js';

/**
 * @typedef {object} Config
 * @property {string} apiUrl
 * @property {string} socketUrl
 * @property {string} currency
 * @property {string} [traceViewer] address of a trace, with {traceId} in it; empty if there is no viewer
 * @property {boolean} demoSignIn
 *
 * @typedef {{ user: string, role: string, token: string }} Person
 */

const KEY = 'tidings.person';

/** Answers to somebody who looks at what is no longer so. */
const OUT_OF_DATE = [404, 409];

/** Each tab has its person; a new tab begins with the one who signed in last. @returns {Person | null} */
export function rememberedPerson() {
  try {
    return JSON.parse(ofTab.get(KEY) ?? ofDevice.get(KEY) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {Person | null} person */
function remember(person) {
  [ofTab, ofDevice].forEach((storage) => storage.set(KEY, person && JSON.stringify(person)));
}

/** @param {Config} config @param {Person} person */
export function openSession(config, person) {
  remember(person);
  const toasts = createToasts();
  const tidings = createTidings({
    socketUrl: config.socketUrl,
    token,
    offline: 'pages',
    log: ofDevice.get('tidings.log') !== null,
  });
  const api = createApi({ ...config, token });
  const ends = [toasts.follow(tidings), () => tidings.close()];
  const { role } = person;

  return {
    ...person,
    config,
    tidings,
    api,
    toasts,
    tasks: createTasks(tidings, api),
    notifications: createNotifications(tidings, api),
    products: createProducts(tidings, api),
    orders: createOrders(tidings, { load: () => api.all('/api/v1/orders') }),
    allOrders: role === 'admin'
      ? createOrders(tidings, { scope: 'all', name: 'all-orders', load: () => api.all('/api/v1/admin/orders') })
      : null,
    courses: role === 'student' ? createCourses(tidings, api) : null,
    learning: role === 'student' ? createLearning(tidings, { apiUrl: config.apiUrl, token: async (why) => `${await token(why)}` }) : null,
    lessons: role === 'trainer' ? createLessons(tidings, api) : null,

    /** Does what may be refused, and tells the person if it was. @param {() => Promise<unknown>} action @returns {Promise<boolean>} */
    async attempt(action) {
      try {
        await action();
        return true;
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        toasts.show({ level: 'error', text: error.message, durationMs: 8_000 });
        if (OUT_OF_DATE.includes(error.status)) {
          void tidings.refresh();
        }
        return false;
      }
    },

    /** @param {boolean} forget signs out */
    close(forget) {
      ends.forEach((end) => end());
      if (forget) {
        remember(null);
      }
    },
  };

  /** @param {{ reason: string }} request */
  async function token({ reason }) {
    if (config.demoSignIn && (reason === 'expired' || reason === 'renew')) {
      person = { ...person, token: await demoToken(config.apiUrl, person.user, role) };
      remember(person);
    }
    return person.token;
  }
}

/** @typedef {ReturnType<typeof openSession>} Session */

/** @param {import('@tidings/client').Tidings} tidings @param {ReturnType<typeof createApi>} api */
function createTasks(tidings, api) {
  const tasks = tidings.collection('tasks', { idOf: (task) => task.task_id });
  const none = { description: null, due_at: null, recurrence: null, time_zone: null };
  for (const type of ['task.created', 'task.updated', 'task.completed']) {
    tidings.on(type, (event) => tasks.put({ created_at: event.timestamp, ...tasks.get(event.task_id), ...none, ...event }));
  }
  tidings.on('task.deleted', ({ task_id, version }) => tasks.remove(task_id, version));
  tidings.keepFresh(() => tasks.load(() => api.all('/api/tasks')));
  return tasks;
}

/** @param {import('@tidings/client').Tidings} tidings @param {ReturnType<typeof createApi>} api */
function createNotifications(tidings, api) {
  const notifications = tidings.collection('notifications');
  tidings.on('notification', (event) => notifications.put({ read: false, createdAt: new Date().toISOString(), ...event }));
  tidings.on('notification_read', ({ id }) => {
    const known = notifications.get(id);
    if (known) {
      notifications.put({ ...known, read: true });
    }
  });
  tidings.keepFresh(() => notifications.load(() => api.all('/api/v1/notifications')));
  return notifications;
}

/** The catalogue that orders are made from. No event tells of its changes. @param {import('@tidings/client').Tidings} tidings @param {ReturnType<typeof createApi>} api */
function createProducts(tidings, api) {
  const products = tidings.collection('products', { idOf: ({ sku }) => sku });
  tidings.keepFresh(() => products.load(() => api.all('/api/v1/products')));
  return products;
}

/** What a student can buy. @param {import('@tidings/client').Tidings} tidings @param {ReturnType<typeof createApi>} api */
function createCourses(tidings, api) {
  const courses = tidings.collection('courses', { idOf: ({ courseId }) => courseId });
  tidings.keepFresh(() => courses.load(async () => (await api.get('/api/v1/courses')).items));
  return courses;
}

/** The sessions that a trainer has to give. @param {import('@tidings/client').Tidings} tidings @param {ReturnType<typeof createApi>} api */
function createLessons(tidings, api) {
  const lessons = tidings.collection('lessons', { idOf: ({ sessionId }) => sessionId });
  const fresh = tidings.keepFresh(() => lessons.load(() => api.all('/api/v1/sessions?status=scheduled')));
  LEARNING_EVENTS.forEach((type) => tidings.on(type, () => void fresh.reload()));
  return lessons;
}
