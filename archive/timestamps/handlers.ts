/** The archive host's answers about timestamps. */
import type { HostOutput } from '../../contract/channels.ts';
import { revocationQuestions } from '../../evidence/timestamp/questions.ts';
import type { Archive } from '../archive.ts';
import type { CallContext, HostHandlers } from '../host/serve.ts';
import { attachStamp } from './attach.ts';
import { timeBasis } from './basis.ts';
import { attachBundleStamp, requestBeside, requestBundleStamp } from './bundle.ts';
import { readAnswerFiles, readCertificateFiles, readSmallFile } from './files.ts';
import { listStamps } from './list.ts';
import { renewStamp, requestStamp, writeRequest } from './request.ts';
import { requireToken } from './stamped.ts';

type TimestampChannel = Extract<keyof HostHandlers, `timestamps.${string}`>;

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * `open`: the open archive, or a refusal; `isOpen`: whether there is one. `work`: runs what takes longer, so that locking
 * waits for it.
 */
export function timestampHandlers(
  open: () => Archive,
  isOpen: () => boolean,
  work: <T>(context: CallContext, act: (archive: Archive, context: CallContext) => Promise<T>) => Promise<T>,
): Pick<HostHandlers, TimestampChannel> {
  return {
    'timestamps.list': async () => listStamps(open()),
    'timestamps.basis': async ({ captureId }) => timeBasis(open(), captureId),
    'timestamps.request': async ({ renew, path }) => {
      const archive = open();
      const make = () => (renew === null ? requestStamp(archive) : renewStamp(archive, renew));
      const { id, subject, request } = path === null ? make() : writeRequest(make, path);
      return { id, subject, request: toBase64(request) };
    },
    'timestamps.attach': ({ reply, tsaRoots, answerPaths, answers }, context) =>
      work(context, async (archive): Promise<HostOutput<'timestamps.attach'>> => {
        const { token } = await attachStamp(archive, {
          response: 'path' in reply ? readSmallFile(reply.path) : fromBase64(reply.bytes),
          named: readCertificateFiles(tsaRoots),
          answers: [...readAnswerFiles(answerPaths), ...answers.map(fromBase64)],
        });
        const kept = requireToken(archive, token);
        return { request: kept.id, token: kept.token };
      }),
    'timestamps.questions': async ({ response, tsaRoots }) => {
      const named = readCertificateFiles(tsaRoots);
      const questions = await revocationQuestions(fromBase64(response), named, open().clock());
      return {
        questions: questions.map(({ url, body }) => ({ url, body: body === null ? null : toBase64(body) })),
      };
    },
    'timestamps.requestBundle': async ({ path }) => {
      const { recorded } = await requestBundleStamp(path, null, isOpen() ? open() : null);
      return { kept: requestBeside(path), recorded };
    },
    'timestamps.attachBundle': ({ path, replyPath, tsaRoots }, context) => {
      const attach = async (archive: Archive | null, { signal, progress }: CallContext) =>
        attachBundleStamp(
          path,
          { response: readSmallFile(replyPath), named: readCertificateFiles(tsaRoots), answers: [] },
          { archive, signal, progress },
        );
      return isOpen() ? work(context, attach) : attach(null, context);
    },
  };
}
