// What the reports of findings need to know of a run.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FailOn } from '../reports';
import { checkoutPrefix } from './check';
import type { Context } from './command';

/** The options of all forms of report. */
export const reportOptions = ({ colour, io, version }: Context, root: string, failOn: FailOn): { text: { colour: boolean; columns: number }; sarif: { version: string; root: string }; github: { prefix: string }; junit: { failOn: FailOn } } => ({
  text: { colour, columns: io.columns },
  sarif: { version, root: pathToFileURL(`${root}${path.sep}`).href },
  github: { prefix: checkoutPrefix(root, io.env['GITHUB_WORKSPACE']) },
  junit: { failOn },
});
