/** What a Chromium is started with under a persona, so that it also holds for what no page of ours attaches to. */
import type { Persona } from '../../contract/model/persona.ts';
import { parseProxy, proxyBypass, proxyRules } from '../../contract/proxy.ts';
import { notApplied } from './not-applied.ts';

/** Errors: `persona-not-applied`. */
export function personaSwitches({
  languages,
  userAgent,
  proxy,
}: Pick<Persona, 'languages' | 'userAgent' | 'proxy'>): string[] {
  const address = proxy === null ? null : parseProxy(proxy);
  if (proxy !== null && address === null) throw notApplied('its proxy is not understood');
  const [first] = languages;
  return [
    ...(first === undefined ? [] : [`--lang=${first}`, `--accept-lang=${languages.join(',')}`]),
    ...(userAgent === null ? [] : [`--user-agent=${userAgent}`]),
    ...(address === null
      ? []
      : [
          `--proxy-server=${proxyRules(address)}`,
          `--proxy-bypass-list=${proxyBypass}`,
          // No name is asked for here, whatever asks: the proxy does that.
          `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${address.host.replace(/^\[|\]$/g, '')}`,
        ]),
  ];
}

export function personaEnvironment({ timeZone }: Pick<Persona, 'timeZone'>): NodeJS.ProcessEnv {
  return timeZone === null ? {} : { TZ: timeZone };
}
