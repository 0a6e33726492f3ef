/** The elements of one post in a page, asked for by their classes. */
import { attribute, type HtmlElement, isElement } from './parse.ts';

/** Elements that may be looked at for all posts of a page: posts nested in posts ask for the same again and again. */
export interface PartsBudget {
  left: number;
}

export const partsBudget = (): PartsBudget => ({ left: 10_000_000 });

export function hasClass(element: HtmlElement, name: string): boolean {
  const value = attribute(element, 'class');
  return value?.includes(name) === true && value.split(/\s+/).includes(name);
}

export class Parts {
  /** In tree order, without those that `skip` answers true for and what is below them. */
  readonly elements: readonly HtmlElement[];

  constructor(root: HtmlElement, budget: PartsBudget, skip: (element: HtmlElement) => boolean = () => false) {
    const found: HtmlElement[] = [];
    const open: HtmlElement[] = [root];
    for (let element = open.pop(); element !== undefined && budget.left > 0; element = open.pop()) {
      budget.left -= 1;
      if (element !== root) found.push(element);
      for (let i = element.childNodes.length - 1; i >= 0; i -= 1) {
        const child = element.childNodes[i];
        if (child !== undefined && isElement(child) && !skip(child)) open.push(child);
      }
    }
    this.elements = found;
  }

  all(className: string): HtmlElement[] {
    return this.elements.filter((element) => hasClass(element, className));
  }

  first(className: string): HtmlElement | null {
    return this.elements.find((element) => hasClass(element, className)) ?? null;
  }

  tag(tagName: string): HtmlElement | null {
    return this.elements.find((element) => element.tagName === tagName) ?? null;
  }

  /** The attribute of the first element with this class that has it. */
  value(className: string, name: string): string | null {
    for (const element of this.all(className)) {
      const value = attribute(element, name);
      if (value !== null) return value;
    }
    return null;
  }
}

/** The address in `background-image: url('…')`. */
export function backgroundOf(element: HtmlElement | null): string | null {
  const style = element === null ? null : attribute(element, 'style');
  return /background-image\s*:\s*url\(\s*(['"]?)(.*?)\1\s*\)/i.exec(style ?? '')?.[2] ?? null;
}
