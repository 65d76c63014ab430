/**
 * For the page: its own scripts, fonts and pictures, and no other address at all. `nonce` is for the style elements that the page's
 * library makes.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    // 'self' covers the WebSocket of the same host and port (CSP 3, 6.7.2.8).
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
