import type { AutopilotState } from '../../contract/model/autopilot.ts';
import type { Action } from '../../contract/model/look-only.ts';
import type { Access } from '../../contract/model/persona.ts';
import type { Reason } from '../../contract/model/verdict.ts';
import type { Refusal, ViewState } from '../../contract/model/view.ts';
import { counted } from '../shared/sizes.ts';

export const captureMessages = {
  heading: 'Capture',
  intro: 'Open the post in this view, then press Capture. Only this view reaches the network.',
  toolbar: 'Address and page',
  address: 'Address of the page',
  addressPlaceholder: 'https://',
  go: 'Go',
  back: 'Back',
  forward: 'Forward',
  reload: 'Load again',
  stop: 'Stop loading',
  capture: 'Capture',
  captureAgain: 'Capture again',
  close: 'Close the page',
  closeHelp:
    'Ends the page and forgets its cookies and everything else that it kept, unless a persona keeps them.',
  view: 'The page',
  /** Read to those who cannot see that a page lies here. */
  viewHelp: 'The page lies over this part of the window. F6 goes to it and comes back.',
  keys: 'Ctrl+L address, F6 page, Ctrl+Shift+S capture, Esc stop, F9 stop and purge',
  purge: 'Stop and purge (F9)',
  purgeHelp:
    'For what nobody may keep: stops at once, destroys what was received, closes the page. Its address and the time stay in the custody log.',
  purged: (leaf: number) =>
    `Stopped and purged by leaf ${leaf}. Only the address and the time stay, in the custody log.`,
  purgedAt: (time: string) => `It was opened or begun at ${time}.`,
  closePurged: 'Close this message',
  persona: 'Persona',
  noPersona: 'No persona (fresh session)',
  as: 'Persona:',
  throughProxy: 'through its proxy',
  access: 'Who can see the page, as you say',
  accesses: {
    public: 'Public',
    'sign-in': 'Sign-in needed',
    approval: 'Approval needed',
  } satisfies Record<Access, string>,
  lookOnly: 'Look only',
  lookOnlyOn: 'Likes, follows, posts, votes and “seen” are not sent.',
  lookOnlyOff: 'Everything that the page wants to send is sent.',
  blocked: (count: number) => `Not sent, because of look-only: ${counted(count, 'request')}`,
  actions: {
    like: 'Like',
    follow: 'Follow',
    post: 'Post or comment',
    repost: 'Repost',
    vote: 'Vote',
    message: 'Message',
    seen: 'Mark as seen',
    save: 'Save or pin',
    mute: 'Mute or block',
    report: 'Report',
    change: 'Change',
  } satisfies Record<Action, string>,
  loading: 'Loading',
  capturing: 'Capturing the page',
  capturingHelp: 'The page is loaded again and recorded. Until that is done it takes no other orders.',
  autopilot: {
    name: 'Autopilot',
    choose: 'Go through the page (autopilot)',
    help: 'Scrolls to the end, opens what shows more, plays films without sound. For profiles, threads and lists; a single post needs it only for its replies.',
    limits: { posts: 'Most posts', screens: 'Most screens', minutes: 'Most minutes' },
    phases: {
      running: 'The autopilot goes through the page',
      paused: 'The autopilot waits; the recording goes on',
      ending: 'The scrolling is over; what passed is put together and sealed',
    } satisfies Record<AutopilotState['phase'], string>,
    seen: (posts: string, screens: string, seconds: string) =>
      `${posts} posts seen on ${screens} screens in ${seconds} s`,
    progress: (posts: string) => `Posts seen, of at most ${posts}`,
    pause: 'Pause',
    resume: 'Go on scrolling',
    stop: 'Stop scrolling and seal',
  },
  empty: 'No page is open yet',
  emptySteps: [
    'Type or paste the address of the post above, and go there.',
    'Look at the page, scroll, open what belongs to it. What you see is not kept yet.',
    'Press Capture. The page is loaded again, and everything that the network delivers is recorded byte for byte, with a picture of the page, its text, and the posts in it.',
    'Read the verdict before you leave: it says whether anything is missing.',
  ],
  emptyRules:
    'Without a persona the view begins without cookies and forgets everything when it is closed; a persona keeps its session in the encrypted archive. Signing in is not recorded: only Capture records. New windows, downloads and permissions are refused and listed here.',
  failed: 'The page is not there',
  tryAgain: 'Try again',
  certificate: 'The server cannot prove who it is',
  certificateAdvice:
    'Somebody between you and the server could read and change what it sends. If the page is needed as evidence all the same, go on: the error is recorded with the capture.',
  certificateAccept: 'Continue for this capture only',
  refused: (count: number) => `Refused to this page: ${counted(count, 'thing')}`,
  openHere: 'Open here',
  openThis: (address: string) => `Open here: ${address}`,
  connection: {
    none: '',
    plain: 'Not encrypted (http): anyone on the way can read and change this page.',
    encrypted: 'Encrypted (https), with a certificate that this computer trusts.',
    exception:
      'Encrypted (https), but with a certificate that you accepted by hand: who answers is not known.',
  } satisfies Record<ViewState['connection'], string>,
  refusals: {
    download: 'Download',
    window: 'New window',
    permission: 'Permission',
    navigation: 'Address outside the web',
    'sign-in': 'Sign-in dialog',
  } satisfies Record<Refusal['what'], string>,
  verdict: 'Verdict',
  verdicts: {
    complete: {
      title: 'Complete',
      text: 'Nothing was seen to be missing. What was recorded is sealed in the archive.',
    },
    incomplete: {
      title: 'Incomplete',
      text: 'Something is missing. What was recorded is sealed in the archive; capture again while the page is still there.',
    },
    failed: {
      title: 'Failed',
      text: 'The page was not recorded. What little there is is sealed in the archive, with the reasons.',
    },
  },
  missing: 'What is missing',
  posts: (count: number) => `${counted(count, 'post')} read`,
  showPost: (number: number) => `Post ${number}`,
  showPosts: 'Posts found',
  sums: (exchanges: string, bytes: string) => `${exchanges} recorded, ${bytes} received`,
  openCapture: 'Open in the library',
  reached: 'Address reached',
  dismiss: 'Close this verdict',
} as const;

/** Reasons in a few words; the sentence of the recorder or the archive follows. */
export const reasonTitles: Record<Reason['code'], string> = {
  'navigation-failed': 'The page did not load',
  'certificate-error': 'The certificate was not valid',
  'response-truncated': 'An answer broke off',
  'response-failed': 'An answer failed',
  'response-hangs': 'An answer did not end',
  'body-not-recorded': 'A body was not recorded',
  'login-wall': 'The page asks for a sign-in',
  interstitial: 'A page stands in front of the post',
  'no-post-read': 'No post was read',
  'media-missing': 'Pictures or videos are missing',
  'screenshot-failed': 'There is no picture of the page',
  'context-not-captured': 'The context is not captured',
  'clock-step': 'The clock of this computer was changed',
  interrupted: 'The capture was interrupted',
  'stopped-by-user': 'You stopped it',
  'not-settled': 'The page did not come to rest',
  stalled: 'The page stopped giving more',
  'limit-reached': 'The autopilot came to its limit',
  'posts-missing': 'Posts that were seen are not stored',
};
