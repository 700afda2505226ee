import { findingsOf } from '../../../server/src/core/analysis';
import { NOW, acmeFiles, engineFrom } from './sides';
describe('scratch', () => {
  it('acme', () => {
    const e = engineFrom(acmeFiles());
    const t0 = performance.now();
    const f = findingsOf(e, { now: NOW });
    console.log((performance.now() - t0).toFixed(0), 'ms', f.complete);
    for (const one of f.findings) {
      const x = one as any;
      console.log(one.code, x.rule?.id ?? x.agent.name, x.tool ?? '', (x.before ?? x.covering ?? []).map((r: any) => r.id).join(), (x.meetings ?? []).map((m: any) => m.deny.id + ' ' + JSON.stringify(m.witness)).join(' | '), x.delegate?.name ?? '', (x.rules ?? []).map((r: any) => r.id).join(), x.witness ? JSON.stringify(x.witness) : '', x.environment ?? '', x.untrusted ? JSON.stringify([x.untrusted, x.secret, x.outward, x.unknown]) : '');
    }
  });
});
