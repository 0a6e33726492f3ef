/** What cross-examination would ask of a planned bundle: before it is sealed, while it can be mended. */
import type { Question, QuestionCode } from '../../contract/model/leaving.ts';
import { personaOfCapture } from '../../db/persona.ts';
import { getCheckOf, listWatchChecks, watchOfCheck } from '../../db/watch.ts';
import type { BundlePlan, PlannedCapture, PlannedPost } from '../../evidence/build/plan.ts';
import { essence, pictureTypes } from '../../evidence/bundle/paths.ts';
import type { Archive } from '../archive.ts';

/** A stamp that comes later leaves a day in which nobody but the signer vouches. */
const late = 24 * 60 * 60 * 1000;

type Asked = Omit<Question, 'captureId'>;

/** All of them, capture by capture. */
export function questionsOf(archive: Archive, plan: BundlePlan): Question[] {
  return plan.captures.flatMap((capture) =>
    [
      ...ofStamp(plan, capture),
      ...ofVerdict(capture),
      ...ofVantage(archive, capture),
      ...ofPersona(archive, capture),
      ...ofBystanders(capture),
      ...capture.readings.flatMap(({ posts }) => posts.flatMap(ofPost)),
    ].map((asked) => ({ captureId: capture.sealed.event.body.capture, ...asked })),
  );
}

function ask(code: QuestionCode, message: string, fix: string, postId: string | null = null): Asked[] {
  return [{ code, postId, message, fix }];
}

function ofStamp({ log }: BundlePlan, { checkpoint, sealed }: PlannedCapture): Asked[] {
  const stamp = log.checkpoints.find(({ size }) => size === checkpoint)?.stamp ?? null;
  if (stamp === null) {
    return ask(
      'stamp-missing',
      `Sealed ${sealed.event.time}, and no independent authority has stamped it: its time is your own claim.`,
      'Have the log stamped (timestamp request), attach the answer, compile again.',
    );
  }
  const { time } = stamp.existedNoLaterThan;
  return Date.parse(time) - Date.parse(sealed.event.time) > late
    ? ask(
        'stamp-late',
        `Sealed ${sealed.event.time}, stamped only ${time}.`,
        'Nothing can make an older stamp; stamp after each day of captures.',
      )
    : [];
}

const contextCodes: ReadonlySet<string> = new Set(['context-not-captured', 'posts-missing']);

function ofVerdict({ sealed }: PlannedCapture): Asked[] {
  const { verdict, reasons = [] } = sealed.event.body;
  const context = reasons.filter(({ code }) => contextCodes.has(code));
  const others = reasons.filter(({ code }) => !contextCodes.has(code));
  return [
    ...(context.length === 0
      ? []
      : ask(
          'context-missing',
          `The conversation around the post is not whole: ${context.map(({ message }) => message).join(' ')}`,
          'Capture the page of the thread, and put it into the bundle.',
        )),
    ...(others.length === 0 || verdict === 'complete' || verdict === undefined
      ? []
      : ask(
          'capture-incomplete',
          `The capture is ${verdict}: ${others.map(({ message }) => message).join(' ')}`,
          'Capture the page again while it is there.',
        )),
  ];
}

/** A check that did not reach the post, while no check from elsewhere agrees. */
function ofVantage({ db }: Archive, { sealed }: PlannedCapture): Asked[] {
  const { capture } = sealed.event.body;
  if (getCheckOf(db, capture)?.outcome.kind !== 'not-reachable') return [];
  const watch = watchOfCheck(db, capture);
  const vantages = new Set(
    listWatchChecks(db, watch, 1000)
      .filter(({ outcome }) => outcome.kind === 'not-reachable')
      .map(({ vantage }) => JSON.stringify([vantage.persona, vantage.network, vantage.signedIn])),
  );
  return vantages.size > 1
    ? []
    : ask(
        'one-vantage',
        'The post was not reachable, and that was seen from one vantage alone: it may be hidden from this persona, country or visitor only.',
        'Check it once more with another persona or network (watch check).',
      );
}

function hasPicture({ sealed }: PlannedCapture): boolean {
  return sealed.event.body.artifacts.some(
    ({ role, mediaType }) =>
      role === 'screenshot' || role === 'pdf' || (role !== 'media' && pictureTypes.has(essence(mediaType))),
  );
}

function ofPersona({ db }: Archive, capture: PlannedCapture): Asked[] {
  const persona = personaOfCapture(db, capture.sealed.event.body.capture);
  if (persona === null || !hasPicture(capture)) return [];
  return ask(
    'persona-visible',
    `Captured under the persona ‘${persona.name}’: pictures of the page may show who was signed in.`,
    'Look at the pictures; leave them out or cover the place (redact).',
  );
}

function authorOf({ content: { author, platform } }: PlannedPost): string | null {
  const name = author.platformId ?? author.handle ?? author.name;
  return name === null ? null : `${platform ?? ''} ${name}`;
}

/** Only where something is tagged: else nobody has said yet whom the bundle is about. */
function ofBystanders({ readings }: PlannedCapture): Asked[] {
  const posts = readings.flatMap((reading) => reading.posts);
  const tagged = new Set(posts.filter(({ tags }) => tags.length > 0).flatMap((post) => authorOf(post) ?? []));
  if (tagged.size === 0) return [];
  const others = new Set(posts.flatMap((post) => authorOf(post) ?? []).filter((each) => !tagged.has(each)));
  return others.size === 0
    ? []
    : ask(
        'bystanders-uncovered',
        `It shows posts of ${others.size} ${others.size === 1 ? 'account' : 'accounts'} that nobody tagged.`,
        'Withhold their names and words (redact), where they are not needed as context.',
      );
}

function ofPost(post: PlannedPost): Asked[] {
  const { content, id, tags } = post;
  const asked: Asked[] = [];
  const found = content.sourceOfText?.found;
  if (found === 'rendered-page' || found === 'nowhere') {
    asked.push(
      ...ask(
        'dom-only-text',
        'Its text stands in no recorded answer of a server, only in the page as the browser made it.',
        'Capture it once more with the autopilot, or from the platform’s own page of the post.',
        id,
      ),
    );
  }
  if (tags.some(({ event }) => event.body.considered?.some(({ answer }) => answer === 'not-considered'))) {
    asked.push(
      ...ask(
        'exception-unanswered',
        'A tag leaves an exception of its clause unanswered.',
        'Set the tag anew with an answer to each exception, and withdraw the old one.',
        id,
      ),
    );
  }
  if (tags.length > 0 && content.translation !== undefined) {
    asked.push(
      ...ask(
        'machine-translation',
        'It is shown with the platform’s translation, which nobody checked.',
        'Say in the reason of the tag who read the original, or withhold the translation (redact).',
        id,
      ),
    );
  }
  return asked;
}
