/** Puts the recorder together: the view's debugger, the archive behind its host, the orders of the window. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { CertificateSource } from '../../capture/certificates.ts';
import { recordPage } from '../../capture/record-page.ts';
import { withPurpose } from '../../capture/with-purpose.ts';
import { electronCdp } from '../electron-cdp.ts';
import type { HostClient } from '../host-client.ts';
import type { RecordPage } from './capture-view.ts';
import type { ServerCertificates } from './certificates.ts';
import { hostSink } from './host-sink.ts';

/** What the view's session saw when it verified the servers: the debugger of an older Electron does not tell. */
function certificateSource(certificates: ServerCertificates): CertificateSource {
  const seen = (origin: string) => certificates.of(new URL(origin).hostname);
  return {
    chain: async (origin) => (seen(origin)?.chain ?? []).map((pem) => new X509Certificate(pem).raw),
    error: async (origin) => seen(origin)?.error ?? null,
  };
}

/** Records into the archive that `host` has open. */
export function recordInto(host: Pick<HostClient, 'call'>): RecordPage {
  return async (order) => {
    const {
      contents,
      url,
      certificates,
      session: attached,
      circumstances,
      signal,
      onProgress,
      autopilot,
      purpose,
      onBegun,
    } = order;
    const session = attached ?? electronCdp(contents);
    try {
      return await recordPage({
        session,
        url,
        sink: withPurpose(hostSink(host, onProgress, onBegun), purpose),
        engine: {
          name: 'electron',
          version: `Chromium ${process.versions.chrome}`,
          userAgent: contents.getUserAgent(),
        },
        clock: () => new Date(),
        monotonic: () => performance.now(),
        randomBytes: (length) => randomBytes(length),
        signal,
        progress: onProgress,
        ...(autopilot === null ? {} : { autopilot }),
        certificates: certificateSource(certificates),
        circumstances,
        print: () => contents.printToPDF({ printBackground: true }),
      });
    } finally {
      if (attached === null) await session.detach();
    }
  };
}
