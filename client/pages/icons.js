import { svg } from 'lit';

/** @param {import('lit').TemplateResult} shape */
const icon = (shape) => svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
/** @param {string} path */
const line = (path) => icon(svg`<path d=${path}></path>`);

export const icons = {
  home: line('M3 11 12 3l9 8M5 9.500V21h14V9.500M10 21v-6h4v6'),
  tasks: line('m9 11 3 3 8-8M20 12v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h9'),
  learnings: line('M12 6v14c-2-2-5-2-9-2V4c4 0 7 0 9 2ZM12 20c2-2 5-2 9-2V4c-4 0-7 0-9 2'),
  trainer: line('m2 9 10-5 10 5-10 5ZM6 11.500V16c0 1.5 3 3 6 3s6-1.5 6-3v-4.500M22 9v6'),
  orders: line('M5 8h14l1 13H4ZM9 8V6a3 3 0 0 1 6 0v2'),
  admin: line('M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6Z'),
  console: line('M3 12h4l3-8 4 16 3-8h4'),
  bell: line('M6 9a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7M10 20a2 2 0 0 0 4 0'),
  theme: icon(svg`<circle cx="12" cy="12" r="9"></circle><path class="filled" d="M12 3a9 9 0 0 1 0 18Z"></path>`),
  leave: line('M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9'),
  remove: line('M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6'),
  clock: icon(svg`<circle cx="12" cy="12" r="9"></circle><path d="M12 7v5l3 2"></path>`),
  close: line('M6 6l12 12M18 6 6 18'),
  again: line('M4 4v5h5M20 20v-5h-5M5 15a8 8 0 0 0 14 2M19 9A8 8 0 0 0 5 7'),
};
