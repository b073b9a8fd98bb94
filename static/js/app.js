// What every page needs beyond HTML and htmx: messages, dialogs, light or dark.

const toasts = document.getElementById('toasts');

/** Show a message in the live region, with a button that puts it away. */
export function say(words) {
  const toast = document.createElement('div');
  toast.className = 'toast';
  const text = document.createElement('span');
  text.textContent = words;
  toast.append(text);
  toasts?.append(toast);
}

function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.classList.add('i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(ns, 'use');
  use.setAttribute('href', `${toasts.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** Give a message its close button; it stays long enough to be read, and while it is pointed at or focused. */
function settle(toast) {
  if (toast.dataset.settled) return;
  toast.dataset.settled = 'yes';
  const close = document.createElement('button');
  close.type = 'button';
  close.setAttribute('aria-label', 'Put this message away');
  close.append(icon('x'));
  close.addEventListener('click', () => toast.remove());
  toast.append(close);
  const leave = () => (toast.matches(':hover, :focus-within') ? setTimeout(leave, 2000) : toast.remove());
  setTimeout(leave, 6000 + 60 * toast.textContent.length);
}

if (toasts) {
  const settleAll = () => toasts.querySelectorAll('.toast').forEach(settle);
  new MutationObserver(settleAll).observe(toasts, {childList: true});
  settleAll();
}

// --- what htmx cannot do by itself: an answer that is no page, or none at all
const WORDS = {
  401: 'You are signed out. Sign in again in another tab, then repeat this.',
  403: 'This was refused. Reload the page and try again.',
  404: 'This is no longer here. Reload the page.',
  413: 'This is too large to send.',
  429: 'Too many tries at once. Wait a minute, then repeat this.',
};
document.addEventListener('htmx:responseError', event => {
  say(WORDS[event.detail.xhr.status] ?? 'That did not work on our side. Nothing was changed; try again in a minute.');
});
document.addEventListener('htmx:sendError', () => say('The server cannot be reached. Check the connection, then try again.'));
document.addEventListener('toast', event => say(event.detail.value ?? event.detail)); // HX-Trigger: {"toast": "..."}

// --- dialogs: a button with data-dialog="id" opens, data-close closes, a click beside it closes too
document.addEventListener('click', event => {
  const opener = event.target.closest('[data-dialog]');
  if (opener) {
    document.getElementById(opener.dataset.dialog)?.showModal();
    return;
  }
  const dialog = event.target.closest('dialog');
  if (dialog && (event.target.closest('[data-close]') || event.target === dialog)) dialog.close();
});

// --- a menu closes when what it holds is sent, and on a click beside it
const closeMenus = event => document.querySelectorAll('.print-how[open]').forEach(menu => {
  if (event.type === 'submit' || !menu.contains(event.target)) menu.open = false;
});
document.addEventListener('submit', closeMenus);
document.addEventListener('click', closeMenus);

// --- how a print ended is put away by following its link, or by a click beside it
document.addEventListener('click', ({target}) => {
  const ended = document.querySelector('.bar .print:not([hx-get])');
  if (ended && (!ended.contains(target) || target.closest('a'))) ended.replaceChildren();
});

// --- light or dark: the choice is a cookie, so that the server renders the next page in it
const themes = document.querySelector('[data-theme-switch]');
if (themes) {
  themes.hidden = false;
  themes.addEventListener('change', event => {
    const theme = event.target.value;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  });
}
