/** The capture view without a page: its state as main would give it, by what stands in the address. */

import type { ShellInput } from '../../../contract/channels.ts';
import type { ErrorCode, Result } from '../../../contract/errors.ts';
import type { AutopilotLimits } from '../../../contract/model/autopilot.ts';
import type { Persona } from '../../../contract/model/persona.ts';
import type { CaptureResult } from '../../../contract/model/recording.ts';
import type { CaptureVerdict } from '../../../contract/model/verdict.ts';
import type { ViewState } from '../../../contract/model/view.ts';
import { reasons } from './archive.ts';
import { captureSpace, idOf, postSpace } from './ids.ts';

const closed: ViewState = {
  open: false,
  url: '',
  title: '',
  loading: false,
  canGoBack: false,
  canGoForward: false,
  capturing: false,
  autopilot: null,
  failure: null,
  certificateError: null,
  connection: 'none',
  refused: [],
  persona: null,
  trail: 'off',
  lookOnly: true,
  blocked: { total: 0, newest: [] },
};

/** What the hosts of the fake do: see `pageAt`. */
export interface FakeView {
  open(address: string | null, persona?: string | null): Result<ViewState>;
  lookOnly(on: boolean): Result<ViewState>;
  trail(on: boolean): Result<ViewState>;
  close(): void;
  go(address: string): Result<ViewState>;
  act(act: ShellInput<'view.act'>['act']): Result<ViewState>;
  capturing(on: boolean, limits?: AutopilotLimits): void;
  url(): string;
}

export function makeFakeView(onState: (state: ViewState) => void, personas: readonly Persona[]): FakeView {
  let state = closed;
  const history: string[] = [];
  let at = -1;

  function become(next: Partial<ViewState>): Result<ViewState> {
    state = { ...state, ...next, canGoBack: at > 0, canGoForward: at < history.length - 1 };
    onState(state);
    return { ok: true, value: state };
  }
  function go(address: string): Result<ViewState> {
    if (state.capturing) return refuse('not-allowed', 'A capture runs. Wait until it is done, or stop it.');
    if (/\s/.test(address)) return refuse('bad-input', 'Expected an address, found words.');
    const url = /^https?:/.test(address) ? address : `https://${address}`;
    history.splice(at + 1, history.length, url);
    at = history.length - 1;
    return become(pageAt(url));
  }
  function refuse(code: ErrorCode, message: string): Result<ViewState> {
    return { ok: false, error: { code, message, details: {} } };
  }
  return {
    open(address, persona) {
      if (persona !== undefined) {
        const worn = personas.find(({ id }) => id === persona);
        const sign =
          worn === undefined
            ? null
            : { id: worn.id, name: worn.name, colour: worn.colour, hasProxy: worn.proxy !== null };
        become({ ...closed, persona: sign, trail: sign === null ? 'off' : 'on' });
      }
      become({ open: true });
      return address === null ? { ok: true, value: state } : go(address);
    },
    close() {
      history.length = 0;
      at = -1;
      become(closed);
    },
    go,
    trail: (on) => become({ trail: on ? 'on' : 'paused' }),
    lookOnly: (on) => become({ lookOnly: on }),
    act(act) {
      const { autopilot } = state;
      if (autopilot !== null && (act === 'pause' || act === 'resume' || act === 'stop')) {
        const phase = { pause: 'paused', resume: 'running', stop: 'ending' } as const;
        return become({ autopilot: { ...autopilot, phase: phase[act] } });
      }
      if (act === 'back' || act === 'forward') at += act === 'back' ? -1 : 1;
      const url = history[at] ?? '';
      return act === 'accept-certificate'
        ? become({ ...pageAt(url), certificateError: null, connection: 'exception' })
        : become(pageAt(url));
    },
    capturing: (on, limits) =>
      void become({
        capturing: on,
        autopilot:
          limits === undefined
            ? null
            : { phase: 'running', waitingUntil: null, posts: 128, screens: 17, seconds: 41 },
      }),
    url: () => state.url,
  };
}

/** 'bad-certificate', 'nowhere', 'slow' and 'refusing' in the address do what they say. */
function pageAt(url: string): Partial<ViewState> {
  const page: Partial<ViewState> = {
    open: true,
    url,
    title: 'Orla Finnegan-Test on an invented platform',
    loading: url.includes('slow'),
    failure: null,
    certificateError: null,
    connection: url.startsWith('https:') ? 'encrypted' : 'plain',
    refused: [],
  };
  if (url.includes('bad-certificate')) {
    const certificateError =
      'The server bad-certificate.invalid shows a certificate that is not accepted: it is issued by nobody whom this computer trusts (ERR_CERT_AUTHORITY_INVALID). It names elsewhere.invalid, was issued by elsewhere.invalid, and is valid from 2026-01-01 to 2026-03-01. SHA-256 fingerprint: 3cd8b9a597a3dfebef843839c1468d0942689bdd9d3cdea9e876c7add36b5e1d.';
    return { ...page, certificateError, connection: 'none' };
  }
  if (url.includes('nowhere')) {
    const failure = 'No server of this name was found (nowhere.invalid, ERR_NAME_NOT_RESOLVED).';
    return { ...page, failure, connection: 'none' };
  }
  if (url.includes('refusing')) {
    return {
      ...page,
      blocked: {
        total: 4,
        newest: [
          {
            action: 'like',
            platform: 'X',
            method: 'POST',
            url: 'https://x.invalid/i/api/graphql/abc/FavoriteTweet',
            times: 3,
          },
          {
            action: 'seen',
            platform: 'Mastodon',
            method: 'POST',
            url: 'https://x.invalid/api/v1/markers',
            times: 1,
          },
        ],
      },
      refused: [
        {
          what: 'window',
          detail: 'https://other.invalid/a/long/address?that=goes&on=and&on=until&nobody=reads&it=any&more=1',
        },
        { what: 'download', detail: 'https://other.invalid/file.zip' },
        { what: 'permission', detail: 'notifications (https://x.invalid/)' },
      ],
    };
  }
  return page;
}

/** What a capture of the page at `url` came to. */
export function captureResultOf(verdict: CaptureVerdict, url: string): CaptureResult {
  return {
    id: idOf(captureSpace, { complete: 1, incomplete: 2, failed: 3 }[verdict]),
    url,
    finalUrl: verdict === 'failed' ? null : `${url}?shown`,
    verdict,
    reasons: verdict === 'complete' ? [] : reasons,
    posts: verdict === 'failed' ? [] : [4, 5, 6, 7].map((index) => idOf(postSpace, index)),
    exchanges: verdict === 'failed' ? 0 : 152,
    bytes: verdict === 'failed' ? 0 : 9_120_400,
  };
}
