// A manifest against the agent files that it governs: tools, delegates and models that the file has beyond it, shown in both places.
import type { ForeignAgent, ForeignTool } from '../../../formats';
import { pattern, patternList, patternsOverlap, type PatternList, type Span } from '../../../text';
import { resolvePath, type DocumentFacts, type Queries } from '../../../workspace';
import type { CodeDoc, Rule, RuleContext } from '../../rule';
import { list, specOf, table, text } from '../values';
import { MISSING_DEFINITION, MODEL_DIFFERS, UNDECLARED_DELEGATE, UNDECLARED_TOOL } from './docs';

/** One thing that the file has and the manifest lacks. */
interface Drift {
  readonly doc: CodeDoc;
  /** begins with its verb: what the file does */
  readonly message: string;
  readonly inFile: Span;
  readonly inManifest: Span;
}

export const definitionDrift: Rule = {
  codes: [UNDECLARED_TOOL, UNDECLARED_DELEGATE, MODEL_DIFFERS, MISSING_DEFINITION],
  check(context) {
    for (const document of context.facts.documents) {
      if (document.kind !== 'Agent') continue;
      for (const { path, agent } of governedBy(document, context.queries)) {
        for (const drift of drifts(document, agent, context.queries)) {
          context.report({ code: drift.doc.code, span: drift.inManifest, message: `\`${path}\` ${drift.message}`, related: [{ path, span: drift.inFile, message: 'Here, in the agent file.' }] });
        }
      }
    }
    if (context.facts.role === 'foreign') checkGoverned(context);
  },
};

/** The same findings in the governed file. */
function checkGoverned(context: RuleContext): void {
  for (const manifest of context.queries.governors(context.path)) {
    for (const document of context.queries.facts(manifest)?.documents ?? []) {
      if (document.kind !== 'Agent') continue;
      for (const { path, agent } of governedBy(document, context.queries)) {
        if (path !== context.path) continue;
        for (const drift of drifts(document, agent, context.queries)) {
          context.report({ code: drift.doc.code, span: drift.inFile, message: `This file ${drift.message}`, related: [{ path: manifest, span: drift.inManifest, message: `Here, in the manifest of \`${document.name ?? 'this agent'}\`.` }] });
        }
      }
    }
  }
}

function governedBy(document: DocumentFacts, queries: Queries): { path: string; agent: ForeignAgent }[] {
  const paths = document.references.filter((r) => r.kind === 'file' && r.path[1] === 'definition').flatMap((r) => resolvePath('', r.name, false) ?? []);
  return [...new Set(paths)].flatMap((path) => (queries.facts(path)?.foreign?.agents ?? []).map((agent) => ({ path, agent })));
}

function drifts(document: DocumentFacts, agent: ForeignAgent, queries: Queries): Drift[] {
  const spec = specOf(document.value);
  const block = (key: string): Span => document.places.key(`/spec/${key}`) ?? document.at;
  const found: Drift[] = [];
  if (Array.isArray(spec.tools)) {
    const declared = list(spec.tools).flatMap((t) => text(t) ?? text(table(t).ref) ?? []);
    const allowed = patternList(declared);
    // whoever declares delegates declares the tool that calls them
    const declaresDelegates = list(spec.delegates).length > 0;
    for (const tool of agent.tools) {
      if (!beyond(tool, allowed) || (declaresDelegates && SUBAGENTS.test(tool.pattern))) continue;
      const what = tool.assumed ? 'does not restrict its tools, so it may use all of them, also those' : `uses \`${tool.written}\`${tool.written === tool.pattern ? '' : ` (\`${tool.pattern}\`)`},`;
      found.push({ doc: UNDECLARED_TOOL, message: `${what} ${tool.assumed ? 'that' : 'which'} the manifest does not declare. ${tool.assumed ? 'List its tools in the file' : 'Remove it from the file'}, or declare it under \`tools\` of the manifest.`, inFile: tool.span, inManifest: block('tools') });
    }
  }
  if (Array.isArray(spec.delegates)) {
    const declared = new Set(list(spec.delegates).flatMap((d) => text(d) ?? text(table(d).agent) ?? []));
    for (const delegate of agent.delegates) {
      if (declared.has(delegate.name) || [...declared].some((id) => titleOf(queries, id) === delegate.name.toLowerCase())) continue;
      found.push({ doc: UNDECLARED_DELEGATE, message: `hands work to \`${delegate.name}\`, which the manifest does not declare. Remove it from the file, or declare it under \`delegates\` of the manifest.`, inFile: delegate.span, inManifest: block('delegates') });
    }
  }
  const model = text(spec.model) ?? text(table(spec.model).name);
  if (model !== null && agent.models.length > 0) {
    const known = [model, ...list(table(spec.model).fallback).flatMap((m) => text(m) ?? [])].map(plainModel);
    for (const used of agent.models) {
      if (sameModel(plainModel(used.name), known)) continue;
      found.push({ doc: MODEL_DIFFERS, message: `runs on \`${used.value}\`, and the manifest says \`${model}\`. Make them agree.`, inFile: used.span, inManifest: document.places.value('/spec/model') ?? document.at });
    }
  }
  return found;
}

/** True when the tool is surely not declared; a lone name that may be a server's counts as declared when either reading is. */
function beyond(tool: ForeignTool, allowed: PatternList): boolean {
  const covers = (p: string): boolean => allowed.matches(p) && !allowed.excluded.some((e) => patternsOverlap(e.source, p));
  // a manifest may use the file's own word for a tool of the editor (`read`)
  if (covers(tool.pattern) || (!tool.assumed && covers(tool.written))) return false;
  if (!tool.unresolved) return true;
  const server = `${tool.written}/`;
  return !allowed.included.some((p) => p.source.startsWith(server) || pattern(p.source).matches(server));
}

/** The tools by which Visual Studio Code and Claude Code call other agents. */
const SUBAGENTS = /^(?:vscode\/agent\/|claude\/Agent$)/;

const titleOf = (queries: Queries, id: string): string | null => {
  const foreign = queries.find('agent', id).map((d) => queries.facts(d.path)?.foreign?.agents.find((a) => a.id === id)?.title?.value);
  return foreign.find((title) => title !== undefined)?.toLowerCase() ?? null;
};

/** Letters and digits of a model's name behind its provider. */
const plainModel = (name: string): string => name.slice(name.indexOf('/') + 1).toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names that leave the model open (`auto`, `inherit`, a family without a version) differ from nothing. */
function sameModel(used: string, known: readonly string[]): boolean {
  if (used === '' || used === 'auto' || used === 'inherit' || used === 'default') return true;
  return known.some((k) => k === used || k.startsWith(used) || used.startsWith(k) || (!/\d/.test(used) && k.includes(used)));
}

