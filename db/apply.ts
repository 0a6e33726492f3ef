/**
 * Tables as the projection of events: one function per kind, called in the transaction that appends the event, and
 * again, in order, when the projection is rebuilt. It may read events and records, and nothing else from outside.
 */
import type { EventBody, EventDocument, EventKind } from '../contract/events.ts';
import { insertBackup } from './backup.ts';
import { insertBatch, markBatchEnded, markTried } from './batch.ts';
import { insertBundle } from './bundle.ts';
import { insertCapture, insertReading } from './capture.ts';
import {
  insertCase,
  insertExhibit,
  labelExhibit,
  moveExhibit,
  noteExhibit,
  removeExhibit,
  renameCase,
} from './case.ts';
import { insertClause } from './clause.ts';
import { insertClauseLink, insertCorrection, insertStatement } from './clause-note.ts';
import { insertCoding } from './coding.ts';
import { applyAgain } from './earlier-post.ts';
import { insertImportedBundle } from './foreign-log.ts';
import type { WritableDb } from './handle.ts';
import { insertJudgement } from './judgement.ts';
import { liftHold, setHold, setRetention } from './keeping.ts';
import { replacePalette } from './palette.ts';
import { insertPersona, insertPersonaUse, retirePersonaRow, updatePersona } from './persona.ts';
import { insertPhrase, markPhraseRemoved } from './phrase.ts';
import { insertPolicy, insertPolicyVersion } from './policy.ts';
import { eachPostRecord, insertPost } from './post.ts';
import { insertPostCheck } from './post-check.ts';
import { insertPrintedReport } from './printed-report.ts';
import { applyPurge } from './purge.ts';
import { insertRedaction, markRedactionLifted } from './redaction.ts';
import { insertReport } from './report.ts';
import { insertReview } from './review.ts';
import { insertSession } from './session.ts';
import { insertReplacement, insertSigner } from './signer.ts';
import { insertTag } from './tag.ts';
import { insertTimestampRequest, insertTimestampToken } from './timestamp.ts';
import { insertWatch, insertWatchCheck, setWatch } from './watch.ts';

interface Origin {
  sessionId: string;
  time: string;
  eventSeq: number;
}

type Projections = { [K in EventKind]: (db: WritableDb, body: EventBody<K>, origin: Origin) => void };

