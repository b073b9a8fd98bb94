/* Select2 calls the words of its choice a text box without a name; they are the name of the combo box around them.
   Django's jQuery runs this after the fields are made. */
django.jQuery(() => {
  for (const words of document.querySelectorAll('.typed-filter .select2-selection__rendered')) {
    words.removeAttribute('role');
    words.removeAttribute('aria-readonly');
  }
});
