/** How clauses hang together: proposed by where they stand, or set by a person. */
import type { ClauseLink, ClauseRole } from '../../contract/model/policy.ts';

interface Standing {
  key: string;
  role: ClauseRole | null;
  path: readonly string[];
}

/** Not more are proposed for one clause: a page with so many says nothing about which belongs to which. */
const mostProposed = 24;

/** The headings under which the rule stands that this exception or sanction belongs to. */
const ruleOver = (path: readonly string[]): string => JSON.stringify(path.slice(0, -1));

/**
 * The exceptions, sanctions and definitions that stand beside a prohibition, under the same heading or under one beside
 * it ('What is not a violation of this policy?').
 */
export function proposeLinks(clauses: readonly Standing[]): Map<string, ClauseLink[]> {
  const rules = new Map<string, Standing[]>();
  for (const clause of clauses) {
    if (clause.role !== 'prohibition' || clause.path.length === 0) continue;
    for (const place of new Set([ruleOver(clause.path), JSON.stringify(clause.path)])) {
      const group = rules.get(place);
      if (group === undefined) rules.set(place, [clause]);
      else group.push(clause);
    }
  }
  const links = new Map<string, ClauseLink[]>();
  const add = (key: string, link: ClauseLink): void => {
    const list = links.get(key);
    if (list === undefined) links.set(key, [link]);
    else if (list.length < mostProposed) list.push(link);
  };
  for (const { key, role, path } of clauses) {
    if (role === null || role === 'prohibition' || path.length === 0) continue;
    const kind = role === 'exception' ? 'limits' : role === 'sanction' ? 'follows' : 'defines';
    const here = rules.get(JSON.stringify(path)) ?? [];
    const beside = path.length > 1 ? (rules.get(ruleOver(path)) ?? []) : [];
    for (const rule of new Set([...here, ...beside])) {
      const link: ClauseLink = { id: null, from: key, to: rule.key, kind, basis: 'proposed', because: null };
      add(rule.key, link);
      add(key, link);
    }
  }
  return links;
}
