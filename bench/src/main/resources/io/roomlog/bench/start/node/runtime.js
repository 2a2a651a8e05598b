// What runs a handler: Lambda's runtime API
// (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), one event after the other.
const http = require('node:http');
const path = require('node:path');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, route, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host, port, agent, method, path: `/2018-06-01/runtime/invocation/${route}` },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => (text += part));
        response.on('end', () => resolve({ headers: response.headers, text }));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function serve() {
  const [file, name] = process.env._HANDLER.split('.');
  const handler = require(path.join(__dirname, file))[name];
  for (;;) {
    const { headers, text } = await call('GET', 'next');
    const awsRequestId = headers['lambda-runtime-aws-request-id'];
    try {
      const answer = await handler(JSON.parse(text), { awsRequestId });
      await call('POST', `${awsRequestId}/response`, JSON.stringify(answer));
    } catch ({ name, message, stack }) {
      const error = { errorType: name, errorMessage: message, stackTrace: stack.split('\n') };
      await call('POST', `${awsRequestId}/error`, JSON.stringify(error));
    }
  }
}

serve();
