// What every browser test stands on: one browser and one server per spec file, a fresh context per
// test, and the rules that no page may break: no error on the console, none thrown, nothing that the
// Content-Security-Policy refuses, no request to another origin.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serveFolder } from './server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const artifacts = join(here, 'artifacts');

// With TRAPWISE_SLOW=1500 every answer of the server comes 1.5 s late: a test that looks once where it
// should wait fails then, and not only on an unlucky day. A shorter delay may hide in the app's start.
const delay_ms = Number(process.env.TRAPWISE_SLOW ?? 0);

/** The built site's folder. */
export const dist = process.env.TRAPWISE_DIST ?? join(here, '..', '..', 'dist');

export const themes = ['light', 'dark'];

export const views = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

/**
 * Defines a test with a page of its own.
 *
 * - `view`: `desktop` or `phone`; `theme`: `light` or `dark`; `motion`: `reduce` or `no-preference`
 * - `path`: opened before the test starts, relative to the site (`?embed=1#/x`), and the app awaited;
 *   `null` opens nothing
 * - `allowOrigins`: other origins that the page may ask, all others are an error
 * - `expectErrors`: patterns of console errors that the test means to cause
 * - `context`: further options of Playwright's context; `timeout`: of the whole test, in milliseconds
 *
 * `body` gets `{ page, context, site, log, t }`; `log` holds `requests` (addresses in order),
 * `warnings` and `problems` (what will fail the test at its end).
 */
export function pageTest(name, options, body) {
  test(name, { timeout: options.timeout ?? 120_000 }, async (t) => {
    const site = await sharedSite();
    const context = await newContext(options);
    const log = await watch(context, site, options);
    const page = await context.newPage();
    try {
      if (options.path !== null) await open(page, site.url + (options.path ?? ''));
      await body({ page, context, site, log, t });
      if (log.problems.length > 0) throw new Error(`the page broke a rule\n${log.problems.join('\n')}`);
    } catch (error) {
      await keepEvidence(page, name, log, t);
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Opens an address of the site and waits until the app has taken over the page. */
export async function open(page, url) {
  await page.goto(url);
  await started(page);
}

/** Waits until the app has taken over the page (or frame); an error if it could not start. */
export async function started(page) {
  const root = page.locator('html[data-boot]');
  await root.waitFor();
  const state = await root.getAttribute('data-boot');
  if (state !== 'started') throw new Error(`the app did not start: ${await page.locator('body').innerText()}`);
}

/** Runs axe in the page (or a frame of it) and fails with what it found. `disable` names rules to leave out. */
export async function axe(page, { disable = [] } = {}) {
  await page.evaluate(axeSource());
  const violations = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'], rules });
    return violations.map(({ id, help, nodes }) => {
      const places = nodes.map((node) => `  ${node.target.join(' ')}\n    ${node.failureSummary.replaceAll('\n', '\n    ')}`);
      return [`${id}: ${help}`, ...places].join('\n');
    });
  }, Object.fromEntries(disable.map((rule) => [rule, { enabled: false }])));
  if (violations.length > 0) throw new Error(`axe found violations\n${violations.join('\n')}`);
}

/** The site's own files that `log` saw requested, as paths inside `dist`, each once, in order. */
export function filesRequested(log, site) {
  const paths = log.requests
    .filter((url) => url.startsWith(site.url))
    .map((url) => decodeURIComponent(new URL(url).pathname.slice(new URL(site.url).pathname.length)) || 'index.html');
  return [...new Set(paths)];
}

let browser;
let site;

after(async () => {
  await (await browser)?.close();
  await (await site)?.close();
});

// The site lives under a sub-path here, so that any absolute address in it fails.
function sharedSite() {
  if (!existsSync(join(dist, 'index.html'))) {
    throw new Error(`no built site in ${dist}: run \`cargo xtask build\` first`);
  }
  site ??= serveFolder(dist, { base: '/any/sub/path/', delay_ms });
  return site;
}

function sharedBrowser() {
  if (!process.env.CHROME_PATH) {
    throw new Error('CHROME_PATH names no browser: run the tests with `cargo xtask test --only browser`');
  }
  browser ??= chromium.launch({
    executablePath: process.env.CHROME_PATH,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing but this machine has a name, so a stray request cannot leave it.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  return browser;
}

async function newContext({ view = 'desktop', theme = 'light', motion = 'reduce', context = {} }) {
  assert.ok(views[view], `no such view: ${view}`);
  assert.ok(themes.includes(theme), `no such theme: ${theme}`);
  const made = await (await sharedBrowser()).newContext({
    ...views[view],
    colorScheme: theme,
    reducedMotion: motion,
    serviceWorkers: 'block',
    ...context,
  });
  made.setDefaultTimeout(30_000);
  return made;
}

async function watch(context, site, { allowOrigins = [], expectErrors = [] }) {
  const log = { requests: [], warnings: [], problems: [] };
  const allowed = new Set([site.origin, ...allowOrigins]);
  const problem = (kind, text) => {
    if (!expectErrors.some((pattern) => pattern.test(text))) log.problems.push(`${kind}: ${text}`);
  };
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!url.protocol.startsWith('http')) return;
    log.requests.push(url.href);
    if (!allowed.has(url.origin)) log.problems.push(`request to another origin: ${url.href}`);
  });
  context.on('console', (message) => {
    const text = `${message.text()} (${message.location().url})`;
    if (message.type() === 'error') problem('console error', text);
    if (message.type() === 'warning') log.warnings.push(text);
  });
  context.on('weberror', (error) => problem('uncaught', String(error.error().stack ?? error.error())));
  await context.exposeBinding('trapwiseViolation', (_source, text) => problem('refused by the policy', text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.trapwiseViolation(`${event.effectiveDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return log;
}

async function keepEvidence(page, name, log, t) {
  const spec = basename(process.argv[1] ?? 'spec', '.spec.mjs');
  const file = `${spec}--${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.png`;
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, file) }).catch(() => undefined);
  t.diagnostic(`screenshot: tests/browser/artifacts/${file}, of ${page.url()}`);
  for (const problem of log.problems) t.diagnostic(problem);
}

let source;

// As text and through the debugger, which the page's policy does not bind; `true` keeps the result small.
function axeSource() {
  source ??= `${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')};true`;
  return source;
}
