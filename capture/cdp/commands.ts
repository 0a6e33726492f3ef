/** The commands of the DevTools protocol that the recorder sends: what each takes, and its answer, checked. */
import { z } from 'zod';
import { cookieSchema } from '../../contract/model/persona.ts';
import { CdpError, type CdpSession } from '../cdp-session.ts';

/** CSS pixels from the top left of the page. */
export interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
  scale: number;
}

const nothing = z.object({});
const box = z.object({ width: z.number(), height: z.number() });
const evaluated = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ text: z.string() }).optional(),
});

const cookie = cookieSchema.extend({
  /** Of a cookie that is kept apart for each site that embeds its own; its form differs between engines. */
  partitionKey: z.unknown().optional(),
});

interface Brand extends Record<string, unknown> {
  brand: string;
  version: string;
}

export type UserAgentOverride = {
  userAgent: string;
  /** Comma-separated tags; the engine adds the weights. */
  acceptLanguage?: string;
  /** `navigator.platform` */
  platform?: string;
  userAgentMetadata?: {
    brands: Brand[];
    fullVersionList: Brand[];
    fullVersion: string;
    platform: string;
    platformVersion: string;
    architecture: string;
    bitness: string;
    model: string;
    mobile: boolean;
  };
};

/** A command with the type of what it takes; `answer` checks what comes back. */
function command<P extends Record<string, unknown>>() {
  return <A extends z.ZodType>(answer: A): { answer: A; params?: P } => ({ answer });
}

