/**
 * The nonce that lets Mantine's generated style elements through the content security policy.
 * Out: the nonce that the server wrote into the page, or '' where it wrote none.
 */
export function styleNonce(): string {
  const meta = document.querySelector('meta[property="csp-nonce"]');
  return meta instanceof HTMLMetaElement ? meta.nonce : '';
}

/** The dialog's scroll lock makes a style element of its own and asks this global for the nonce. */
export function publishStyleNonce(nonce: string): void {
  Object.assign(globalThis, { __webpack_nonce__: nonce });
}
