// What the analysis finds in small worlds, held against every request: nothing is found that is not so, and, where every condition can be looked into, nothing is missed.
// PAIRS=10000, SHARD and SEED as in difference.test.ts.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf, findingsOf, type AnalysisFinding } from '../../../server/src/core/analysis';
import type { Agent } from '../../../server/src/core/model';
import { Engine, nativeSet, type CompiledRule } from '../../../server/src/core/policy';
import { patternList } from '../../../server/src/core/text';
import { alike, before, matchesOf, mattersIn, type Match } from './matches';
import { escalationsOf, gapsOf, rulesOfTwo } from './oracles';
import { QUICK, SEED, runs } from './runs';
import { NOW, acmeFiles, engineFrom } from './sides';
import { isOpaque } from './small-conditions';
import { ask, requestsOf, type Plain } from './small-requests';
import { crowded, filesOf, shown, world } from './small-worlds';

/** The same state without a rule. */
function without(engine: Engine, rule: CompiledRule): Engine {
  const policies = engine.world.policies.map((policy) => ({ ...policy, rules: policy.rules.filter((one) => one !== rule) }));
  return new Engine({ ...engine.world, policies, sets: [nativeSet(policies)] });
}

type Code = AnalysisFinding['code'];

describe('findings of the analysis', () => {
  it('are so for every request, and none is missed', function () {
    this.timeout(0);
    const counts: Record<string, number> = {};
    const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
    fc.assert(fc.property(fc.oneof(world, crowded), (made) => {
      const engine = engineFrom(filesOf(made));
      const { findings, complete } = findingsOf(engine, { now: NOW });
      if (!complete) {
        assert.ok(engine.world.broken, shown(made));
        return;
      }
      const matches = matchesOf(engine, requestsOf([made], [engine]));
      const rules = engine.world.policies.flatMap((policy) => policy.rules);
      const of = (code: Code, rule: CompiledRule): boolean => findings.some((one) => one.code === code && 'rule' in one && one.rule === rule);
      // where no agent, or no rule, is declared there is nothing to hold against one another
      const exact = !isOpaque(JSON.stringify(made.policies)) && made.agents.length > 0 && engine.world.sets.length > 0;
      const files = shown(made);
      const list = findings.map((one) => `${one.code} ${'rule' in one ? one.rule.id : one.agent.id}`).join('\n');
      const told = (what: string, rule?: CompiledRule): string => `${what} ${rule?.id ?? ''}\n${list}\n${files}`;
      // of several that oblige to the same not all are told
      const idle = rules.filter((rule) => rule.effect === 'oblige' && (of('policy/shadowed-rule', rule) || of('policy/redundant-rule', rule)));
      for (const rule of rules) {
        const hits = matches.filter((match) => match.rules.has(rule));
        const matters = hits.some((match) => mattersIn(rule, match));
        const twins = rules.filter((other) => alike(rule, other));
        const covered = (by: readonly CompiledRule[]): boolean => hits.length > 0 && hits.every((match) => by.some((other) => match.rules.has(other)));
        const [unsatisfiable, shadowed, redundant, dead] = (['policy/unsatisfiable-rule', 'policy/shadowed-rule', 'policy/redundant-rule', 'policy/dead-grant'] as const).map((code) => of(code, rule));
        if (unsatisfiable || dead) assert.equal(hits.length, 0, told('it matches', rule));
        if (shadowed && ((hits.length === 0 && exact) || matters)) assert.fail(told(`it matters for ${JSON.stringify(hits.find((match) => mattersIn(rule, match))?.request ?? 'nothing')}`, rule));
        if (redundant) assert.ok(covered(twins) || (hits.length === 0 && !exact), told('nothing covers it', rule));
        const rest = unsatisfiable || shadowed || redundant || dead ? without(engine, rule) : null;
        // taking it away changes nothing
        if (rest) for (const { request } of matches) if (ask(engine, request).key !== ask(rest, request).key) assert.fail(told(`needed for ${JSON.stringify(request)}`, rule));
        if (rest) assert.equal(differenceOf(engine, rest, { now: NOW }).verdict, 'equal', told('different without', rule));
        for (const [what, is] of Object.entries({ unsatisfiable, shadowed, redundant, dead })) if (is) count(what);
        if (!exact || rule.malformed !== null || rule.never || rule.expires < NOW) continue;
        if (hits.length === 0 && rule.effect === 'allow') assert.ok(unsatisfiable || dead, told('never matches', rule));
        if (hits.length > 0 && covered(twins.filter((other) => before(other, rule)))) assert.ok(redundant, told('covered', rule));
        else if (hits.length > 0 && !matters && !(rule.effect === 'oblige' && idle.some((other) => other !== rule)) && hits.some((match) => [...match.rules].some((other) => other !== rule && (rule.effect === 'oblige' || STRENGTH.indexOf(other.effect) < STRENGTH.indexOf(rule.effect))))) assert.ok(shadowed || redundant, told('never matters', rule));
      }
      meetings(findings, rules, matches, exact, told, count);
      capabilities(findings, engine, matches, exact, told, count);
      const has = (code: Code, is: (one: AnalysisFinding) => boolean): boolean => findings.some((one) => one.code === code && is(one));
      if (exact) {
        // arguments alone are looked at
        if (made.fields.every((field) => field.startsWith('args.'))) for (const rule of gapsOf(engine, matches)) assert.ok(has('policy/uncovered', (one) => 'rule' in one && one.rule === rule), told('leaves arguments over', rule));
        for (const key of escalationsOf(engine, matches)) assert.ok(has('capability/delegation-escalation', (one) => 'delegate' in one && `${one.agent.id} ${one.delegate.id}` === key), told(`a way around: ${key}`));
        const two = rulesOfTwo(engine, matches);
        for (const agent of engine.world.agents.all) assert.equal(has('capability/rule-of-two', (one) => 'agent' in one && one.agent === agent), two.has(agent.id), told(`all three: ${agent.id}`));
      }
      for (const one of findings) {
        if (one.code === 'policy/uncovered') {
          const [match] = matchesOf(engine, [one.witness as Plain]);
          assert.ok(match && match.asked && match.effect === 'deny' && match.cause === 'default', told('a rule speaks of it', one.rule));
          count('uncovered');
        }
        if (one.code === 'capability/delegation-escalation') {
          assert.equal(ask(engine, one.delegation as Plain).effect, 'allow', told('not delegated'));
          assert.equal(ask(engine, one.witness as Plain).effect, 'allow', told('not allowed'));
          assert.deepEqual([one.delegation['agent'], one.delegation['resource'], one.witness['agent']], [one.agent.id, `agent:${(one.over[0] ?? one.delegate).name}`, one.delegate.id]);
          // whoever hands it on is denied it, or needs approval, by these rules
          const [mine] = matchesOf(engine, [{ ...one.witness, agent: described(one.agent) } as Plain]);
          assert.ok(one.rules.length > 0 && one.rules.every((rule) => rule.effect !== 'allow' && rule.effect !== 'oblige'), told('by no rule'));
          assert.ok(mine && [...mine.rules].some((rule) => rule.effect !== 'allow' && rule.effect !== 'oblige'), told('not held back'));
          count('escalation');
        }
        if (one.code === 'capability/rule-of-two') {
          for (const leg of [one.untrusted, one.secret, one.outward]) {
            if (leg.what.startsWith('channel:')) continue;
            assert.ok(matches.some(({ request, effect }) => effect === 'allow' && nameIn(engine, request['agent']) === leg.agent && request['resource'] === leg.what && (one.environment === null || request['environment'] === one.environment)), told(`not usable: ${leg.what}`));
          }
          count('rule of two');
        }
      }
      // of rules that are each covered by others, all but the first of equals can go together
      const yielding = [...new Set(findings.flatMap((one) => (one.code === 'policy/redundant-rule' || (one.code === 'policy/shadowed-rule' && one.rule.effect === 'oblige') ? [one.rule] : [])))];
      if (yielding.length > 1) {
        const rest = yielding.reduce(without, engine);
        for (const { request } of matches) if (ask(engine, request).key !== ask(rest, request).key) assert.fail(told(`all together are needed for ${JSON.stringify(request)}`));
      }
    }), { numRuns: runs(60), seed: SEED, endOnFailure: QUICK });
    for (const what of ['unsatisfiable', 'shadowed', 'redundant', 'dead', 'conflict', 'dead capability', ...(process.env['PAIRS'] ? ['uncovered', 'escalation', 'rule of two'] : [])]) assert.ok((counts[what] ?? 0) > 0, `${what}: ${JSON.stringify(counts)}`);
    if (process.env['PAIRS']) console.log(counts);
  });

  it('leave the example alone', () => assert.deepEqual(findingsOf(engineFrom(acmeFiles()), { now: NOW }).findings.map((finding) => finding.code), []));
});

