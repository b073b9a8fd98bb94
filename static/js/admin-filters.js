/* An empty filter that is typed has no words of its own for those who listen: its title says what it is. */
window.addEventListener('load', () => {
  for (const form of document.querySelectorAll('.typed-filter')) {
    const shown = form.querySelector('.select2-selection__rendered');
    if (shown && !shown.title) shown.title = `Any ${form.querySelector('label').textContent.trim()}`;
  }
});
