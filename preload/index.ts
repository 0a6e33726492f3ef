/**
 * The one bridge between the window and main: named functions, nothing generic. Only types are imported from the
 * contract, so that nothing but `electron` is required in the sandbox.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type {
  HostChannel,
  HostOutput,
  PushChannel,
  PushMessage,
  ShellChannel,
  ShellOutput,
} from '../contract/channels.ts';
import type { Result } from '../contract/errors.ts';
import type { HoldfastWindow, HostCall, Listen, ShellCall } from '../contract/window.ts';

const hostCall =
  <C extends HostChannel>(channel: C): HostCall<C> =>
  (input, callId) =>
    ask<HostOutput<C>>(channel, input, callId);

const shellCall =
  <C extends ShellChannel>(channel: C): ShellCall<C> =>
  (input) =>
    ask<ShellOutput<C>>(channel, input);

/** Main answers with a `Result`; that no answer came at all is told in the same form. */
async function ask<T>(channel: string, input: unknown, callId?: number): Promise<Result<T>> {
  try {
    return await ipcRenderer.invoke(channel, input, callId);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      error: { code: 'internal', message: `The call ${channel} was not answered: ${reason}`, details: {} },
    };
  }
}

const listen =
  <C extends PushChannel>(channel: C): Listen<C> =>
  (listener) => {
    // The event itself stays here: it would hand the window a sender.
    const relay = (_event: unknown, message: PushMessage<C>): void => listener(message);
    ipcRenderer.on(`push.${channel}`, relay);
    return () => {
      ipcRenderer.removeListener(`push.${channel}`, relay);
    };
  };

/** Electron before 32 has no `webUtils` here and puts the path on the file itself. */
function pathOf(file: unknown): string {
  if (!(file instanceof File)) return '';
  if (typeof webUtils?.getPathForFile === 'function') return webUtils.getPathForFile(file);
  const path: unknown = Reflect.get(file, 'path');
  return typeof path === 'string' ? path : '';
}

