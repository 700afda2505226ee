// Hover in files of other tools: servers, tools, models and agents, as far as the file and the Catalog tell.
import { touches } from '../../core/text';
import type { ForeignServer } from '../../core/formats';
import type { FileFacts, Workspace } from '../../core/workspace';
import { nameAt } from '../names/at';
import { capitalised, code, WORD } from '../names/words';
import type { Hover } from '../types';
import { hoverName } from './name';

export function hoverForeign(workspace: Workspace, facts: FileFacts, offset: number): Hover | null {
  const name = nameAt(workspace, facts.path, offset);
  if (!name) return null;
  const servers = [...(facts.foreign?.servers ?? []), ...(facts.foreign?.agents ?? []).flatMap((agent) => agent.servers)];
  const server = name.kind === 'server' ? servers.find(({ span }) => touches(span, offset)) : undefined;
  if (server) return { span: server.span, markdown: serverWords(workspace, facts, server) };
  const markdown = hoverName(workspace, name);
  const governing = name.kind === 'agent' && name.role === 'declares' ? governedBy(workspace, facts.path) : null;
  return markdown === null ? null : { span: name.span, markdown: [markdown, governing].filter(Boolean).join('\n\n') };
}

/** The manifest whose `definition` names the file. */
function governedBy(workspace: Workspace, path: string): string | null {
  for (const list of workspace.names('agent').values()) {
    for (const agent of list) {
      if (!agent.ours) continue;
      const references = workspace.facts(agent.path)?.documents[agent.document]?.references ?? [];
      if (references.some((reference) => reference.kind === 'file' && reference.name === path)) return `Governed by the manifest of ${code(agent.name)} in ${code(agent.path)}.`;
    }
  }
  return 'No manifest governs this file.';
}

function serverWords(workspace: Workspace, facts: FileFacts, server: ForeignServer): string {
  const lines = [
    server.description?.value ?? null,
    server.command ? `Runs ${code([server.command.value, ...server.args.slice(0, 4).map((arg) => arg.value)].join(' ').slice(0, 160))}` : null,
    server.url ? `Reached at ${code(server.url.value.slice(0, 160))}` : null,
    server.package ? `Package: ${code(server.package.name)}, ${server.package.pinned === null ? 'version unknown' : server.package.pinned ? `pinned to ${code(server.package.version ?? '')}` : 'not pinned, so what runs can change'}` : null,
    `Tools: ${server.tools === null ? 'all that it offers' : server.tools.map(({ value }) => code(value)).join(', ')}`,
  ];
  const declared = workspace.find('server', server.name).find((d) => d.ours);
  const catalog = declared ? hoverName(workspace, { kind: 'server', name: server.name, span: server.span, role: 'uses', pattern: false }) : 'The Catalog does not declare this server: whose it is and what it can do is unknown.';
  return [`**${capitalised(WORD.server)} ${code(server.name)}**, as ${code(facts.path)} configures it`, lines.filter(Boolean).map((line) => `${line}  `).join('\n'), catalog].filter(Boolean).join('\n\n');
}
