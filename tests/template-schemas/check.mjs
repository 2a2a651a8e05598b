// Checks a template against the schemas of CloudFormation's resource types, as AWS's CDK ships them:
// that each type exists, has the properties named, in the form it wants them, and all that it
// requires; and that each attribute asked for exists.
//
// usage: node check.mjs template.yaml

import { readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { LineCounter, parseDocument } from 'yaml';

const FUNCTION = 'AWS::Serverless::Function';

// Younger than the schema of SAM that the package holds. The first two are SAM's own
// (docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html);
// the others it hands on to AWS::Lambda::Function, whose schema they are held against.
const OF_SAM = { AutoPublishAliasAllProperties: { type: 'boolean' }, PropagateTags: { type: 'boolean' } };
const HANDED_ON = ['SnapStart', 'LoggingConfig', 'RecursiveLoop', 'RuntimeManagementConfig'];

// What SAM makes of a function with an alias, for Ref and GetAtt.
const SAM_ATTRIBUTES = ['Alias', 'Version'];

// ----------------------------------------------------------------------------------------- reading
const file = process.argv[2];
const lines = new LineCounter();
const tag = (name) => ['scalar', 'seq', 'map'].map((kind) => ({
  tag: `!${name}`,
  collection: kind === 'scalar' ? undefined : kind,
  resolve: (value) => value,
}));
const NAMES = ['Ref', 'GetAtt', 'Sub', 'If', 'Equals', 'Not', 'And', 'Or', 'Condition', 'Select', 'Split',
  'Join', 'FindInMap', 'Base64', 'Cidr', 'GetAZs', 'ImportValue', 'Transform'];
const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, customTags: NAMES.flatMap(tag) });
const problems = document.errors.map((error) => `${file}: ${error.message}`);
const lineOf = (node) => (node?.range ? lines.linePos(node.range[0]).line : 0);
const tell = (node, what) => problems.push(`${file}:${lineOf(node)}: ${what}`);

/** Whether the value is known only once the stack is made. */
const isIntrinsic = (node) =>
  (node?.tag ?? '').match(/^!\w/) ||
  (node?.items?.length === 1 && String(node.items[0]?.key?.value ?? '').match(/^(Fn::|Ref$|Condition$)/));

/** The values that an !If may give; the node itself where it is none. */
const branches = (node) => {
  if (node?.tag !== '!If') return [node];
  return node.items.slice(1).flatMap(branches);
};

// ------------------------------------------------------------------------------------------ schemas
const db = loadAwsServiceSpecSync();
const typeOf = (name) => db.lookup('resource', 'cloudFormationType', 'equals', name)[0];

function propertiesOf(name) {
  const found = typeOf(name);
  if (!found) return undefined;
  const properties = { ...found.properties };
  if (name === FUNCTION) {
    const lambda = typeOf('AWS::Lambda::Function').properties;
    HANDED_ON.forEach((each) => (properties[each] = lambda[each]));
    Object.entries(OF_SAM).forEach(([each, type]) => (properties[each] = { type }));
  }
  return properties;
}

function fits(node, type, where, report) {
  if (isIntrinsic(node)) return true;
  const wrong = (what) => {
    report(node, `${where} ${what}`);
    return false;
  };
  const text = node?.value;
  switch (type.type) {
    case 'string':
    case 'date-time':
      return node?.items ? wrong('is no string') : true;
    case 'number':
    case 'integer':
      return node?.items || Number.isNaN(Number(text)) ? wrong('is no number') : true;
    case 'boolean':
      return ['true', 'false'].includes(String(text)) ? true : wrong('is neither true nor false');
    case 'json':
    case 'tag':
      return true;
    case 'array': {
      if (!node?.items || node.items[0]?.key) return wrong('is no list');
      return node.items.map((item, i) => all(item, type.element, `${where}[${i}]`, report)).every(Boolean);
    }
    case 'map': {
      if (!node?.items) return wrong('is no mapping');
      return node.items.map((pair) => all(pair.value, type.element, `${where}.${pair.key.value}`, report)).every(Boolean);
    }
    case 'ref': {
      const shape = db.get('typeDefinition', type.reference.$ref);
      return structure(node, shape.properties, where, report);
    }
    case 'union':
      return type.types.some((each) => fits(node, each, where, () => {})) || wrong('has none of the forms that are taken');
    default:
      return true;
  }
}

const all = (node, type, where, report) =>
  branches(node).map((branch) => fits(branch, type, where, report)).every(Boolean);

function structure(node, properties, where, report) {
  if (!node?.items || (node.items.length > 0 && !node.items[0].key)) {
    report(node, `${where} is no mapping`);
    return false;
  }
  let good = true;
  for (const pair of node.items) {
    const name = pair.key.value;
    const known = properties[name];
    if (!known) {
      report(pair.key, `${where} has no property ${name}`);
      good = false;
    } else {
      good = all(pair.value, known.type, `${where}.${name}`, report) && good;
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    if (property.required && !node.items.some((pair) => pair.key.value === name)) {
      report(node, `${where} lacks ${name}`);
      good = false;
    }
  }
  return good;
}

// ------------------------------------------------------------------------------------------ checking
const root = document.contents;
const resources = root.get('Resources')?.items ?? [];
const types = new Map(resources.map((pair) => [pair.key.value, pair.value.get('Type')]));
for (const pair of resources) {
  const name = pair.key.value;
  const type = pair.value.get('Type');
  const properties = propertiesOf(type);
  if (!properties) {
    tell(pair.value.get('Type', true), `${name}: there is no resource type ${type}`);
  } else {
    structure(pair.value.get('Properties', true), properties, name, tell);
  }
}
const globals = root.getIn(['Globals', 'Function'], true);
if (globals) {
  const known = Object.fromEntries(
    Object.entries(propertiesOf(FUNCTION)).map(([name, property]) => [name, { ...property, required: false }]));
  structure(globals, known, 'Globals.Function', tell);
}

function attribute(node, name, attributeName) {
  const type = types.get(name);
  if (!type) return;
  const found = typeOf(type);
  const known = [...Object.keys(found?.attributes ?? {}),
    ...(type === FUNCTION ? ['Arn', ...SAM_ATTRIBUTES] : [])];
  if (!known.includes(attributeName)) tell(node, `${type} has no attribute ${attributeName}, only ${known}`);
}

function walk(node) {
  if (!node) return;
  const text = typeof node.value === 'string' ? node.value : undefined;
  if (node.tag === '!GetAtt' && text) {
    const [name, ...rest] = text.split('.');
    attribute(node, name, rest.join('.'));
  } else if (node.tag === '!Sub' && text) {
    for (const [, name, rest] of text.matchAll(/\$\{(\w+)\.([\w.]+)}/g)) attribute(node, name, rest);
  }
  (node.items ?? []).forEach((item) => (item.key ? (walk(item.key), walk(item.value)) : walk(item)));
}
walk(root);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${resources.length} resources of ${new Set(types.values()).size} types are as their schemas want them`);
