// The rules of the rig catch what they are there for: each breach is caused, seen, and taken back.
import assert from 'node:assert/strict';
import { axe, pageTest } from './support.mjs';

const breaches = {
  'an error on the console': [() => console.error('on purpose'), /^console error: on purpose/],
  'an uncaught error': [() => setTimeout(() => { throw new Error('on purpose'); }), /^uncaught: Error: on purpose/],
  'an unhandled rejection': [() => void Promise.reject(new Error('on purpose')), /^uncaught: Error: on purpose/],
  'a breach of the policy': [
    () => document.body.append(Object.assign(document.createElement('script'), { textContent: '1' })),
    /^refused by the policy: script-src-elem inline/,
  ],
  'a request to another origin': [
    () => void fetch('http://127.0.0.1:1/').catch(() => undefined),
    /^request to another origin: http:\/\/127\.0\.0\.1:1\/$/,
  ],
};

for (const [name, [cause, pattern]] of Object.entries(breaches)) {
  pageTest(`catches ${name}`, {}, async ({ page, log }) => {
    assert.deepEqual(log.problems, []);
    await page.evaluate(cause);
    for (let tries = 0; tries < 100 && !log.problems.some((problem) => pattern.test(problem)); tries += 1) {
      await page.waitForTimeout(50);
    }
    assert.match(log.problems.join('\n'), new RegExp(pattern, 'm'));
    log.problems.length = 0;
  });
}

pageTest('catches what axe finds', {}, async ({ page }) => {
  await page.evaluate(() => document.body.append(document.createElement('button')));
  await assert.rejects(axe(page), /button-name: .*\n {2}(body > )?button\n/);
});
