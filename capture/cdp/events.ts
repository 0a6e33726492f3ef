/**
 * The events of the DevTools protocol that the recorder reads, checked. Everything in them may be chosen by the
 * page. https://chromedevtools.github.io/devtools-protocol/ (Network, Fetch, Page, Target).
 */
import { z } from 'zod';

const headers = z.record(z.string(), z.string());
const sessionTarget = z.object({ type: z.string(), url: z.string() });

const request = z.object({
  url: z.string(),
  method: z.string(),
  headers,
  hasPostData: z.boolean().optional(),
  postDataEntries: z.array(z.object({ bytes: z.string().optional() })).optional(),
});

const response = z.object({
  url: z.string(),
  status: z.number(),
  statusText: z.string(),
  headers,
  mimeType: z.string(),
  remoteIPAddress: z.string().optional(),
  remotePort: z.number().optional(),
  fromDiskCache: z.boolean().optional(),
  fromServiceWorker: z.boolean().optional(),
  fromPrefetchCache: z.boolean().optional(),
  protocol: z.string().optional(),
  securityDetails: z.object({ protocol: z.string(), cipher: z.string() }).optional(),
});
export type CdpRequest = z.infer<typeof request>;
export type CdpResponse = z.infer<typeof response>;

const requestId = z.string();
const webSocketFrame = z.object({
  requestId,
  timestamp: z.number(),
  response: z.object({ opcode: z.number(), payloadData: z.string() }),
});

export const cdpEvents = {
  'Network.requestWillBeSent': z.object({
    requestId,
    loaderId: z.string(),
    request,
    timestamp: z.number(),
    wallTime: z.number(),
    type: z.string().optional(),
    frameId: z.string().optional(),
    redirectHasExtraInfo: z.boolean().optional(),
    redirectResponse: response.optional(),
  }),
  'Network.requestWillBeSentExtraInfo': z.object({ requestId, headers }),
  'Network.responseReceived': z.object({
    requestId,
    timestamp: z.number(),
    type: z.string(),
    response,
    hasExtraInfo: z.boolean().optional(),
  }),
  'Network.responseReceivedExtraInfo': z.object({
    requestId,
    headers,
    statusCode: z.number().optional(),
    headersText: z.string().optional(),
  }),
  'Network.dataReceived': z.object({
    requestId,
    dataLength: z.number(),
    encodedDataLength: z.number(),
    data: z.string().optional(),
  }),
  'Network.loadingFinished': z.object({ requestId, timestamp: z.number() }),
  'Network.loadingFailed': z.object({
    requestId,
    timestamp: z.number(),
    type: z.string(),
    errorText: z.string(),
    canceled: z.boolean().optional(),
    blockedReason: z.string().optional(),
    corsErrorStatus: z.object({ corsError: z.string() }).optional(),
  }),
  'Network.requestServedFromCache': z.object({ requestId }),
  'Network.webSocketCreated': z.object({ requestId, url: z.string() }),
  'Network.webSocketWillSendHandshakeRequest': z.object({
    requestId,
    timestamp: z.number(),
    wallTime: z.number(),
    request: z.object({ headers }),
  }),
  'Network.webSocketHandshakeResponseReceived': z.object({
    requestId,
    response: z.object({
      status: z.number(),
      statusText: z.string(),
      headers,
      requestHeaders: headers.optional(),
    }),
  }),
  'Network.webSocketFrameReceived': webSocketFrame,
  'Network.webSocketFrameSent': webSocketFrame,
  'Network.webSocketFrameError': z.object({ requestId, errorMessage: z.string() }),
  'Network.webSocketClosed': z.object({ requestId }),
  'Fetch.requestPaused': z.object({
    requestId,
    request,
    frameId: z.string(),
    resourceType: z.string(),
    responseErrorReason: z.string().optional(),
    responseStatusCode: z.number().optional(),
    responseStatusText: z.string().optional(),
    responseHeaders: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    networkId: z.string().optional(),
  }),
  'Page.frameNavigated': z.object({
    frame: z.object({
      id: z.string(),
      parentId: z.string().optional(),
      loaderId: z.string(),
      url: z.string(),
      /** With its '#'; the address above has none. */
      urlFragment: z.string().optional(),
      unreachableUrl: z.string().optional(),
    }),
  }),
  'Page.navigatedWithinDocument': z.object({ frameId: z.string(), url: z.string() }),
  'Page.frameStartedLoading': z.object({ frameId: z.string() }),
  'Page.frameStoppedLoading': z.object({ frameId: z.string() }),
  'Page.loadEventFired': z.object({ timestamp: z.number() }),
  'Page.javascriptDialogOpening': z.object({ type: z.string(), message: z.string() }),
  'Target.attachedToTarget': z.object({
    sessionId: z.string(),
    targetInfo: sessionTarget,
    waitingForDebugger: z.boolean(),
  }),
  'Target.detachedFromTarget': z.object({ sessionId: z.string() }),
  'Inspector.targetCrashed': z.object({}),
} as const;

export type CdpEventName = keyof typeof cdpEvents;
export type CdpEventOf<N extends CdpEventName> = z.output<(typeof cdpEvents)[N]>;

export function isKnownEvent(method: string): method is CdpEventName {
  return Object.hasOwn(cdpEvents, method);
}
