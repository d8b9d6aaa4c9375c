// What the main thread did between marks of the page, read from a trace of the browser.

const scripting = [
  'EventDispatch', 'FunctionCall', 'EvaluateScript', 'FireAnimationFrame', 'TimerFire', 'RunMicrotasks', 'V8.GC',
  'MajorGC', 'MinorGC', 'FireIdleCallback', 'v8.callFunction', 'v8.run',
];
const rendering = [
  'UpdateLayoutTree', 'Layout', 'UpdateLayerTree', 'PrePaint', 'HitTest', 'Paint', 'Layerize', 'CompositeLayers',
  'Commit', 'IntersectionObserverController::computeIntersections',
];
const work = new Map([...scripting.map((name) => [name, 'scripting']), ...rendering.map((name) => [name, 'rendering'])]);

/** The categories that `spent` needs. */
export const categories = ['devtools.timeline', 'v8', 'blink.user_timing', 'disabled-by-default-v8.gc'];

/**
 * What the main thread did from each mark of one of these names to the next mark:
 * `[{ name, scripting, rendering }]` in milliseconds. Work within other work counts as what it is, once.
 */
export function spent(trace, names) {
  const { traceEvents } = JSON.parse(trace);
  const marks = traceEvents
    .filter(({ name, cat }) => names.includes(name) && cat.includes('blink.user_timing'))
    .sort((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = marks;
  const done = traceEvents
    .filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid && work.has(event.name))
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const spans = marks.map(({ name }) => ({ name, scripting: 0, rendering: 0 }));
  // The work that is under way, innermost last: what is within it is not its own.
  const open = [];
  const close = (until) => {
    while (open.length > 0 && open.at(-1).end <= until) {
      const { name, own, span } = open.pop();
      if (span) span[work.get(name)] += own / 1_000;
    }
  };
  let next = 0;
  for (const { name, ts, dur = 0 } of done) {
    close(ts);
    while (next < marks.length && marks[next].ts <= ts) next += 1;
    if (open.length > 0) open.at(-1).own -= dur;
    open.push({ name, own: dur, end: ts + dur, span: spans[next - 1] });
  }
  close(Infinity);
  return spans;
}

/** The value that this share of the values does not exceed. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
