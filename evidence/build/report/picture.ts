/** Pictures of a capture, covered until the reader asks: what is kept here can hurt. On paper they are not covered. */
import type { Evidence } from '../../bundle/evidence.ts';
import { essence, pictureTypes } from '../../bundle/paths.ts';
import { type Content, type Html, html } from './html.ts';

export type CapturedFile = Evidence['captures'][number]['artifacts'][number];

export function isPicture(file: CapturedFile): boolean {
  return pictureTypes.has(essence(file.mediaType));
}

/** The report stands in data/; so do the pictures, some folders down. */
export function picture(file: CapturedFile, alt: string, caption: Content): Html {
  const source = file.path.replace(/^data\//, '');
  return html`<figure><input type="checkbox" aria-label="Show the picture"> <span aria-hidden="true">Show the picture</span><div class="cover"><img loading="lazy" src="${source}" alt="${alt}"></div><figcaption>${caption}</figcaption></figure>`;
}
