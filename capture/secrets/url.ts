/** Addresses without the secrets of the session. */
import type { Withheld } from '../../contract/model/recording.ts';
import { distinct, type Hidden, type KnownSecrets } from './known.ts';
import { canBeSearched, isSecretParameter } from './names.ts';

/**
 * Replaces passwords before the host and the values of secret parameters in query and fragment, then every known
 * secret. The rest of the text is left as it is, whether or not it is a valid address.
 */
export function hideInUrl(text: string, secrets: KnownSecrets, where: Withheld['where'] = 'url'): Hidden {
  const withheld: Withheld[] = [];
  const replaced = text
    .replace(
      /^([a-z][a-z\d+.-]*:\/\/[^/?#@:]*:)([^/?#@]+)(?=@)/i,
      (_all, before: string, password: string) => {
        withheld.push(secrets.withhold(password, where, 'password'));
        secrets.search(password, 'password');
        return before + secrets.marker(password);
      },
    )
    .replace(/([?&#;])([^=&#;?]{1,200})=([^&#;\s]+)/g, (all, sign: string, name: string, value: string) => {
      if (!isSecretParameter(decoded(name)) || value.startsWith('withheld:')) return all;
      withheld.push(secrets.withhold(value, where, decoded(name)));
      if (canBeSearched(value, true)) secrets.search(value, decoded(name));
      return `${sign}${name}=${secrets.marker(value)}`;
    });
  const known = secrets.hideIn(replaced, where);
  return { text: known.text, withheld: distinct([...withheld, ...known.withheld]) };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Null: it is no address. Electron 25 has no `URL.canParse`. */
export function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
