import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proposeRole } from '../../../evidence/policy/role.ts';
import { splitPolicy } from '../../../evidence/policy/split.ts';
import { hasRealPolicies, realPolicies } from '../../policies/real.ts';

test.each([
  [
    'prohibition',
    'Durch die Anmeldung akzeptierst du unsere Datenschutzerklärung und stimmst zu, Folgendes zu unterlassen: Unsere Dienste zu nutzen, um Spam zu senden.',
  ],
  ['prohibition', 'Du darfst andere nicht wegen ihrer Herkunft, Religion oder Krankheit angreifen.'],
  ['prohibition', 'Sie dürfen auf unserer Plattform keine Gewalt androhen.'],
  ['prohibition', 'Die Verherrlichung von Gewalt ist auf der Plattform strengstens untersagt.'],
  ['prohibition', 'Wir dulden keine Drohungen gegen Menschen oder Gruppen.'],
  [
    'sanction',
    'Die Nichteinhaltung der Bedingungen kann zu einem vorübergehenden oder dauerhaften Ausschluss von den Diensten führen.',
  ],
  [
    'sanction',
    'Kanäle, die Nutzer zum Beitritt verleiten, können beendet oder mit dem Hinweis Betrug versehen und aus der Suche entfernt werden.',
  ],
  ['sanction', 'Bei wiederholten Verstößen wird dein Konto dauerhaft gesperrt.'],
  ['exception', 'Ausnahmen können für die Berichterstattung gemacht werden.'],
  ['exception', 'Diese Richtlinie gilt nicht für Handlungen von Staaten.'],
  ['definition', 'Unter Hassrede verstehen wir Angriffe auf Menschen wegen ihrer Herkunft.'],
  [null, 'Level und verdiente Stimmen können jederzeit geändert oder entfernt werden.'],
  [null, 'Wir behalten uns das Recht vor, diese Nutzungsbedingungen später zu aktualisieren.'],
  [null, 'Du kannst dein Abonnement in den Einstellungen deines Kontos verwalten.'],
])('%s: %s', (role, sentence) => {
  expect(proposeRole(sentence, '', [])).toBe(role);
});

test.each([
  ['exception', 'Was ist kein Verstoß gegen diese Richtlinie?', 'Satire über Amtsträger und die Politik.'],
  [
    'sanction',
    'Was passiert, wenn du gegen diese Richtlinie verstößt?',
    'Wir werden das Konto und die Inhalte sperren.',
  ],
  ['prohibition', 'Verbotene Inhalte', 'Bilder von Gewalt, die für Menschen erniedrigend sind.'],
  [null, 'Wie kann ich einen Verstoß melden?', 'Wir werden die Inhalte prüfen und dann entfernen.'],
])('by its heading, %s: %s', (role, heading, text) => {
  expect(proposeRole(text, heading, [])).toBe(role);
});

test('English words are not read as German ones, nor German ones as English', () => {
  expect(proposeRole('You may not attack the people of a nation.', 'Die Regeln', [])).toBe('prohibition');
  expect(proposeRole('Der Begriff means steht für das Wort und ist erklärt.', '', [])).toBeNull();
});

describe.skipIf(!hasRealPolicies)('the real German texts', () => {
  const folder = join(realPolicies, 'pga-v2', 'Telegram', 'Terms of Service');
  const rolesOf = (name: string) =>
    splitPolicy(readFileSync(join(folder, name), 'utf8')).flatMap(({ role, text }) =>
      role === null ? [] : [[role, text.replace(/\s+/g, ' ').slice(0, 40)]],
    );

  test('the short terms of 2023 have one prohibition and nothing else', () => {
    expect(rolesOf('2023-10-19T003430.md')).toEqual([
      ['prohibition', 'Durch die Anmeldung bei Telegram akzepti'],
    ]);
  });

  test('the terms of 2026 have their prohibition and both sanctions', () => {
    expect(rolesOf('2026-02-18T005342.md')).toEqual([
      ['prohibition', 'Durch die Anmeldung bei Telegram akzepti'],
      ['sanction', 'Die Nichteinhaltung der Telegram-Nutzung'],
      ['sanction', 'Kanäle, die Nutzer durch Verlosungen, de'],
    ]);
  });
});
