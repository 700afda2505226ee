// The governance model: agents, the Catalog, requests, decisions. What every format becomes.
export * from './agent';
export { blocksOf, type Blocks } from './blocks';
export { agentOfFile, agentOfManifest, definitionOf, identify, type ManifestSource, type UnnamedAgent } from './read-agent';
export * from './catalog';
export { builtInCalls, builtInCapabilities, builtInInput, builtInSample, builtInTools, toolsOfFormat } from './built-in';
export { capabilitiesOf, type AgentCapabilities } from './capabilities';
export { declaresOf, toolsOf, type Declares } from './declares';
export { handlesOf, ownerOfEntity, ownerOfHandle, ownerOfText, personBehind, type Handles, type NamedOwner } from './owners';
export { peopleOf, peopleOfAll, type People } from './parties';
export * from './request';
export { parseRequest, type ParsedRequest, type ParseRequestOptions } from './parse-request';
export * from './decision';
export { type PlainMap } from './plain';
export { parseTime } from './time';
export { sameValue } from './request-values';