const holdfast: HoldfastWindow = {
  createArchive: hostCall('archive.create'),
  openArchive: hostCall('archive.open'),
  lockArchive: hostCall('archive.lock'),
  archiveStatus: hostCall('archive.status'),
  rebuild: hostCall('archive.rebuild'),
  backUp: hostCall('archive.backup'),
  restore: hostCall('archive.restore'),
  checkArchive: hostCall('archive.check'),
  saveRecoverySheet: hostCall('archive.recoverySheet'),
  estimatePassphrase: hostCall('passphrase.estimate'),
  changePassphrase: hostCall('passphrase.change'),
  listEvents: hostCall('events.list'),
  logStatus: hostCall('log.status'),
  verifyLog: hostCall('log.verify'),
  makeCheckpoint: hostCall('log.checkpoint'),
  proveCapture: hostCall('log.prove'),
  importFiles: hostCall('import.files'),
  listCaptures: hostCall('captures.list'),
  getCapture: hostCall('capture.get'),
  rereadCapture: hostCall('capture.reread'),
  planPurge: hostCall('purge.plan'),
  purgeCapture: hostCall('purge.capture'),
  listKeeping: hostCall('keeping.list'),
  holdCapture: hostCall('keeping.hold'),
  liftHold: hostCall('keeping.lift'),
  retainCapture: hostCall('keeping.retain'),
  listExchanges: hostCall('capture.exchanges'),
  listCaptureEvents: hostCall('capture.events'),
  listPosts: hostCall('posts.list'),
  getPost: hostCall('posts.get'),
  listClauses: hostCall('clauses.list'),
  listTags: hostCall('tags.list'),
  addTag: hostCall('tags.add'),
  findClauses: hostCall('clauses.find'),
  prepareTag: hostCall('tags.prepare'),
  addTags: hostCall('tags.addMany'),
  reviewTag: hostCall('tags.review'),
  listInbox: hostCall('tags.inbox'),
  getPalette: hostCall('palette.get'),
  arrangePalette: hostCall('palette.set'),
  listPhrases: hostCall('phrases.list'),
  addPhrase: hostCall('phrases.add'),
  removePhrase: hostCall('phrases.remove'),
  suggestTags: hostCall('phrases.suggest'),
  drawCoding: hostCall('codings.draw'),
  listCodings: hostCall('codings.list'),
  nextToCode: hostCall('codings.next'),
  codingResult: hostCall('codings.result'),
  listCases: hostCall('cases.list'),
  readCase: hostCall('cases.read'),
  makeCase: hostCall('cases.make'),
  addExhibits: hostCall('cases.add'),
  changeCase: hostCall('cases.change'),
  labelExhibit: hostCall('cases.label'),
  noteExhibit: hostCall('cases.note'),
  moveExhibit: hostCall('cases.move'),
  removeExhibit: hostCall('cases.remove'),
  listPersonas: hostCall('personas.list'),
  addPersona: hostCall('personas.add'),
  changePersona: hostCall('personas.change'),
  retirePersona: hostCall('personas.retire'),
  clearPersonaSession: hostCall('personas.clearSession'),
  listTrail: hostCall('trail.list'),
  purgeTrail: hostCall('trail.purge'),
  addReport: hostCall('reports.add'),
  listReports: hostCall('reports.list'),
  listPolicies: hostCall('policies.list'),
  listPolicyVersions: hostCall('policies.versions'),
  listVersionClauses: hostCall('policies.clauses'),
  clausesOn: hostCall('policies.on'),
  diffPolicyVersions: hostCall('policies.diff'),
  clauseHistory: hostCall('policies.history'),
  importPolicy: hostCall('policies.import'),
  addStatement: hostCall('policies.state'),
  linkClauses: hostCall('policies.link'),
  correctClause: hostCall('policies.correct'),
  createIdentity: hostCall('identity.create'),
  importIdentity: hostCall('identity.import'),
  showIdentity: hostCall('identity.show'),
  listSigners: hostCall('signers.list'),
  addSigner: hostCall('signers.add'),
  replaceSigner: hostCall('signers.replace'),
  saveCertificate: hostCall('signers.saveCertificate'),
  compileBundle: hostCall('bundle.compile'),
  certificationLines: hostCall('bundle.certification'),
  certifyBundle: hostCall('bundle.certify'),
  previewBundle: hostCall('bundle.preview'),
  listRedactions: hostCall('redactions.list'),
  addRedaction: hostCall('redactions.add'),
  liftRedaction: hostCall('redactions.lift'),
  verifyBundle: hostCall('bundle.verify'),
  listTimestamps: hostCall('timestamps.list'),
  timeBasis: hostCall('timestamps.basis'),
  requestTimestamp: hostCall('timestamps.request'),
  attachTimestamp: hostCall('timestamps.attach'),
  requestBundleTimestamp: hostCall('timestamps.requestBundle'),
  attachBundleTimestamp: hostCall('timestamps.attachBundle'),
  askForTimestamp: (input, callId) => ask('timestamps.ask', input, callId),
  openDialog: shellCall('dialog.open'),
  saveDialog: shellCall('dialog.save'),
  openView: shellCall('view.open'),
  closeView: shellCall('view.close'),
  placeView: shellCall('view.place'),
  navigateView: shellCall('view.navigate'),
  lookOnly: shellCall('view.lookOnly'),
  keepTrail: shellCall('view.trail'),
  openDoor: shellCall('door.open'),
  doorState: shellCall('door.state'),
  closeDoor: shellCall('door.close'),
  keepDoorTrail: shellCall('door.trail'),
  captureTab: (input, callId) => ask('door.capture', input, callId),
  actOnTab: shellCall('door.act'),
  actOnView: shellCall('view.act'),
  purgeView: shellCall('view.purge'),
  captureView: (input, callId) => ask('view.capture', input, callId),
  listBatches: hostCall('batch.list'),
  openBatch: hostCall('batch.open'),
  listBatchItems: hostCall('batch.items'),
  endBatch: hostCall('batch.end'),
  runBatch: (input, callId) => ask('batch.run', input, callId),
  addWatch: hostCall('watch.add'),
  setWatch: hostCall('watch.set'),
  listWatches: hostCall('watch.list'),
  getWatch: hostCall('watch.get'),
  watchesOfPost: hostCall('watch.ofPost'),
  toldChecks: hostCall('watch.told'),
  diffCheck: hostCall('watch.diff'),
  runWatch: (input, callId) => ask('watch.run', input, callId),
  lockSettings: shellCall('lock.settings'),
  setLock: shellCall('lock.set'),
  importClipboard: shellCall('clipboard.import'),
  keychainStatus: shellCall('keychain.status'),
  keepPassphrase: shellCall('keychain.keep'),
  forgetPassphrase: shellCall('keychain.forget'),
  copyText: shellCall('clipboard.write'),
  showInFolder: shellCall('shell.showInFolder'),
  info: shellCall('shell.info'),
  cancel: (callId) => ipcRenderer.send('cancel', callId),
  onProgress: listen('progress'),
  onHost: listen('host'),
  onView: listen('view'),
  onDoor: listen('door'),
  onViewOrder: listen('viewOrder'),
  onViewPurged: listen('viewPurged'),
  onBatch: listen('batch'),
  onWatch: listen('watch'),
  onIdleLock: listen('idleLock'),
  onChanged: listen('changed'),
  pathsOf: (files) => Array.from(files, pathOf).filter((path) => path !== ''),
};

contextBridge.exposeInMainWorld('holdfast', holdfast);
