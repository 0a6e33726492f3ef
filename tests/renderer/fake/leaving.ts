/** What leaves, as the fake desk answers it. */
import type { LeavingOrder, LeavingPreview } from '../../../contract/model/leaving.ts';
import type { Redaction, RedactionDraft } from '../../../contract/model/redaction.ts';
import { captureSpace, idOf } from './ids.ts';

/** Recorded, with a picture of the page. */
const captureId = idOf(captureSpace, 1);
const postId = '01970000-0000-7000-8000-0000000000c2';

export function leavingOf({ profile, include, acceptLeaks, wacz }: LeavingOrder): LeavingPreview {
  const leaks = [
    {
      code: 'e-mail' as const,
      key: '39daad4e3908',
      shown: 'ada@private.example',
      fileCount: 3,
      ofOthers: false,
    },
    {
      code: 'persona-name' as const,
      key: '5f1c0d2b7a99',
      shown: 'مریم پرنده',
      fileCount: 1,
      ofOthers: false,
    },
    {
      code: 'e-mail' as const,
      key: '7c0ffee1a2b3',
      shown: 'harbour@news.example',
      fileCount: 2,
      ofOthers: true,
    },
  ];
  return {
    profile,
    captures: 4,
    posts: 31,
    tags: 6,
    persons: [
      { name: 'Dana Invented', basis: 'claimed', signer: null },
      { name: 'Ida Lind', basis: 'proven', signer: 'ab'.repeat(32) },
    ],
    personas: [{ name: 'Mérida Quill', captures: 2 }],
    accounts: [
      { what: '@crowsayer', count: 24 },
      { what: '@پرنده', count: 7 },
    ],
    hosts: [{ what: 'social.example', count: 4 }],
    notes: [{ of: 'tag', text: 'Calls villagers vermin.' }],
    leftOut: include.includes('reports-with-notes') ? [] : [{ class: 'reports-with-notes', count: 1 }],
    cut: wacz === 'whole' ? [] : [{ captureId, records: 14, of: 3120, size: 812_345 }],
    listed: [{ captureId, name: 'https://social.example/crowsayer/status/20' }],
    leaks: leaks.map((leak) => ({
      ...leak,
      files: [`data/captures/${captureId}/page.mhtml`],
      accepted: acceptLeaks.includes(`${leak.code}:${leak.key}`),
    })),
    questions: [
      {
        code: 'stamp-missing',
        captureId,
        postId: null,
        message:
          'Sealed 2026-05-02T09:00:04.250Z, and no independent authority has stamped it: its time is your own claim.',
        fix: 'Have the log stamped (timestamp request), attach the answer, compile again.',
      },
      {
        code: 'exception-unanswered',
        captureId,
        postId,
        message: 'A tag leaves an exception of its clause unanswered.',
        fix: 'Set the tag anew with an answer to each exception, and withdraw the old one.',
      },
    ],
  };
}

export const noWords: RedactionDraft = {
  captureId,
  hides: { what: 'words', words: ['none'] },
  because: 'none',
};

export function redactionOf(draft: RedactionDraft): Redaction {
  return {
    id: `01970000-0000-7000-8000-${draft.because.length.toString(16).padStart(11, '0')}${draft.hides.what.length % 10}`,
    ...draft,
    actor: { name: 'Dana Invented', basis: 'claimed', signer: null },
    time: '2026-05-02T09:00:04.250Z',
    lifted: false,
  };
}
