/* Says to screen readers, and on phones to everybody, what stands in Django's admin without a name:
   cells of tables that have lost their head, and the fields that Select2 draws in place of a select. */

/* --- cells: their column's words; the field in a cell of a form is called so */
function nameCells(root) {
  for (const table of root.querySelectorAll('.tabular table, #result_list')) {
    const heads = [...table.tHead.rows[0].cells].map(head => (head.querySelector('.text') ?? head).textContent.trim());
    for (const row of table.tBodies[0].rows) nameRow(row, heads);
  }
}

function nameRow(row, heads) {
  if (row.cells.length !== heads.length) return;
  [...row.cells].forEach((cell, at) => {
    if (heads[at]) cell.dataset.label = heads[at];
    if (!row.classList.contains('form-row')) return;
    for (const field of cell.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      if (heads[at] && !field.labels.length) field.ariaLabel = heads[at];
    }
  });
}

/* --- Select2: the combo box is called as its select is; the words in it are no text box of their own */
function nameOf(select) {
  return select.labels[0]?.textContent.replace(/:\s*$/, '').trim() || select.ariaLabel || 'Search';
}

function nameChoices(root) {
  for (const select of root.querySelectorAll('select.select2-hidden-accessible')) {
    const drawn = select.nextElementSibling;
    const words = drawn.querySelector('.select2-selection--single .select2-selection__rendered');
    drawn.querySelector('.select2-search__field')?.setAttribute('aria-label', nameOf(select));
    if (!words) continue;
    const box = words.closest('[role=combobox]');
    box.id ||= `${words.id}-box`;
    box.ariaLabel = nameOf(select);
    box.setAttribute('aria-labelledby', `${box.id} ${words.id}`);
    words.removeAttribute('role');
    words.removeAttribute('aria-readonly');
  }
}

function nameAll(root) {
  nameCells(root);
  nameChoices(root);
}

if (window.django?.jQuery) {
  django.jQuery(() => nameAll(document)); // after Django's own, which draw the fields
  django.jQuery(document).on('select2:open', event => {
    const search = document.querySelector('.select2-dropdown .select2-search__field');
    search?.setAttribute('aria-label', nameOf(event.target));
  });
  document.addEventListener('formset:added', () => nameAll(document));
} else {
  nameCells(document);
}
