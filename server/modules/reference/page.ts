/** The API reference as one plain page. */
import { html, raw } from 'hono/html';
import { Marked } from 'marked';
import { exampleOf } from './example.ts';
import { frame, type Html } from './frame.ts';
import { limitText, refName, type Schema, typeText } from './schema-text.ts';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: Schema;
}
type Content = Record<string, { schema: Schema }>;
interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: unknown[];
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content }>;
}
interface Document {
  info: { title: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Addressed {
  path: string;
  method: string;
  operation: Operation;
}

/** What a reader looks for first; other tags follow in their order. */
const firstTags = ['Accounts', 'Portfolio', 'Health', 'Risk', 'Signals', 'Intake'];
const lastTags = ['Session'];
const marked = new Marked();

export function referencePage(openApiDocument: object): Html {
  const document = openApiDocument as Document;
  const objects = document.components.schemas;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Addressed => ({ path, method: method.toUpperCase(), operation }),
    ),
  );
  const tags = inOrder(document.tags.map(({ name }) => name)).map((name) => ({
    name,
    own: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const contents = [
    ...tags.map(
      ({ name, own }) => html`<h2>${name}</h2>
        <ul class="operations">
          ${own.map(
            ({ path, method, operation }) =>
              html`<li><a href="#${operation.operationId}" title="${operation.summary}">${methodMark(method)}<code>${shortPath(path)}</code></a></li>`,
          )}
        </ul>`,
    ),
    html`<h2>Objects</h2>
      <ul>
        ${Object.keys(objects).map((name) => html`<li>${objectLink(name)}</li>`)}
      </ul>`,
  ];
  const main = html`<article>
      <h1>${document.info.title}</h1>
      <p>${inline(document.info.description)}</p>
      <p>
        Every answer tells how many requests are left (<code>RateLimit-Remaining</code>). What each refusal means:
        <a href="/docs/errors">errors</a>. The same for programs: <a href="/api/v1/openapi.json">openapi.json</a>.
      </p>
      <pre><code>export PERENNIAL=http://localhost:4400
export PERENNIAL_KEY=pk_…   # Settings → API keys</code></pre>
    </article>
    ${tags.map(
      ({ name, own }) => html`<h2 class="tag">${name}</h2>
        ${own.map((one) => operationSection(one, objects))}`,
    )}
    <h2 class="tag">Objects</h2>
    ${Object.entries(objects).map(([name, schema]) => objectSection(name, schema))}`;
  return frame({ title: document.info.title, contents, main });
}

function inOrder(tags: readonly string[]): string[] {
  const first = firstTags.filter((tag) => tags.includes(tag));
  const last = lastTags.filter((tag) => tags.includes(tag));
  return [...first, ...tags.filter((tag) => !first.includes(tag) && !last.includes(tag)), ...last];
}

function methodMark(method: string): Html {
  return html`<b class="method ${method.toLowerCase()}">${method}</b>`;
}

function shortPath(path: string): string {
  return path.replace(/^\/api\/v1/, '');
}

/** Code in a sentence of ours. */
function inline(text: string): Html {
  return html`${raw(marked.parseInline(text, { async: false }))}`;
}

function operationSection({ path, method, operation }: Addressed, objects: Record<string, Schema>): Html {
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  // Those that many operations share are references, and are told once at the top.
  const named = operation.parameters.filter((parameter) => 'name' in parameter);
  const access =
    operation.security.length === 0 ? 'Open to anybody.' : (operation.description ?? 'For anybody signed in.');
  return html`<section id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="address">${methodMark(method)} <code>${path}</code> <small>${inline(access)}</small></p>
    <div class="pair">
      <div>
        ${named.length > 0 ? fields('Parameters', named.map(parameterRow)) : ''}
        ${body ? schemaBlock(`Body (${body[0]})`, body[1].schema) : ''}
        ${Object.entries(operation.responses)
          .filter(([status]) => status.startsWith('2'))
          .map(([status, { content }]) => answerBlock(status, content))}
      </div>
      <pre class="example" aria-label="Example"><code>${curl({ path, method, operation }, body, objects)}</code></pre>
    </div>
  </section>`;
}

function curl(
  { path, method, operation }: Addressed,
  body: [string, { schema: Schema }] | undefined,
  objects: Record<string, Schema>,
) {
  const lines = [`curl "$PERENNIAL${path.replaceAll('{id}', '1')}"`];
  if (method !== 'GET') lines[0] += ` -X ${method}`;
  if (operation.security.length > 0) lines.push('-H "Authorization: Bearer $PERENNIAL_KEY"');
  if (body?.[0] === 'application/json') {
    lines.push("-H 'Content-Type: application/json'");
    lines.push(`-d '${JSON.stringify(exampleOf(body[1].schema, objects), null, 2)}'`);
  } else if (body) lines.push('--data-binary @file');
  return lines.join(' \\\n  ');
}

function answerBlock(status: string, content: Content | undefined): Html {
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  if (!type || !media) return html`<h4>Answer ${status}: nothing</h4>`;
  return schemaBlock(`Answer ${status} (${type})`, media.schema);
}

function objectSection(name: string, schema: Schema): Html {
  return html`<section id="object-${name}">${schemaBlock(name, schema)}</section>`;
}

function schemaBlock(title: string, schema: Schema): Html {
  if (!schema.properties) return html`<h4>${title}: ${typeCell(schema)}</h4>`;
  const rows = Object.entries(schema.properties).map(([name, property]) =>
    fieldRow(name, schema.required?.includes(name) ?? false, property, property.description),
  );
  return fields(title, rows);
}

function fields(title: string, rows: Html[]): Html {
  return html`<h4>${title}</h4>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

function parameterRow({ name, required, schema, description }: Parameter): Html {
  return fieldRow(name, required, schema, description);
}

function fieldRow(name: string, required: boolean, schema: Schema, description: string | undefined): Html {
  return html`<tr>
    <th scope="row"><code>${name}</code>${required ? '' : html` <small>optional</small>`}</th>
    <td>${typeCell(schema)}</td>
    <td>${[description, limitText(schema)].filter(Boolean).join('; ')}</td>
  </tr>`;
}

/** The type with each object's name linked to its section. */
function typeCell(schema: Schema): Html {
  const name = refName(schema) ?? (schema.items ? refName(schema.items) : null);
  const text = typeText(schema);
  if (name === null || !text.endsWith(name)) return html`${text}`;
  return html`${text.slice(0, -name.length)}${objectLink(name)}`;
}

function objectLink(name: string): Html {
  return html`<a href="#object-${name}">${name}</a>`;
}
