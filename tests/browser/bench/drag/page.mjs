// The two pages on which a card is dragged: ours, and React Flow with the same board.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** The page of React Flow, built for production: `{ script, style }`. */
export async function bundle() {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('flow.mjs', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const style = await build({
    stdin: { contents: "@import '@xyflow/react/dist/style.css';", loader: 'css', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
  });
  return { script: built.outputFiles[0].text, style: style.outputFiles[0].text };
}

/**
 * Runs in our page: what is on the board, as React Flow takes it. `links` are the design's. A band in
 * several pieces is one node as wide as its first piece; a link between frames joins the frames.
 */
export function readBoard(links) {
  // What our board writes on as well.
  const labelled = ['sends', 'forwards', 'calls'];
  const surface = document.getElementById('board').getBoundingClientRect();
  const plane = new DOMMatrix(getComputedStyle(document.querySelector('.plane')).transform);
  const place = (element) => {
    const { e, f } = new DOMMatrix(getComputedStyle(element).transform);
    return { x: e, y: f, width: element.offsetWidth, height: element.offsetHeight };
  };
  const node = (draggable) => (element, index) => ({
    id: element.id.replace(/^card-/, '') || `frame-${index}`,
    ...place(element),
    // Both put a node where it belongs; inside it the card starts at its own corner.
    className: element.className,
    markup: element.innerHTML,
    draggable,
  });
  const frames = [...document.querySelectorAll('.areas > .area')].map(node(false));
  const cards = [...document.querySelectorAll('.cards > .card[id]')].map(node(true));
  const nodes = [...frames, ...cards];
  const known = new Set(nodes.map(({ id }) => id));
  return {
    frame: { x: surface.x, y: surface.y, width: surface.width, height: surface.height },
    viewport: { x: plane.e, y: plane.f, zoom: plane.a },
    nodes,
    edges: links
      .filter(({ from, to }) => known.has(from) && known.has(to))
      .map(({ id, from, to, kind }) => ({ id, source: from, target: to, ...(labelled.includes(kind) ? { label: kind } : {}) })),
  };
}