const projections: Projections = {
  'session.opened': (db, body, { sessionId, time, eventSeq }) =>
    insertSession(db, {
      id: sessionId,
      actor: body.actor,
      signer: body.proof?.signer ?? null,
      openedAt: time,
      eventSeq,
    }),
  // The one row about the archive is kept, not projected: it is there before the first event.
  'archive.created': () => undefined,
  // Its key is kept, not projected: it follows from nothing.
  'log.started': () => undefined,
  'clauses.added': (db, body, { eventSeq }) => {
    for (const clause of body.clauses)
      insertClause(db, { ...clause, pack: `${body.pack.name} ${body.pack.version}` }, eventSeq);
  },
  'capture.sealed': (db, body, { sessionId, eventSeq }) => insertCapture(db, body, { sessionId, eventSeq }),
  // Stands in the log alone, right behind the event whose artifacts it commits to.
  'artifacts.committed': () => undefined,
  'reading.made': (db, body, { sessionId, eventSeq }) => {
    insertReading(db, body, { sessionId, eventSeq });
    for (const record of eachPostRecord(db, body.reading)) insertPost(db, record, body.capture);
    applyAgain(db, body);
  },
  'tag.set': (db, body, origin) => {
    insertTag(db, body, origin);
    insertJudgement(db, body, origin);
  },
  'tag.reviewed': (db, body, origin) => insertReview(db, body, origin),
  'palette.arranged': (db, body, { eventSeq }) => replacePalette(db, body, eventSeq),
  'phrase.added': (db, body, { eventSeq }) => insertPhrase(db, body, eventSeq),
  'phrase.removed': (db, body, { eventSeq }) => markPhraseRemoved(db, body, eventSeq),
  'coding.drawn': (db, body, origin) => insertCoding(db, body, origin),
  'report.filed': (db, body, origin) => insertReport(db, body, origin),
  'bundle.compiled': (db, body, { eventSeq }) => insertBundle(db, body, eventSeq),
  // Stands in the log alone.
  'bundle.decided': () => undefined,
  'redaction.made': (db, body, origin) => insertRedaction(db, body, origin),
  'redaction.lifted': (db, body, { eventSeq }) => markRedactionLifted(db, body, eventSeq),
  'backup.made': (db, body, origin) => insertBackup(db, body, origin),
  // Facts about the file; the log is where they are looked up.
  'archive.restored': () => undefined,
  'recovery.exported': () => undefined,
  'passphrase.changed': () => undefined,
  'signer.added': (db, body, origin) => insertSigner(db, body, origin),
  'signer.replaced': (db, body, origin) => insertReplacement(db, body, origin),
  'bundle.imported': (db, body, { eventSeq }) => insertImportedBundle(db, body, eventSeq),
  // Stands in the log alone: what it refused is not here.
  'log.forked': () => undefined,
  'timestamp.requested': (db, body, { time, eventSeq }) => insertTimestampRequest(db, body, time, eventSeq),
  'timestamp.attached': (db, body, { time, eventSeq }) => insertTimestampToken(db, body, time, eventSeq),
  'policy.added': (db, body, { eventSeq }) => insertPolicy(db, body, eventSeq),
  'version.added': (db, body, { eventSeq }) => insertPolicyVersion(db, body, eventSeq),
  'clause.corrected': (db, body, { eventSeq }) => insertCorrection(db, body, eventSeq),
  'clause.linked': (db, body, { eventSeq }) => insertClauseLink(db, body, eventSeq),
  'statement.added': (db, body, { eventSeq }) => insertStatement(db, body, eventSeq),
  'persona.added': (db, body, { eventSeq }) => insertPersona(db, body, eventSeq),
  'persona.changed': (db, body, { eventSeq }) => updatePersona(db, body, eventSeq),
  'persona.retired': (db, body, { eventSeq }) => retirePersonaRow(db, body, eventSeq),
  // The session itself is kept, not projected: it follows from nothing.
  'persona.session': () => undefined,
  'persona.trail': () => undefined,
  'persona.used': (db, body, { eventSeq }) => insertPersonaUse(db, body, eventSeq),
  'batch.started': (db, body, origin) => insertBatch(db, body, origin),
  'batch.tried': (db, body) => markTried(db, body),
  'batch.ended': (db, body, { eventSeq }) => markBatchEnded(db, body, eventSeq),
  'watch.added': (db, body, origin) => insertWatch(db, body, origin),
  'watch.set': (db, body) => setWatch(db, body),
  'watch.checked': (db, body, origin) => insertWatchCheck(db, body, origin),
  'capture.purged': (db, body, origin) => applyPurge(db, body, origin),
  'hold.set': (db, body, origin) => setHold(db, body, origin),
  'hold.lifted': (db, body, { eventSeq }) => liftHold(db, body, eventSeq),
  'retention.set': (db, body, origin) => setRetention(db, body, origin),
  'post.checked': (db, body, { eventSeq }) => insertPostCheck(db, body, eventSeq),
  'report.printed': (db, body, { eventSeq }) => insertPrintedReport(db, body, eventSeq),
  'case.made': (db, body, origin) => insertCase(db, body, origin),
  'case.changed': (db, body, { eventSeq }) => renameCase(db, body, eventSeq),
  'exhibit.added': (db, body, origin) => insertExhibit(db, body, origin),
  'exhibit.labelled': (db, body, { eventSeq }) => labelExhibit(db, body, eventSeq),
  'exhibit.noted': (db, body, { eventSeq }) => noteExhibit(db, body, eventSeq),
  'exhibit.moved': (db, body) => moveExhibit(db, body),
  'exhibit.removed': (db, body, { eventSeq }) => removeExhibit(db, body, eventSeq),
};

function applyKind<K extends EventKind>(db: WritableDb, kind: K, body: EventBody<K>, origin: Origin): void {
  projections[kind](db, body, origin);
}

/** Projects one event. Inside the caller's transaction. */
export function apply(db: WritableDb, event: EventDocument, seq: number): void {
  applyKind(db, event.kind, event.body, { sessionId: event.session, time: event.time, eventSeq: seq });
}
