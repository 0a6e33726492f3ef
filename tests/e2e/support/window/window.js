// What a page could try if hostile code ever ran in it. Tests run in the page through `attempt(name, …arguments)`.
globalThis.moduleRan = true;
globalThis.pushed = [];
const { holdfast } = globalThis;
holdfast.onHost((message) => globalThis.pushed.push({ channel: 'host', ...message }));
holdfast.onChanged((message) => globalThis.pushed.push({ channel: 'changed', ...message }));
holdfast.onProgress((message) => globalThis.pushed.push({ channel: 'progress', ...message }));
holdfast.onView((message) => globalThis.pushed.push({ channel: 'view', ...message }));
holdfast.onViewOrder((message) => globalThis.pushed.push({ channel: 'viewOrder', ...message }));

/** Resolves with the name of the first of these events of an element. */
function outcome(element, ...events) {
  return new Promise((resolve) => {
    for (const event of events) element.addEventListener(event, () => resolve(event));
  });
}

function append(tag, attributes) {
  const element = Object.assign(document.createElement(tag), attributes);
  document.body.append(element);
  return element;
}

const attempts = {
  // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
  eval: () => eval('1 + 1'),
  newFunction: () => new Function('return 2')(),
  inlineScript: () => {
    append('script', { textContent: 'globalThis.injectedRan = true;' });
    return globalThis.injectedRan === true;
  },
  inlineHandler: () => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<button id="b" onclick="globalThis.handlerRan = true">x</button>',
    );
    document.getElementById('b').click();
    return globalThis.handlerRan === true;
  },
  fetch: async (url) => (await fetch(url)).status,
  script: (url) => outcome(append('script', { src: url }), 'load', 'error'),
  image: (url) => outcome(append('img', { src: url }), 'load', 'error'),
  style: (url) => outcome(append('link', { rel: 'stylesheet', href: url }), 'load', 'error'),
  beacon: (url) => navigator.sendBeacon(url, 'x'),
  socket: (url) => outcome(new WebSocket(url), 'open', 'error'),
  eventSource: (url) => outcome(new EventSource(url), 'open', 'error'),
  worker: (url) => outcome(new Worker(url), 'message', 'error'),
  form: (url) => {
    append('form', { action: url, method: 'post' }).submit();
    return 'submitted';
  },
  frame: async (url) => {
    const frame = append('iframe', { src: url });
    await outcome(frame, 'load', 'error');
    return frame.contentDocument === null ? 'closed' : frame.contentDocument.body.textContent;
  },
  open: (url) => globalThis.open(url) === null,
  navigate: (url) => {
    location.href = url;
    return 'asked';
  },
  download: (url) => {
    append('a', { href: url, download: 'taken.txt' }).click();
    return 'clicked';
  },
  permission: async (name) => (await navigator.permissions.query({ name })).state,
  notification: () => Notification.requestPermission(),
  camera: async () => (await navigator.mediaDevices.getUserMedia({ video: true })).active,
  position: () =>
    new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'other'),
      );
    }),
  clipboard: () => navigator.clipboard.readText(),
  pixels: async (url) => {
    const image = append('img', { src: url });
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  },
  /** What a hostile artifact in a frame managed to say to the page around it. */
  listenToFrame: async (url) => {
    const said = [];
    const listener = ({ data }) => said.push(data);
    addEventListener('message', listener);
    await attempts.frame(url);
    removeEventListener('message', listener);
    return said;
  },
  headers: async () => Object.fromEntries((await fetch(location.href)).headers),
  cancelFromProgress: async (callId) => {
    const stop = holdfast.onProgress((message) => {
      if (message.callId === callId) holdfast.cancel(callId);
    });
    const result = await holdfast.importFiles({ paths: ['wait'] }, callId);
    stop();
    return result;
  },
};

/** In a task of its own: code that the debugger runs directly is let off the content security policy. */
globalThis.attempt = (name, ...given) =>
  new Promise((resolve) => {
    setTimeout(async () => {
      try {
        resolve(await attempts[name](...given));
      } catch (error) {
        resolve(`refused: ${error.name}`);
      }
    }, 0);
  });
