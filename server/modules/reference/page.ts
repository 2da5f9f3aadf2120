/** The API reference as one plain page: no script, searched with the browser's own search. */
import { html } from 'hono/html';
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
type Html = ReturnType<typeof html>;

export function referencePage(openApiDocument: object): Html {
  const document = openApiDocument as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.info.title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/api.css" />
      </head>
      <body>
        <nav aria-label="Contents">
          <a class="home" href="/">Perennial</a>
          ${document.tags.map(
            ({ name }) => html`<h2>${name}</h2>
              <ul>
                ${operations
                  .filter(({ operation }) => operation.tags.includes(name))
                  .map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`)}
              </ul>`,
          )}
          <h2>Objects</h2>
          <ul>
            ${Object.keys(document.components.schemas).map((name) => html`<li>${objectLink(name)}</li>`)}
          </ul>
        </nav>
        <main>
          <h1>${document.info.title}</h1>
          <p>${document.info.description}</p>
          <p>
            Every answer tells how many requests are left (<code>RateLimit-Remaining</code>). What each refusal means:
            <a href="/docs/errors">errors</a>.
          </p>
          <p>The same for programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
          ${operations.map(({ path, method, operation }) => operationSection(path, method, operation))}
          ${Object.entries(document.components.schemas).map(([name, schema]) => objectSection(name, schema))}
        </main>
      </body>
    </html>`;
}

function operationSection(path: string, method: string, operation: Operation): Html {
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  // Those that many operations share are references, and are told once at the top.
  const named = operation.parameters.filter((parameter) => 'name' in parameter);
  return html`<section id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="address"><b class="${method.toLowerCase()}">${method}</b> <code>${path}</code></p>
    <p>${operation.security.length === 0 ? 'Open to anybody.' : (operation.description ?? 'For anybody signed in.')}</p>
    ${named.length > 0 ? fields('Parameters', named.map(parameterRow)) : ''}
    ${body ? schemaBlock(`Body (${body[0]})`, body[1].schema) : ''}
    ${Object.entries(operation.responses)
      .filter(([status]) => status.startsWith('2'))
      .map(([status, { content }]) => answerBlock(status, content))}
  </section>`;
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
