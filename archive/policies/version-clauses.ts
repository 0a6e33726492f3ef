/** The clauses of one version, as its text has them. */
import type { VersionClause } from '../../contract/model/policy.ts';
import { listStatements } from '../../db/clause-note.ts';
import { placedText } from '../../evidence/policy/placed.ts';
import type { Archive } from '../archive.ts';
import { loadVersion, versionBytes } from './library.ts';

/** In the order of the text, headings among them. Errors: `policy-version-not-found`, `archive-damaged`. */
export function clausesOfVersion(archive: Archive, versionId: string): VersionClause[] {
  const version = loadVersion(archive.db, versionId);
  const bytes = versionBytes(archive.db, version);
  const said = new Set(listStatements(archive.db, null).map(({ key }) => key));
  return version.parts.map((part) => ({
    kind: part.kind,
    title: part.title,
    level: part.level,
    key: part.key,
    role: part.role,
    roleBasis: part.roleBasis,
    match: part.match,
    likeness: part.likeness,
    isConfirmed: part.isConfirmed,
    text: placedText(bytes, part).text,
    hasStatement: part.key !== null && said.has(part.key),
  }));
}
