// The same board in React Flow: `globalThis.board` is what `readBoard` found on our page. Nodes are
// memoised and hold the cards' own markup, so that both draw the same with the same stylesheets.
import { Handle, Position, ReactFlow, useNodesState } from '@xyflow/react';
import { createElement as h, memo } from 'react';
import { createRoot } from 'react-dom/client';

const { nodes, edges, viewport } = globalThis.board;

const Card = memo(({ data }) =>
  h('div', { style: { width: data.width, height: data.height } },
    h(Handle, { type: 'target', position: Position.Left }),
    h('div', { className: data.className, dangerouslySetInnerHTML: { __html: data.markup }, style: { width: '100%', height: '100%' } }),
    h(Handle, { type: 'source', position: Position.Right })));

const nodeTypes = { card: Card };

function Board() {
  const [current, , onNodesChange] = useNodesState(
    nodes.map(({ id, x, y, width, height, className, markup, draggable }) => ({
      id, position: { x, y }, width, height, type: 'card', draggable, data: { width, height, className, markup },
    })),
  );
  return h(ReactFlow, {
    nodes: current,
    defaultEdges: edges.map((edge) => ({ ...edge, type: 'smoothstep' })),
    onNodesChange,
    nodeTypes,
    defaultViewport: viewport,
    minZoom: 0.1,
  });
}

createRoot(document.getElementById('flow')).render(h(Board));
