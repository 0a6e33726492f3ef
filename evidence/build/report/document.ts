/** The frame of every HTML file that a bundle brings: no script, nothing from the network. */
import { Html, html } from './html.ts';
import { style } from './style.ts';

/** A whole document. `pictures`: it may show files that lie beside it. */
export function htmlDocument(title: string, body: Html, { pictures }: { pictures: boolean }): string {
  const images = pictures ? " img-src 'self';" : '';
  const policy = `default-src 'none'; style-src 'unsafe-inline';${images} base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}
