/** A page as Facebook and Instagram send it: what it shows stands in one of its scripts, behind several calls. */
export type Json = Record<string, unknown>;

/** `data`: answers that the page would else ask for, a script each. */
export function relayPage(title: string, data: readonly Json[]): string {
  const scripts = data.map((result) => {
    const call = [
      'RelayPrefetchedStreamCache',
      'next',
      [],
      ['adp_x', { __bbox: { complete: true, result } }],
    ];
    const all = { require: [['ScheduledServerJS', 'handle', null, [{ __bbox: { require: [call] } }]]] };
    const json = JSON.stringify(all).replaceAll('<', '\\u003C');
    return `<script type="application/json" data-content-len="${json.length}" data-sjs>${json}</script>`;
  });
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><div id="mount_0_0"></div>${scripts.join('\n')}</body></html>`;
}
