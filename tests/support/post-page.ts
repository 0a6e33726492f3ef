/** Saved pages for tests. */

/** A saved page with one post. */
export function postPage(text: string, author = 'Ada Example'): string {
  const post = {
    '@context': 'https://schema.org',
    '@type': 'SocialMediaPosting',
    url: 'https://social.example/ada/1',
    author: { '@type': 'Person', name: author, alternateName: '@ada' },
    datePublished: '2021-01-14T10:00:00Z',
    articleBody: text,
  };
  const json = JSON.stringify(post).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A post</title><script type="application/ld+json">${json}</script>`;
}