const STRENGTH = ['deny', 'require_approval', 'allow', 'oblige'];

type Told = (what: string, rule?: CompiledRule) => string;

/** An allow and a deny that meet, neither within the other. */
function meetings(findings: readonly AnalysisFinding[], rules: readonly CompiledRule[], matches: readonly Match[], exact: boolean, told: Told, count: (what: string) => void): void {
  for (const allow of rules) for (const deny of rules) {
    if (allow.effect !== 'allow' || deny.effect !== 'deny') continue;
    const asked = matches.filter((match) => match.asked);
    const [both, one, other] = [asked.some(({ rules: on }) => on.has(allow) && on.has(deny)), asked.some(({ rules: on }) => on.has(allow) && !on.has(deny)), asked.some(({ rules: on }) => !on.has(allow) && on.has(deny))];
    const found = findings.some((finding) => finding.code === 'policy/conflict' && finding.rule === allow && finding.meetings.some((meeting) => meeting.deny === deny));
    if (found) count('conflict');
    if (found && exact) assert.ok(both && one && other, told(`no conflict with ${deny.id}`, allow));
    if (exact && both && one && other && deny.reason === null) assert.ok(found, told(`a conflict with ${deny.id}`, allow));
  }
}

/** A tool that an agent declares: usable in some request, or reported. */
function capabilities(findings: readonly AnalysisFinding[], engine: Engine, matches: readonly Match[], exact: boolean, told: Told, count: (what: string) => void): void {
  for (const agent of engine.world.agents.all) for (const { pattern: tool } of agent.tools) {
    if (agent.ambiguous) continue;
    const mine = matches.filter(({ request, asked }) => asked && request['agent'] === agent.id && request['action'] === 'call' && patternList([`tool:${tool}`]).matches(String(request['resource'])));
    const found = findings.some((one) => one.code === 'policy/dead-capability' && one.agent === agent && one.tool === tool);
    if (found) count('dead capability');
    const denied = mine.length > 0 && mine.every(({ effect }) => effect === 'deny');
    if (found ? !denied : denied && exact) assert.fail(told(`${agent.id} ${tool} is ${found ? '' : 'not '}reported`));
  }
}

/** The name of an agent, of which two may have it. */
const nameIn = (engine: Engine, id: unknown): string | undefined => engine.world.agents.all.find((agent) => agent.id === id)?.name;

/** The agent as a request describes it: what the rules alone say of it. */
const described = ({ name, roles, labels, lifecycle, autonomy, owner }: Agent): Plain =>
  Object.fromEntries(Object.entries({ id: name, roles, labels, lifecycle, autonomy, team: owner?.team }).filter(([, value]) => value !== null && value !== undefined)) as Plain;
