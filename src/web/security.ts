import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Nothing is executed but our one script, nothing is loaded from elsewhere, nobody frames us, and no address leaks to linked sites. */
export const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set("Content-Security-Policy", policy);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
};

/**
 * Whether a `Host` header names us: localhost, an address, or one of the given names. A foreign site can point its own
 * name at this machine (DNS rebinding) and would then read our pages with its scripts; it cannot make the browser send
 * an address or a name that it does not own. `*` allows any.
 */
export function isOurHost(header: string, names: readonly string[]): boolean {
  const name = header.replace(/:\d{1,5}$/, "").toLowerCase();
  if (name === "localhost" || isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  return names.some((one) => one === "*" || one.toLowerCase() === name);
}
