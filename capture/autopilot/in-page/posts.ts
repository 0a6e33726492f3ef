/**
 * Posts as they pass, in the page. A list may use the same element for one post after the other: what is remembered is
 * not the element but what stands in it.
 */
export const posts = String.raw`
  /** All that were seen, in the order in which they were first. */
  const seen = [];
  const byIdentity = new Map();
  /** Which post stood in an element when it was last looked at. */
  const inElement = new WeakMap();
  /** States that were not fetched yet, of each post the fullest. */
  const pending = new Map();
  let shown = [];
  let changes = 0;
  let lastSampled = 0;

  const sticky = { parent: null, kind: '' };
  const kindOf = (element) => tagOf(element) + '.' + (attribute(element, 'class') ?? '');
  const outside = 'nav, aside, footer, [role=navigation], [role=complementary], [role=menu], [role=dialog]';

  /** Siblings that look alike and fill the view: posts of a page that marks them in no way. */
  function repeated() {
    const { parent, kind } = sticky;
    if (parent !== null && isConnected(parent)) {
      const same = [...childrenOf(parent)].filter((child) => kindOf(child) === kind);
      if (same.length >= 2) return same;
    }
    const hits = new Map();
    for (let x = 0.25; x < 1; x += 0.25) {
      for (let y = 0.1; y < 1; y += 0.1) {
        let element = at(document, innerWidth * x, innerHeight * y);
        for (let up = 0; element !== null && up < 15; up += 1) {
          const above = parentOf(element);
          if (above === null) break;
          const own = kindOf(element);
          const box = boxOf(element);
          const fits = box.height >= 24 && box.height < innerHeight * 1.5 && box.width > innerWidth * 0.25;
          const alike = fits ? [...childrenOf(above)].filter((child) => kindOf(child) === own) : [];
          if (alike.length >= 3 && closest(above, outside) === null) {
            const found = hits.get(above) ?? { parent: above, kind: own, alike, count: 0 };
            found.count += 1;
            hits.set(above, found);
          }
          element = above;
        }
      }
    }
    const [best] = [...hits.values()].sort((a, b) => b.count - a.count);
    if (best === undefined || best.count < 4) return [];
    sticky.parent = best.parent;
    sticky.kind = best.kind;
    return best.alike;
  }

  /** Without those that stand inside another: they are a part of it. */
  function outermost(found) {
    const set = new Set(found);
    return found.filter((element) => {
      if (closest(element, outside) !== null) return false;
      for (let up = parentOf(element); up !== null; up = parentOf(up)) if (set.has(up)) return false;
      return true;
    });
  }

  function postElements() {
    for (const selector of rules.posts) {
      const found = outermost(all(document, selector));
      // One that is far higher than the view is no post but the frame around all of them.
      const [only] = found;
      const isFrame = found.length === 1 && boxOf(only).height > innerHeight * 2.5;
      if (found.length > 0 && !isFrame) return found;
    }
    return repeated();
  }

  const postPath = new RegExp(rules.postPaths);
  function linkOf(element) {
    for (const link of all(element, 'a[href]')) {
      if (!(link instanceof HTMLAnchorElement) || (attribute(link, 'href') ?? '').startsWith('#')) continue;
      const href = hrefOf(link).replace(/#.*$/s, '');
      if (!/^https?:/.test(href) || href.length > 2000) continue;
      const names = ' ' + (attribute(link, 'rel') ?? '') + ' ' + (attribute(link, 'class') ?? '') + ' ';
      const isMarked = / (?:bookmark|u-url) /.test(names) || all(link, 'time').length > 0;
      if (isMarked || postPath.test(new URL(href).pathname)) return href;
    }
    return null;
  }

  function identityOf(element) {
    const link = linkOf(element);
    if (link !== null) return 'link ' + link;
    for (const name of rules.idAttributes) {
      const own = attribute(element, name);
      if (own !== null && own !== '') return name + ' ' + own;
    }
    return null;
  }

  const unread = 'script, style, time, button, svg, [role=button], [role=group]';
  /** The words that stay the same while counts and 'two minutes ago' change. */
  function wordsOf(element) {
    const skipped = new Set(all(element, unread));
    let text = '';
    const walk = (node) => {
      if (node instanceof Text) text += node.data + ' ';
      else if (node instanceof Element && !skipped.has(node)) for (const child of nodesOf(node)) walk(child);
    };
    for (const child of nodesOf(element)) walk(child);
    return text.replace(/\s+/g, ' ').trim();
  }

  const someWords = (text) => new Set(text.slice(0, 1200).split(' ').filter((word) => word !== ''));
  function alike(a, b) {
    if (a === b || a === '' || b === '') return true;
    const [x, y] = [someWords(a), someWords(b)];
    const common = [...x].filter((word) => y.has(word)).length;
    return common >= 0.5 * Math.min(x.size, y.size);
  }

  /** The post in this element: one that was seen, or a new one. 'taken': those that stand elsewhere in the page now. */
  function postIn(element, words, top, taken) {
    const identity = identityOf(element);
    const key = identity ?? 'words ' + words;
    const known = byIdentity.get(key) ?? [];
    const here = inElement.get(element);
    const free = known.filter((post) => !taken.has(post));
    const found = identity === null
      // The same words can be those of another post: it is the same one where it stands in the same place.
      ? free.find((post) => post === here && Math.abs(post.top - top) <= innerHeight) ??
        free.find((post) => Math.abs(post.top - top) <= innerHeight * 0.5)
      : free.find((post) => alike(post.words, words));
    if (found !== undefined) return found;
    // More was opened in it: the element still holds the words that it held.
    if (identity === null && here !== undefined && !taken.has(here) && here.identity === null &&
        here.words.length >= 24 && words.includes(here.words.slice(0, Math.ceil(here.words.length * 0.6)))) {
      byIdentity.set(key, [...known, here]);
      return here;
    }
    const post = { n: seen.length, identity, words: '', media: -1, top, element: null };
    seen.push(post);
    byIdentity.set(key, [...known, post]);
    return post;
  }

  const withSource = (element) =>
    all(element, 'img, video, audio, source').filter((one) => has(one, 'src') || has(one, 'srcset')).length;

  function stateOf(post, element) {
    const html = htmlOf(element);
    return {
      n: post.n,
      html: html.length > 1024 * 1024 ? null : html,
      text: textIn(element).trim().slice(0, 100_000),
    };
  }

  /** Looks at what stands in and near the view. */
  function sample() {
    lastSampled = changes;
    const offset = moved();
    const taken = new Set();
    const now = [];
    for (const element of postElements()) {
      const box = boxOf(element);
      if (!inView(box, innerHeight)) continue;
      const words = wordsOf(element);
      const media = withSource(element);
      if (words === '' && media === 0) continue;
      const post = postIn(element, words, box.top + offset, taken);
      taken.add(post);
      inElement.set(element, post);
      now.push(post);
      Object.assign(post, { top: box.top + offset, element: new WeakRef(element) });
      const isFuller = words.length > post.words.length || (words.length === post.words.length && media > post.media);
      if (!isFuller) continue;
      Object.assign(post, { words, media });
      pending.set(post, stateOf(post, element));
    }
    // A list that recycles its elements puts them anywhere in the document: what counts is where they are seen.
    shown = now.sort((a, b) => a.top - b.top);
  }

  const isThere = (post) => {
    const element = post.element?.deref();
    return element !== undefined && isConnected(element) && inElement.get(element) === post;
  };

  /** States of posts that were not fetched yet, up to so many characters; 'more': there are others. */
  function take(most) {
    const states = [];
    let size = 0;
    for (const [post, state] of pending) {
      pending.delete(post);
      states.push(state);
      size += state.html?.length ?? 0;
      if (size > most) break;
    }
    return { states, more: pending.size > 0 };
  }

  /** Whatever changed, what only looks different included. */
  let touches = 0;
  new MutationObserver(() => {
    touches += 1;
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  new MutationObserver(() => {
    if (changes === lastSampled) setTimeout(sample, 30);
    changes += 1;
  }).observe(document, { subtree: true, childList: true, characterData: true });
`;
