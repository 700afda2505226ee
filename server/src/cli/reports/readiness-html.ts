// `countersign report` as one HTML page without script: for the screen, light and dark, and for paper.
import type { AgentReadiness, Readiness, RequirementEntry, WaiverEntry } from '../readiness';
import { wellFormed } from './plain';
import { contactOf, headline, ratio, stateOf, waiverWords } from './readiness-words';

export function readinessHtml(report: Readiness, workspace: string): string {
  const { agents, standards, waivers, owners, unowned, on } = report;
  const sections = [
    agents.length === 0 ? '' : section('agents', 'Agents', table(['Agent', 'Lifecycle', 'Owner', 'Accountable', 'Now', 'For the next stage'], agents.map((agent, index) => [
      `<a href="#agent-${index}">${text(agent.id)}</a>${agent.title === null ? '' : `<small>${text(agent.title)}</small>`}`, text(agent.lifecycle ?? ''), agent.owner ? `${text(agent.owner.team)}<small>${text(sourceWords(agent.owner.source))}</small>` : '<strong class="bad">nobody</strong>',
      text(agent.accountable ?? ''), state(agent), next(agent),
    ]))),
    standards.every(({ asked }) => asked === 0) ? '' : section('standards', 'Standards', table(['Standard', 'Agents', 'Met', '', 'Unmet'], standards.filter(({ asked }) => asked > 0).map((one) => [
      `${text(one.title ?? one.name)}<small>${text(one.name)}${one.file === null ? '' : `, ${text(one.file)}`}</small>`, String(one.agents), text(ratio(one)), bar(one.met, one.waived, one.asked), String(one.unmet),
    ]))),
    waivers.length === 0 ? '' : section('waivers', 'Waivers', table(['Agent', 'Requirement', 'Reason', 'Approved by', 'Expires', 'State'], waivers.map(waiverRow))),
    owners.length === 0 && unowned.length === 0 ? '' : section('owners', 'Owners', table(['Team', 'Reached', 'Agents'], [
      ...owners.map((one) => [`${text(one.title ?? one.team)}${one.title === null ? '' : `<small>${text(one.team)}</small>`}`, text(contactOf(one)), text(one.agents.join(', '))]),
      ...(unowned.length > 0 ? [['<strong class="bad">nobody</strong>', '', text(unowned.join(', '))]] : []),
    ])),
    agents.length === 0 ? '' : section('each', 'Each agent', agents.map(agentPart).join('\n')),
  ];
  const contents = [['agents', 'Agents'], ['standards', 'Standards'], ['waivers', 'Waivers'], ['owners', 'Owners'], ['each', 'Each agent']].filter((_, index) => sections[index] !== '').map(([id, title]) => `<a href="#${id}">${title}</a>`);
  return wellFormed(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Agents of ${text(workspace)}, ${on}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Agents of ${text(workspace)}</h1>
<p>${on}. ${text(headline(report))}</p>
${contents.length > 0 ? `<nav aria-label="Contents">${contents.join(' ')}</nav>` : ''}
</header>
<main>
${sections.filter((one) => one !== '').join('\n')}
</main>
<footer>Made by Countersign from the files of the workspace. What is met is what the files say; whether the evidence that they name suffices, people judge.</footer>
</body>
</html>
`);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text of files, as text. */
const text = (value: string): string => value.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** The same with names in backticks as code. */
const marked = (value: string): string => text(value).replace(/`([^`]+)`/g, '<code>$1</code>');

const section = (id: string, title: string, body: string): string => `<section id="${id}"><h2>${title}</h2>\n${body}</section>`;

/** Cells are HTML. */
const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="wide"><table><thead><tr>${heading.map((one) => (one === '' ? '<td></td>' : `<th scope="col">${one}</th>`)).join('')}</tr></thead><tbody>\n${rows.map((row) => `<tr>${row.map((cell, index) => (index === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`).join('\n')}\n</tbody></table></div>`;

const state = (agent: AgentReadiness): string => agent.requirements.length === 0 ? text(stateOf(agent)) : `<span class="${agent.ready ? 'good' : 'bad'}">${agent.ready ? '✓' : '✗'}</span> ${text(stateOf(agent))}`;

const next = ({ next: stage }: AgentReadiness): string => (stage === null ? '' : stage.missing.length === 0 ? `ready for ${stage.lifecycle}` : `${stage.missing.length} missing for ${stage.lifecycle}`);

function bar(met: number, waived: number, asked: number): string {
  const share = (n: number): string => `${((100 * n) / Math.max(1, asked)).toFixed(1)}%`;
  return `<span class="bar" aria-hidden="true"><i style="width:${share(met)}"></i><i class="waived" style="width:${share(waived)}"></i></span>`;
}

const waiverRow = (one: WaiverEntry): string[] => [
  text(one.agent), `<code>${text(one.requirement ?? '')}</code>`, text(one.reason ?? ''), text(one.approvedBy ?? ''), `<span class="line">${text(one.expires ?? '')}</span>`, `<span class="${one.state === 'in-force' ? 'good' : 'bad'}">${text(waiverWords(one))}</span>`,
];

const MARKS: Readonly<Record<RequirementEntry['state'], string>> = { met: '<span class="line good">✓ met</span>', waived: '<span class="line waived">~ waived</span>', unmet: '<span class="line bad">✗ missing</span>' };

function agentPart(agent: AgentReadiness, index: number): string {
  const facts: readonly (readonly [string, string])[] = [
    ['File', agent.file], ['Format', agent.format], ['Lifecycle', agent.lifecycle ?? ''], ['Owner', agent.owner?.team ?? 'nobody'], ['Accountable', agent.accountable ?? ''], ['Reached', contactOf(agent)], ['Answers for outputs', agent.outputs ?? ''],
  ];
  const order: Readonly<Record<string, number>> = { unmet: 0, waived: 1, met: 2 };
  const rows = [...agent.requirements].sort((a, b) => (order[a.state] ?? 0) - (order[b.state] ?? 0)).map((one) => [`<code>${text(one.code.replace(/^standard\//, ''))}</code>`, MARKS[one.state], one.state === 'met' ? '' : text(one.severity), `${marked(one.message)}${one.references.length > 0 ? `<small>${text(one.references.join('; '))}</small>` : ''}`]);
  const later = agent.next && agent.next.missing.length > 0 ? `<p>Also missing for ${agent.next.lifecycle}: ${agent.next.missing.map((code) => `<code>${text(code.replace(/^standard\//, ''))}</code>`).join(', ')}.</p>` : '';
  const summary = `${text(`${stateOf(agent).charAt(0).toUpperCase()}${stateOf(agent).slice(1)}.`)}`;
  return `<article id="agent-${index}"><h3>${text(agent.id)}</h3><dl>${facts.filter(([, value]) => value !== '').map(([name, value]) => `<div><dt>${name}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>
<p>${summary}</p>${rows.length === 0 ? '' : table(['Requirement', 'State', 'Severity', 'What is asked'], rows)}${later}</article>`;
}

const sourceWords = (source: string): string => ({ manifest: 'by its manifest', metadata: 'by its own file', backstage: 'by Backstage', codeowners: 'by CODEOWNERS' })[source] ?? '';

const STYLE = `
:root{--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--paper:#fff;--shade:#f6f8fa;--link:#0550ae;--good:#116329;--bad:#a40e26;--mid:#7d4e00}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--paper:#0d1117;--shade:#151b23;--link:#79c0ff;--good:#56d364;--bad:#ff8e8a;--mid:#e3b341}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.7rem;margin:0 0 .3rem;overflow-wrap:anywhere}h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}h3{font-size:1.05rem;margin:1.8rem 0 .4rem;overflow-wrap:anywhere}
a{color:var(--link)}nav a{margin-right:1rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .7rem .4rem 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
tbody th,td small{overflow-wrap:anywhere}tbody th{min-width:9rem}
tbody th{font-weight:600}thead th{color:var(--soft);font-weight:600}
small{display:block;color:var(--soft);font-weight:400}code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}
.line{white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}.waived{color:var(--mid)}
.bar{display:flex;width:8rem;height:.7rem;margin-top:.4rem;background:var(--line)}.bar i{display:block;background:var(--good)}.bar .waived{background:var(--mid)}
dl{display:flex;flex-wrap:wrap;gap:.2rem 2rem;margin:.3rem 0}dt{color:var(--soft);font-size:.85rem}dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--link:#000;--good:#0a5c24;--bad:#8f0b20;--mid:#6b4300}body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}a{text-decoration:none}article,tr{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}.wide{overflow:visible}.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
