// All commands, in the order of the help.
import { adopt } from './adopt';
import { agents } from './agents';
import { approve } from './approve';
import { check } from './check';
import { can } from './can';
import type { AddCommand } from './command';
import { diff } from './diff';
import { explain } from './explain';
import { lsp } from './lsp';
import { matrix } from './matrix';
import { owners } from './owners';
import { report } from './report';
import { simulate } from './simulate';
import { snippets } from './snippets';
import { sources } from './sources';
import { test } from './test';
import { who } from './who';

export const COMMANDS: readonly AddCommand[] = [check, explain, agents, owners, sources, simulate, test, diff, matrix, who, can, approve, adopt, snippets, report, lsp];
