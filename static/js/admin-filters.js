/* Select2 calls the words of its choice a text box without a name; they are the name of the combo box around them. */
window.addEventListener('load', () => {
  document.querySelectorAll('.typed-filter .select2-selection__rendered').forEach(words => words.removeAttribute('role'));
});
