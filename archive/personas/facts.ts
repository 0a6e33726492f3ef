/** What a persona may be: checked before it is recorded, so that no browser has to guess later. */
import { HoldfastError } from '../../contract/errors.ts';
import { type PersonaFacts, personaFactsSchema } from '../../contract/model/persona.ts';
import { parseProxy, proxyRules } from '../../contract/proxy.ts';
import { claimedBrowser } from '../../contract/user-agent.ts';

function bad(message: string): HoldfastError {
  return new HoldfastError('bad-input', message);
}

/** The name as the database of time zones spells it; null where it knows none. */
function timeZoneName(typed: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions();
    // Offsets such as +01:00 are taken too, but not by every engine.
    return /^[A-Za-z]/.test(timeZone) ? timeZone : null;
  } catch {
    return null;
  }
}

/** The facts as they are recorded. Errors: `bad-input`, which says what is expected. */
export function checkedFacts(draft: PersonaFacts): PersonaFacts {
  const parsed = personaFactsSchema.safeParse(draft);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(`The persona cannot have this ${issue?.path.join('.') ?? 'value'}: ${issue?.message ?? ''}.`);
  }
  const { timeZone, userAgent, proxy, ...facts } = parsed.data;
  const zone = timeZone === null ? null : timeZoneName(timeZone);
  if (timeZone !== null && zone === null)
    throw bad(`Expected a time zone such as Europe/Vienna or Asia/Tehran, found "${timeZone}".`);
  if (userAgent !== null && claimedBrowser(userAgent) === null) {
    throw bad(
      'Expected the user agent of a browser with the engine of Chromium (Chrome, Edge, Opera), whole, as such a browser sends it. A page can tell the engine behind any other.',
    );
  }
  const address = proxy === null ? null : parseProxy(proxy);
  if (proxy !== null && address === null) {
    throw bad(
      'Expected a proxy such as socks5://127.0.0.1:9050 or http://proxy.example:3128, without a user name, password or path.',
    );
  }
  return {
    ...facts,
    timeZone: zone,
    userAgent,
    proxy: address === null ? null : proxyRules(address),
  };
}