const commands = {
  'Browser.getVersion': command<Record<string, never>>()(
    z.object({ product: z.string(), userAgent: z.string() }),
  ),
  'Emulation.setLocaleOverride': command<{ locale: string }>()(nothing),
  'Emulation.setScriptExecutionDisabled': command<{ value: boolean }>()(nothing),
  'Emulation.setTimezoneOverride': command<{ timezoneId: string }>()(nothing),
  'Emulation.setUserAgentOverride': command<UserAgentOverride>()(nothing),
  'Fetch.enable': command<{
    patterns: { urlPattern: string; resourceType?: 'Document'; requestStage: 'Request' | 'Response' }[];
  }>()(nothing),
  'Fetch.disable': command<Record<string, never>>()(nothing),
  'Fetch.continueRequest': command<{ requestId: string }>()(nothing),
  'Fetch.failRequest': command<{ requestId: string; errorReason: string }>()(nothing),
  'Fetch.fulfillRequest': command<{
    requestId: string;
    responseCode: number;
    responsePhrase?: string;
    responseHeaders: { name: string; value: string }[];
    body: string;
  }>()(nothing),
  'Fetch.getResponseBody': command<{ requestId: string }>()(
    z.object({ body: z.string(), base64Encoded: z.boolean() }),
  ),
  'Fetch.takeResponseBodyAsStream': command<{ requestId: string }>()(z.object({ stream: z.string() })),
  'Input.dispatchMouseEvent': command<{
    type: 'mousePressed' | 'mouseReleased';
    x: number;
    y: number;
    button: 'left';
    clickCount: number;
  }>()(nothing),
  'Input.setIgnoreInputEvents': command<{ ignore: boolean }>()(nothing),
  'IO.read': command<{ handle: string; size?: number }>()(
    z.object({ data: z.string(), eof: z.boolean(), base64Encoded: z.boolean().optional() }),
  ),
  'IO.close': command<{ handle: string }>()(nothing),
  'Network.enable': command<{ maxPostDataSize: number }>()(nothing),
  'Network.disable': command<Record<string, never>>()(nothing),
  'Network.setCacheDisabled': command<{ cacheDisabled: boolean }>()(nothing),
  'Network.setBypassServiceWorker': command<{ bypass: boolean }>()(nothing),
  'Network.streamResourceContent': command<{ requestId: string }>()(z.object({ bufferedData: z.string() })),
  'Network.getCertificate': command<{ origin: string }>()(z.object({ tableNames: z.array(z.string()) })),
  'Network.getResponseBody': command<{ requestId: string }>()(
    z.object({ body: z.string(), base64Encoded: z.boolean() }),
  ),
  'Network.getAllCookies': command<Record<string, never>>()(z.object({ cookies: z.array(cookie) })),
  'Network.setCookies': command<{ cookies: z.infer<typeof cookie>[] }>()(nothing),
  'Network.setUserAgentOverride': command<UserAgentOverride>()(nothing),
  'Network.loadNetworkResource': command<{
    frameId: string;
    url: string;
    options: { disableCache: boolean; includeCredentials: boolean };
  }>()(
    z.object({
      resource: z.object({
        success: z.boolean(),
        httpStatusCode: z.number().optional(),
        stream: z.string().optional(),
        headers: z.record(z.string(), z.string()).optional(),
      }),
    }),
  ),
  'Network.getCookies': command<{ urls: string[] }>()(
    z.object({
      cookies: z.array(z.object({ name: z.string(), value: z.string(), httpOnly: z.boolean() })),
    }),
  ),
  'Page.enable': command<Record<string, never>>()(nothing),
  'Page.disable': command<Record<string, never>>()(nothing),
  'Page.navigate': command<{ url: string }>()(
    z.object({
      frameId: z.string(),
      loaderId: z.string().optional(),
      errorText: z.string().optional(),
      isDownload: z.boolean().optional(),
    }),
  ),
  'Page.stopLoading': command<Record<string, never>>()(nothing),
  'Page.getFrameTree': command<Record<string, never>>()(
    z.object({ frameTree: z.object({ frame: z.object({ id: z.string(), url: z.string() }) }) }),
  ),
  'Page.handleJavaScriptDialog': command<{ accept: boolean }>()(nothing),
  'Page.createIsolatedWorld': command<{ frameId: string; worldName: string }>()(
    z.object({ executionContextId: z.number() }),
  ),
  'Page.getLayoutMetrics': command<Record<string, never>>()(
    z.object({
      contentSize: box,
      cssContentSize: box,
      cssVisualViewport: z.object({ clientWidth: z.number() }),
    }),
  ),
  'Page.captureScreenshot': command<{
    format: 'png' | 'jpeg';
    quality?: number;
    captureBeyondViewport: boolean;
    clip?: Clip;
  }>()(z.object({ data: z.string() })),
  'Page.captureSnapshot': command<{ format: 'mhtml' }>()(z.object({ data: z.string() })),
  'Page.printToPDF': command<{
    printBackground: boolean;
    transferMode: 'ReturnAsStream';
    displayHeaderFooter?: boolean;
    headerTemplate?: string;
    footerTemplate?: string;
    /** Inches. */
    paperWidth?: number;
    paperHeight?: number;
    marginTop?: number;
    marginBottom?: number;
    marginLeft?: number;
    marginRight?: number;
    generateTaggedPDF?: boolean;
    generateDocumentOutline?: boolean;
  }>()(z.object({ stream: z.string() })),
  'Runtime.evaluate': command<{ expression: string; contextId: number; returnByValue: true }>()(evaluated),
  'Runtime.terminateExecution': command<Record<string, never>>()(nothing),
  'Runtime.runIfWaitingForDebugger': command<Record<string, never>>()(nothing),
  'Security.setIgnoreCertificateErrors': command<{ ignore: boolean }>()(nothing),
  'Target.setAutoAttach': command<{ autoAttach: boolean; waitForDebuggerOnStart: boolean; flatten: true }>()(
    nothing,
  ),
} as const;

type Commands = typeof commands;
type CommandName = keyof Commands;
type Params<N extends CommandName> = NonNullable<Commands[N]['params']>;
type Answer<N extends CommandName> = z.output<Commands[N]['answer']>;

/**
 * Sends one of the commands above.
 * @throws CdpError when the browser refuses it, or answers something else than the protocol says.
 */
export async function send<N extends CommandName>(
  session: CdpSession,
  method: N,
  params: Params<N>,
  sessionId: string | null = null,
): Promise<Answer<N>> {
  const raw = await session.send(method, params, sessionId);
  const parsed = commands[method].answer.safeParse(raw);
  if (!parsed.success) {
    throw new CdpError(method, 'the browser answered something else than the protocol says', {
      cause: parsed.error,
    });
  }
  // The schema of this very method made it; the compiler does not follow a lookup by a type parameter.
  return parsed.data as Answer<N>;
}

/** As `send`, but rejects when no answer comes within `milliseconds`. */
export async function sendWithin<N extends CommandName>(
  milliseconds: number,
  session: CdpSession,
  method: N,
  params: Params<N>,
  sessionId: string | null = null,
): Promise<Answer<N>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new CdpError(method, `no answer within ${Math.round(milliseconds / 1000)} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([send(session, method, params, sessionId), late]);
  } finally {
    clearTimeout(timer);
  }
}
