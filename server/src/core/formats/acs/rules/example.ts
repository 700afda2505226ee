// The manifest that the examples of the findings are made of.

/** A sound manifest with more of it. `points` replaces its points. */
export const manifestWith = (more: string, points = '  pre_tool_call: { policy_target: $.tool_call.args, tool_name_from: $.tool_call.name, policy: { id: main } }\n'): string => `agent_control_specification_version: 0.4.0-alpha.1
metadata: { name: refund-agent }
policies:
  main: { type: rego, bundle: ./policy, query: data.refunds.verdict }
intervention_points:
${points}${more}`;
