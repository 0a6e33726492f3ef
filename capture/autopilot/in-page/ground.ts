/**
 * What the autopilot's scripts in the page stand on. They run in a world of their own, and ask every element through
 * the platform's own getters: the page's scripts can neither see nor change them, and an element with a name
 * ('children', 'body') does not stand in the way.
 */
export const ground = `
  const member = (prototype, name) => {
    const { get, value } = Object.getOwnPropertyDescriptor(prototype, name);
    return get === undefined
      ? (target, ...given) => Reflect.apply(value, target, given)
      : (target) => Reflect.apply(get, target, []);
  };
  const all = (root, selector) =>
    [...(root === document ? documentAll : elementAll)(root, selector)];
  const documentAll = member(Document.prototype, 'querySelectorAll');
  const elementAll = member(Element.prototype, 'querySelectorAll');
  const closest = member(Element.prototype, 'closest');
  const matches = member(Element.prototype, 'matches');
  const attribute = member(Element.prototype, 'getAttribute');
  const has = member(Element.prototype, 'hasAttribute');
  const boxOf = member(Element.prototype, 'getBoundingClientRect');
  const childrenOf = member(Element.prototype, 'children');
  const tagOf = member(Element.prototype, 'localName');
  const nodesOf = member(Node.prototype, 'childNodes');
  const contentOf = member(Node.prototype, 'textContent');
  const parentOf = member(Node.prototype, 'parentElement');
  const contains = member(Node.prototype, 'contains');
  const isConnected = member(Node.prototype, 'isConnected');
  const htmlOf = member(Element.prototype, 'outerHTML');
  const shownText = member(HTMLElement.prototype, 'innerText');
  const at = member(Document.prototype, 'elementFromPoint');
  const rootOf = member(Document.prototype, 'documentElement');
  const mainScroller = member(Document.prototype, 'scrollingElement');
  const hrefOf = member(HTMLAnchorElement.prototype, 'href');

  const textIn = (element) =>
    element instanceof HTMLElement ? String(shownText(element)) : String(contentOf(element) ?? '');
  const isVisible = (box) => box.width > 0 && box.height > 0;
  const inView = (box, more = 0) =>
    isVisible(box) && box.bottom > -more && box.top < innerHeight + more && box.right > 0 && box.left < innerWidth;
`;
