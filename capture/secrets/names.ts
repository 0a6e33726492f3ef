/** Which headers, cookies, parameters and fields carry secrets of a session: docs/decisions/withheld-secrets.md. */

/** Headers whose whole value is a secret; Cookie, Set-Cookie and Authorization are taken apart instead. */
const secretHeaders = new Set([
  'x-csrf-token',
  'x-csrftoken',
  'x-xsrf-token',
  'x-csrf',
  'csrf-token',
  'xsrf-token',
  'requestverificationtoken',
  'x-request-verification-token',
  'x-fb-lsd',
  'x-auth-token',
  'x-access-token',
  'x-api-key',
  'x-session-token',
  'x-guest-token',
  'x-goog-api-key',
  'x-amz-security-token',
]);

const secretParameters = new Set([
  'token',
  'access_token',
  'accesstoken',
  'refresh_token',
  'id_token',
  'auth',
  'auth_token',
  'authtoken',
  'authorization',
  'bearer',
  'oauth_token',
  'oauth_verifier',
  'session',
  'sessionid',
  'session_id',
  'session_token',
  'sid',
  'jwt',
  'api_key',
  'apikey',
  'client_secret',
  'secret',
  'samlresponse',
  'x-amz-security-token',
]);

const antiForgery =
  /csrf|xsrf|^authenticity_token$|^__requestverificationtoken$|^fb_dtsg(_ag)?$|^lsd$|^_token$|^form_key$/i;
const password = /passw|^pwd$|^pass$|passphrase|^passcode$|^pin$|^otp$|one_?time_?(code|pass)|^totp$|^mfa/i;
const user =
  /^(user|username|user_name|login|loginid|login_id|email|e-mail|mail|identifier|phone|phone_number|account|screen_name)$/i;
const signInPath =
  /(^|[/_.-])(log-?in|sign-?in|signon|auth|authenticate|session|sessions|onboarding)([/_.-]|$)/i;
const sessionCookie =
  /sess|sid$|^sid|auth|token|csrf|xsrf|login|jwt|secret|remember|^(ct0|kdt|twid|xs|fr|datr|sb|c_user|lsd)$/i;

export function isProxyHeader(name: string): boolean {
  return /^proxy-auth/i.test(name);
}

export function isSecretHeader(name: string): boolean {
  return secretHeaders.has(name.toLowerCase()) || isProxyHeader(name);
}

/** Of a query, a fragment or a form that is no sign-in. */
export function isSecretParameter(name: string): boolean {
  return secretParameters.has(name.toLowerCase()) || antiForgery.test(name) || password.test(name);
}

export function isAntiForgery(name: string): boolean {
  return antiForgery.test(name);
}

export function isPasswordField(name: string): boolean {
  return password.test(name);
}

export function isUserField(name: string): boolean {
  return user.test(name);
}

export function isSignInPath(path: string): boolean {
  return signInPath.test(path);
}

/**
 * Whether a value can be looked for in bodies without covering ordinary words: long, or mixed from letters and
 * digits. `likely`: its name or an attribute says that it is a session's.
 */
export function canBeSearched(value: string, likely: boolean): boolean {
  const mixed = /\d/.test(value) && /\p{L}/u.test(value);
  if (/^[\d.,:TZ/+ -]+$/.test(value) && value.length < 16) return false;
  if (likely) return value.length >= 8 && (mixed || value.length >= 12);
  return value.length >= 16 && mixed && /^[\w+/=%.~:|!*-]+$/.test(value);
}

export function isSessionCookie(name: string): boolean {
  return sessionCookie.test(name);
}
