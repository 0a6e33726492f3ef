/**
 * What the preload script exposes as `window.holdfast`: named functions, nothing generic.
 * Every function answers a `Result` and never rejects. Long work takes a `callId` chosen by the window:
 * `onProgress` messages carry it, and `cancel(callId)` stops it.
 */
import type {
  HostChannel,
  HostInput,
  HostOutput,
  PushChannel,
  PushMessage,
  ShellChannel,
  ShellInput,
  ShellOutput,
} from './channels.ts';
import type { Result } from './errors.ts';

export type HostCall<C extends HostChannel> = (
  input: HostInput<C>,
  callId?: number,
) => Promise<Result<HostOutput<C>>>;
export type ShellCall<C extends ShellChannel> = (input: ShellInput<C>) => Promise<Result<ShellOutput<C>>>;
/** A call of main's own that reports progress and can be cancelled under its id. */
export type LongShellCall<C extends ShellChannel> = (
  input: ShellInput<C>,
  callId?: number,
) => Promise<Result<ShellOutput<C>>>;
export type Listen<C extends PushChannel> = (listener: (message: PushMessage<C>) => void) => () => void;

export interface HoldfastWindow {
  createArchive: HostCall<'archive.create'>;
  openArchive: HostCall<'archive.open'>;
  lockArchive: HostCall<'archive.lock'>;
  archiveStatus: HostCall<'archive.status'>;
  rebuild: HostCall<'archive.rebuild'>;
  backUp: HostCall<'archive.backup'>;
  restore: HostCall<'archive.restore'>;
  checkArchive: HostCall<'archive.check'>;
  saveRecoverySheet: HostCall<'archive.recoverySheet'>;
  estimatePassphrase: HostCall<'passphrase.estimate'>;
  changePassphrase: HostCall<'passphrase.change'>;
  listEvents: HostCall<'events.list'>;
  logStatus: HostCall<'log.status'>;
  verifyLog: HostCall<'log.verify'>;
  makeCheckpoint: HostCall<'log.checkpoint'>;
  proveCapture: HostCall<'log.prove'>;
  importFiles: HostCall<'import.files'>;
  listCaptures: HostCall<'captures.list'>;
  getCapture: HostCall<'capture.get'>;
  rereadCapture: HostCall<'capture.reread'>;
  planPurge: HostCall<'purge.plan'>;
  purgeCapture: HostCall<'purge.capture'>;
  listKeeping: HostCall<'keeping.list'>;
  holdCapture: HostCall<'keeping.hold'>;
  liftHold: HostCall<'keeping.lift'>;
  retainCapture: HostCall<'keeping.retain'>;
  listExchanges: HostCall<'capture.exchanges'>;
  listCaptureEvents: HostCall<'capture.events'>;
  listPosts: HostCall<'posts.list'>;
  getPost: HostCall<'posts.get'>;
  listClauses: HostCall<'clauses.list'>;
  listTags: HostCall<'tags.list'>;
  addTag: HostCall<'tags.add'>;
  findClauses: HostCall<'clauses.find'>;
  prepareTag: HostCall<'tags.prepare'>;
  addTags: HostCall<'tags.addMany'>;
  reviewTag: HostCall<'tags.review'>;
  listInbox: HostCall<'tags.inbox'>;
  getPalette: HostCall<'palette.get'>;
  arrangePalette: HostCall<'palette.set'>;
  listPhrases: HostCall<'phrases.list'>;
  addPhrase: HostCall<'phrases.add'>;
  removePhrase: HostCall<'phrases.remove'>;
  suggestTags: HostCall<'phrases.suggest'>;
  drawCoding: HostCall<'codings.draw'>;
  listCodings: HostCall<'codings.list'>;
  nextToCode: HostCall<'codings.next'>;
  codingResult: HostCall<'codings.result'>;
  listCases: HostCall<'cases.list'>;
  readCase: HostCall<'cases.read'>;
  makeCase: HostCall<'cases.make'>;
  addExhibits: HostCall<'cases.add'>;
  changeCase: HostCall<'cases.change'>;
  labelExhibit: HostCall<'cases.label'>;
  noteExhibit: HostCall<'cases.note'>;
  moveExhibit: HostCall<'cases.move'>;
  removeExhibit: HostCall<'cases.remove'>;
  listPersonas: HostCall<'personas.list'>;
  addPersona: HostCall<'personas.add'>;
  changePersona: HostCall<'personas.change'>;
  retirePersona: HostCall<'personas.retire'>;
  clearPersonaSession: HostCall<'personas.clearSession'>;
  listTrail: HostCall<'trail.list'>;
  purgeTrail: HostCall<'trail.purge'>;
  addReport: HostCall<'reports.add'>;
  listReports: HostCall<'reports.list'>;
  listPolicies: HostCall<'policies.list'>;
  listPolicyVersions: HostCall<'policies.versions'>;
  listVersionClauses: HostCall<'policies.clauses'>;
  clausesOn: HostCall<'policies.on'>;
  diffPolicyVersions: HostCall<'policies.diff'>;
  clauseHistory: HostCall<'policies.history'>;
  importPolicy: HostCall<'policies.import'>;
  addStatement: HostCall<'policies.state'>;
  linkClauses: HostCall<'policies.link'>;
  correctClause: HostCall<'policies.correct'>;
  createIdentity: HostCall<'identity.create'>;
  importIdentity: HostCall<'identity.import'>;
  showIdentity: HostCall<'identity.show'>;
  listSigners: HostCall<'signers.list'>;
  addSigner: HostCall<'signers.add'>;
  replaceSigner: HostCall<'signers.replace'>;
  saveCertificate: HostCall<'signers.saveCertificate'>;
  compileBundle: HostCall<'bundle.compile'>;
  certificationLines: HostCall<'bundle.certification'>;
  certifyBundle: HostCall<'bundle.certify'>;
  previewBundle: HostCall<'bundle.preview'>;
  listRedactions: HostCall<'redactions.list'>;
  addRedaction: HostCall<'redactions.add'>;
  liftRedaction: HostCall<'redactions.lift'>;
  verifyBundle: HostCall<'bundle.verify'>;
  listTimestamps: HostCall<'timestamps.list'>;
  timeBasis: HostCall<'timestamps.basis'>;
  requestTimestamp: HostCall<'timestamps.request'>;
  attachTimestamp: HostCall<'timestamps.attach'>;
  requestBundleTimestamp: HostCall<'timestamps.requestBundle'>;
  attachBundleTimestamp: HostCall<'timestamps.attachBundle'>;
  askForTimestamp: LongShellCall<'timestamps.ask'>;
  openDialog: ShellCall<'dialog.open'>;
  saveDialog: ShellCall<'dialog.save'>;
  openView: ShellCall<'view.open'>;
  closeView: ShellCall<'view.close'>;
  placeView: ShellCall<'view.place'>;
  navigateView: ShellCall<'view.navigate'>;
  lookOnly: ShellCall<'view.lookOnly'>;
  keepTrail: ShellCall<'view.trail'>;
  openDoor: ShellCall<'door.open'>;
  doorState: ShellCall<'door.state'>;
  closeDoor: ShellCall<'door.close'>;
  keepDoorTrail: ShellCall<'door.trail'>;
  captureTab: LongShellCall<'door.capture'>;
  actOnTab: ShellCall<'door.act'>;
  actOnView: ShellCall<'view.act'>;
  purgeView: ShellCall<'view.purge'>;
  captureView: LongShellCall<'view.capture'>;
  listBatches: HostCall<'batch.list'>;
  openBatch: HostCall<'batch.open'>;
  listBatchItems: HostCall<'batch.items'>;
  endBatch: HostCall<'batch.end'>;
  runBatch: LongShellCall<'batch.run'>;
  addWatch: HostCall<'watch.add'>;
  setWatch: HostCall<'watch.set'>;
  listWatches: HostCall<'watch.list'>;
  getWatch: HostCall<'watch.get'>;
  watchesOfPost: HostCall<'watch.ofPost'>;
  toldChecks: HostCall<'watch.told'>;
  diffCheck: HostCall<'watch.diff'>;
  runWatch: LongShellCall<'watch.run'>;
  lockSettings: ShellCall<'lock.settings'>;
  setLock: ShellCall<'lock.set'>;
  importClipboard: ShellCall<'clipboard.import'>;
  keychainStatus: ShellCall<'keychain.status'>;
  keepPassphrase: ShellCall<'keychain.keep'>;
  forgetPassphrase: ShellCall<'keychain.forget'>;
  copyText: ShellCall<'clipboard.write'>;
  showInFolder: ShellCall<'shell.showInFolder'>;
  info: ShellCall<'shell.info'>;
  cancel(callId: number): void;
  onProgress: Listen<'progress'>;
  onHost: Listen<'host'>;
  onView: Listen<'view'>;
  onDoor: Listen<'door'>;
  onViewOrder: Listen<'viewOrder'>;
  onViewPurged: Listen<'viewPurged'>;
  onBatch: Listen<'batch'>;
  onWatch: Listen<'watch'>;
  onIdleLock: Listen<'idleLock'>;
  onChanged: Listen<'changed'>;
  /** Paths of files that were dropped on the window; a file without a path is left out. */
  pathsOf(files: readonly unknown[]): string[];
}
