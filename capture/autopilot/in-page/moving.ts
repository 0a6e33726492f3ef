/** Moving on through the page, and whether more is on its way. */
export const moving = `
  const topOf = member(Element.prototype, 'scrollTop');
  const heightOf = member(Element.prototype, 'scrollHeight');
  const viewOf = member(Element.prototype, 'clientHeight');
  const scrollTo = member(Element.prototype, 'scrollTo');

  function canScroll(element) {
    if (heightOf(element) - viewOf(element) < 8 || viewOf(element) < 100) return false;
    return element === mainScroller(document) || /auto|scroll|overlay/.test(getComputedStyle(element).overflowY);
  }

  /** What can be scrolled around an element, from the inside out. */
  function scrollersOf(element) {
    const found = [];
    for (let up = element; up !== null; up = parentOf(up)) if (canScroll(up)) found.push(up);
    const main = mainScroller(document);
    if (main !== null && !found.includes(main)) found.push(main);
    return found;
  }

  const inMiddle = () => at(document, innerWidth / 2, innerHeight / 2) ?? rootOf(document);
  function scrollers() {
    const post = shown.find(isThere)?.element.deref();
    return scrollersOf(post ?? inMiddle());
  }

  /** How far everything around the posts is scrolled, together. */
  const moved = () => scrollers().reduce((sum, one) => sum + topOf(one), 0);

  /** Since it was last moved the page was drawn twice: its scripts know where it stands. */
  let drawn = true;

  /** Moves by a part of what is to be seen; answers by how many pixels. */
  function move(part) {
    drawn = false;
    requestAnimationFrame(() => requestAnimationFrame(() => { drawn = true; }));
    for (const one of scrollers()) {
      const before = topOf(one);
      scrollTo(one, { top: before + part * Math.min(viewOf(one), innerHeight), behavior: 'instant' });
      const by = topOf(one) - before;
      if (Math.abs(by) >= 1) return by;
    }
    return 0;
  }

  const spinners =
    '[aria-busy=true], [role=progressbar], progress:not([value]), [class*=spinner i], [class*=loader i], [class*=loading i], [data-testid*=loading i]';
  const loadingWords = new RegExp(rules.loading, 'i');

  /** Something behind the last post says that more is on its way. */
  function isWaiting() {
    const last = shown.filter(isThere).map((post) => boxOf(post.element.deref()).bottom);
    const from = Math.min(Math.max(0, ...last) - 8, innerHeight - 40);
    const isBehind = (element) => {
      const box = boxOf(element);
      return inView(box) && box.top >= from && element.checkVisibility({ checkOpacity: true });
    };
    if (all(document, spinners).some((one) => isBehind(one))) return true;
    const turning = document.getAnimations().some(({ effect }) => {
      const target = effect?.target;
      if (!(target instanceof Element) || effect.getTiming().iterations !== Infinity) return false;
      return boxOf(target).height <= 160 && isBehind(target);
    });
    if (turning) return true;
    for (let y = Math.max(from, 0); y < innerHeight; y += 12) {
      const element = at(document, innerWidth / 2, y);
      if (element === null || boxOf(element).top < from) continue;
      if (loadingWords.test(textIn(element).trim().slice(0, 60))) return true;
    }
    return false;
  }
`;
