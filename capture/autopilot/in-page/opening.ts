/** Controls that show more, and films that load when they are played. */
export const opening = String.raw`
  const shows = new RegExp(rules.shows, 'iu');
  const acts = new RegExp(rules.acts, 'iu');
  const press = member(HTMLElement.prototype, 'click');
  /** For which posts, or after how many, a control was pressed: the same element serves many posts. */
  const pressed = new WeakMap();

  const elsewhere =
    'form, nav, [role=navigation], [role=banner], [role=menu], [role=menubar], [role=tablist], [role=dialog], [contenteditable=""], [contenteditable=true]';
  const acting =
    '[aria-haspopup]:not([aria-haspopup=false]), [aria-pressed], [role=switch], [role=checkbox], [role=tab], [role=menuitem], [disabled], [aria-disabled=true], [type=submit][form]';

  function labelOf(element) {
    const label = attribute(element, 'aria-label');
    return (label !== null && label.trim() !== '' ? label : textIn(element)).replace(/\s+/g, ' ').trim();
  }

  /** A link that leads somewhere: pressing it, or what stands in it, would leave the page. */
  function leads(element) {
    for (let up = element; up !== null; up = parentOf(up)) {
      if (tagOf(up) !== 'a' || !has(up, 'href')) continue;
      const href = (attribute(up, 'href') ?? '').trim();
      if (!/^(?:#.*|javascript:\s*(?:void\s*\(?\s*0\s*\)?)?;?|)$/i.test(href)) return true;
    }
    return false;
  }

  function isOpener(element) {
    if (matches(element, acting) || closest(element, elsewhere) !== null || leads(element)) return false;
    const label = labelOf(element);
    const words = [label, textIn(element).trim(), attribute(element, 'title') ?? ''];
    if (label.length > 80 || words.some((one) => acts.test(one))) return false;
    if (tagOf(element) === 'summary') return parentOf(element) !== null && !has(parentOf(element), 'open');
    if (attribute(element, 'aria-expanded') === 'true') return false;
    return shows.test(label) || (rules.opens !== null && matches(element, rules.opens));
  }

  const placeOf = (element) => {
    const post = shown.find((one) => isThere(one) && contains(one.element.deref(), element));
    return post === undefined ? 'page ' + seen.length : 'post ' + post.n;
  };

  /** The next control in view that shows more and was not pressed there is pressed. Null: there is none. */
  function opener() {
    const selector = 'button, [role=button], summary, a' + (rules.opens === null ? '' : ', ' + rules.opens);
    for (const element of all(document, selector)) {
      const box = boxOf(element);
      if (!inView(box) || !(element instanceof HTMLElement)) continue;
      const place = placeOf(element);
      const before = pressed.get(element) ?? new Set();
      if (before.has(place) || !isOpener(element)) continue;
      const [x, y] = [(Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
        (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
      const hit = at(document, x, y);
      // Something lies over it: a person could not press it either.
      if (hit === null || !(contains(element, hit) || contains(hit, element))) continue;
      pressed.set(element, before.add(place));
      const untouched = touches;
      press(element);
      return { touches: untouched, x, y };
    }
    return null;
  }

  const tried = new WeakMap();
  /** Plays what is in view and was not played; answers how many that were. */
  function play() {
    let count = 0;
    for (const medium of all(document, 'video, audio')) {
      const source = medium.currentSrc || medium.src;
      const isShown = tagOf(medium) === 'audio' ? inView(boxOf(parentOf(medium) ?? medium)) : inView(boxOf(medium));
      if (!isShown || tried.get(medium) === source) continue;
      tried.set(medium, source);
      medium.muted = true;
      medium.preload = 'auto';
      medium.playbackRate = 8;
      medium.play().catch(() => undefined);
      playing.push(medium);
      count += 1;
    }
    return count;
  }
  let playing = [];

  /** How many of the films that were begun are still loading; those that have all they will get are stopped. */
  function stillLoading(stop) {
    playing = playing.filter((medium) => {
      const { buffered, duration } = medium;
      const end = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
      const isWhole = medium.ended || medium.error !== null || (Number.isFinite(duration) && end >= duration - 0.1);
      if (!isWhole && !stop && isConnected(medium)) return true;
      medium.pause();
      medium.playbackRate = 1;
      return false;
    });
    return playing.length;
  }
`;
