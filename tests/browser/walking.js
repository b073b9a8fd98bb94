// What the keyboard walk asks inside the page: which controls Tab must reach, and how the focused one looks.
(() => {
  const CONTROLS = 'a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable="true"]';
  const INDICATORS = ['outline', 'boxShadow', 'border', 'backgroundColor', 'textDecoration'];
  let stops = [];

  /** What a person sees of the control: the label stands for a radio or checkbox that is only there for the keyboard. */
  const seen = element => {
    const hidden = element.matches('input') && Number(getComputedStyle(element).opacity) === 0;
    return (hidden && element.closest('label')) || element;
  };
  const style = element => {
    const css = getComputedStyle(seen(element));
    return INDICATORS.map(name => (name === 'outline' && css.outlineStyle === 'none' ? '' : css[name])).join(' | ');
  };
  const described = element => {
    const words = (element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? '').trim();
    return `<${element.localName}${element.id && `#${element.id}`}> ${words.replace(/\s+/g, ' ').slice(0, 40)}`;
  };
  /** Of the radios of one name, Tab stops at the checked one, or at the first. */
  const stopsInItsGroup = (element, all) => {
    if (element.type !== 'radio') return true;
    const group = all.filter(other => other.type === 'radio' && other.name === element.name && other.form === element.form);
    return element === (group.find(other => other.checked) ?? group[0]);
  };

  const collect = () => {
    const all = [...document.querySelectorAll(CONTROLS)].filter(
      element => element.tabIndex >= 0 && !element.disabled && !element.closest('[inert]')
        && element.getClientRects().length > 0 && element.checkVisibility({visibilityProperty: true}));
    stops = all.filter(element => stopsInItsGroup(element, all))
      .filter(element => !(element.matches('summary') && element !== element.parentElement.querySelector('summary')))
      .map(element => ({element, before: style(element)}));
  };

  /** The part of the element that is inside the window, or nothing. */
  const inWindow = element => [...seen(element).getClientRects()].map(box => ({
    left: Math.max(box.left, 0), right: Math.min(box.right, document.documentElement.clientWidth),
    top: Math.max(box.top, 0), bottom: Math.min(box.bottom, document.documentElement.clientHeight),
  })).find(box => box.right - box.left >= 1 && box.bottom - box.top >= 1);

  const covering = element => {
    const box = inWindow(element);
    if (!box) return 'is out of view';
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const own = hit && (seen(element).contains(hit) || hit.contains(element) || [...(element.labels ?? [])].some(label => label.contains(hit)));
    return own ? '' : `is covered by ${hit ? described(hit) : 'nothing that can be hit'}`;
  };

  window.walk = {
    /** Begin before the first control; answers how many stops there are. */
    begin() {
      document.activeElement?.blur();
      scrollTo(0, 0);
      collect();
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
      return stops.map(({element}) => described(element));
    },
    /** Where the focus is: [number of the stop or -1, what it is, what is wrong there]; nothing when it has left the page. */
    here() {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return null;
      const number = stops.findIndex(stop => stop.element === element);
      const wrong = [covering(element)];
      if (number >= 0 && style(element) === stops[number].before) wrong.push('looks the same with the focus as without');
      return [number, described(element), wrong.filter(Boolean)];
    },
  };
})();
