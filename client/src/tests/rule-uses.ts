// The lenses over a rule that count: a click peeks at the agents that it can be for, or at the test cases that it decides.
import { Location, Position, Range, Uri, commands, window, type Disposable } from 'vscode';
import { RULE_USES, type FilePlace, type RuleUsesParams, type RuleUsesResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';

const NONE = {
  agents: 'No agent of this workspace can ask for what this rule speaks of.',
  tests: 'No test case names this rule or is decided by it. “Simulate” and then “Save as test” makes one.',
} as const;

const rangeOf = ({ start, end }: FilePlace['range']): Range => new Range(start.line, start.character, end.line, end.character);

export function registerRuleUses(server: Server): Disposable[] {
  // Resolves to how many were shown.
  const show = (what: RuleUsesParams['what']) => async (uri: unknown, document: unknown, rule: unknown): Promise<number> => {
    if (typeof uri !== 'string' || typeof document !== 'number' || typeof rule !== 'number') return 0;
    const params: RuleUsesParams = { uri, document, rule, what };
    const found = await server.ask<RuleUsesResult>(RULE_USES, params);
    if (!found) return 0;
    if (found.places.length === 0) {
      tell(window.showInformationMessage, NONE[what], []);
      return 0;
    }
    const places = found.places.map((place) => new Location(Uri.parse(place.uri, true), rangeOf(place.range)));
    await commands.executeCommand('editor.action.peekLocations', Uri.parse(uri, true), new Position(found.at.start.line, found.at.start.character), places, 'peek');
    return places.length;
  };
  return [commands.registerCommand('countersign.showAgentsOfRule', show('agents')), commands.registerCommand('countersign.showTestsOfRule', show('tests'))];
}
