/** What is said of a text when it becomes a version: whose it is, and on what terms it may be passed on. */
import type { PolicyKind } from '../../contract/model/policy.ts';

export interface PolicyAbout {
  platform: string;
  policy: string;
  isNorm: boolean;
  jurisdiction: string;
  licence: string;
  attribution: string;
  address: string;
}

export const emptyAbout: PolicyAbout = {
  platform: '',
  policy: '',
  isNorm: false,
  jurisdiction: '',
  licence: '',
  attribution: '',
  address: '',
};

export type AboutName = Exclude<keyof PolicyAbout, 'isNorm'>;

/** Which fields must be filled in. */
export function neededOf({ isNorm }: PolicyAbout): AboutName[] {
  return isNorm ? ['platform', 'policy', 'jurisdiction'] : ['platform', 'policy'];
}

export function isComplete(about: PolicyAbout): boolean {
  return neededOf(about).every((name) => about[name].trim() !== '');
}

/** The same as the archive takes it. */
export function aboutOrder(about: PolicyAbout) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const kind: PolicyKind = about.isNorm ? 'norm' : 'rules';
  return {
    platform: about.platform,
    policy: about.policy,
    kind,
    jurisdiction: about.isNorm ? orNull(about.jurisdiction) : null,
    licence: orNull(about.licence),
    attribution: orNull(about.attribution),
    address: orNull(about.address),
  };
}
